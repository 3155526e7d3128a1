"""What a case waits for and a person can tell it: a defence that came in, a correction, …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.clock import in_shanghai
from engine.feel import Environment
from engine.forms import submitted_from_pairs
from engine.forms.errors import FormInvalid
from engine.runtime.commands import CorrelateMessage
from engine.runtime.errors import NotCorrelated
from engine.runtime.queries.case_messages import OpenMessage, is_date, is_instant
from engine.runtime.queries.case_papers import variables_of
from engine.runtime.queries.reading import Reading
from web.cases.case_views import CaseView, case_view
from web.cases.room import room
from web.engine_room import looking, the_clock, the_runtime
from web.language import in_language, language
from web.security import requires, the_user

RECEIVED = "received_date"
"""What a message brings whose event says nothing of variables."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of a message without a form."""

    name: str
    label: str
    type: str
    value: str
    error: str = ""

    @property
    def required(self) -> bool:
        return self.type != "text"


@room.route("/cases/<int:key>/messages/<int:message_key>", methods=["GET", "POST"])
@requires("task.complete")
def message(key: int, message_key: int) -> str | Response | tuple[str, int]:
    with looking() as look:
        view = case_view(look, the_user(), key)
        found = next((one for one in view.messages if one.key == message_key), None)
        if found is None:
            return _no_longer(key)
        context = variables_of(look.connection, found.instance_key)
        environment = _environment(look, view)
    if request.method == "GET":
        return _page(view, found, context, environment)
    if found.form is not None:
        form = found.form.form
        submitted = submitted_from_pairs(form, request.form.items(multi=True))
        if request.form.get("_refresh"):
            return _page(view, found, context, environment, submitted=submitted)
        try:
            answers = form.answers(submitted, context=context, environment=environment)
        except FormInvalid as invalid:
            page = _page(view, found, context, environment, submitted=submitted, invalid=invalid)
            return page, 422
        return _give(key, found, answers)
    fields = _asked(found, request.form)
    if any(field.error for field in fields):
        return _page(view, found, context, environment, fields=fields), 422
    return _give(key, found, {field.name: _value(field) for field in fields})


def _give(key: int, found: OpenMessage, variables: Mapping[str, object]) -> Response:
    try:
        the_runtime().execute(
            CorrelateMessage(
                name=found.message_name,
                correlation_key=found.correlation_key,
                variables=variables,
                user=the_user(),
            )
        )
    except NotCorrelated:
        return _no_longer(key)
    flash(_("已登记：%(name)s", name=_name(found)), "done")
    return redirect(url_for("cases.case", key=key))


def _no_longer(key: int) -> Response:
    flash(_("本案现在不等待这一事项，没有登记。请查看最新进展。"), "warning")
    return redirect(url_for("cases.case", key=key))


def _page(
    view: CaseView,
    found: OpenMessage,
    context: Mapping[str, object],
    environment: Environment,
    *,
    submitted: Mapping[str, object] | None = None,
    invalid: FormInvalid | None = None,
    fields: tuple[Asked, ...] | None = None,
) -> str:
    presented = None
    if found.form is not None:
        presented = found.form.form.present(
            submitted or {},
            errors=invalid.errors if invalid else (),
            context=context,
            environment=environment,
            language=language(),
        )
    return render_template(
        "cases/message.html",
        view=view,
        head=view.head,
        found=found,
        name=_name(found),
        presented=presented,
        errors=invalid.errors if invalid else (),
        fields=fields or _asked(found, {}),
    )


def _name(found: OpenMessage) -> str:
    element = found.element
    return in_language(element.name, element.properties.get("name:en", ""))


def _environment(look: Reading, view: CaseView) -> Environment:
    return Environment(clock=look.clock, calendar=look.calendar_of(view.head.organisation_path))


def _asked(found: OpenMessage, given: Mapping[str, str]) -> tuple[Asked, ...]:
    names = found.names or (RECEIVED,)
    return tuple(_field(name, given) for name in names)


def _field(name: str, given: Mapping[str, str]) -> Asked:
    now = the_clock().now()
    if is_date(name):
        label, kind, value = _("日期"), "date", now.date().isoformat()
    elif is_instant(name):
        label, kind, value = _("收到时间"), "datetime-local", f"{now:%Y-%m-%dT%H:%M}"
    else:
        label, kind, value = _("说明"), "text", ""
    field = Asked(name=name, label=label, type=kind, value=given.get(name, value).strip())
    return Asked(name=name, label=label, type=kind, value=field.value, error=_error(field, now))


def _error(field: Asked, now: datetime) -> str:
    if field.type == "text":
        return ""
    try:
        value = _value(field)
    except ValueError:
        return _("请填写日期，如 2026-02-09。")
    if value is None:
        return _("请填写。")
    is_later = value > now if isinstance(value, datetime) else value > now.date()  # type: ignore[operator]
    return _("不能晚于现在。") if is_later else ""


def _value(field: Asked) -> date | datetime | str | None:
    if field.type == "date":
        return date.fromisoformat(field.value) if field.value else None
    if field.type == "datetime-local":
        return in_shanghai(datetime.fromisoformat(field.value)) if field.value else None
    return field.value or None
