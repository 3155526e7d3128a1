"""The list of honours, recording one, and dealing with one awarded to a listed party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from engine.identity import User
from engine.register.errors import HonourIncomplete
from engine.register.honours import FIELDS, HELD, HonourLine, honour_lines, open_breaches
from engine.register.keep_honours import KEEP, SETTLE, RecordHonour, SettleBreach
from engine.register.masking import INTERNAL, Masking, Maskings, fields_of
from engine.register.precheck.errors import PrecheckRefused
from engine.register.precheck.party_code import read_code
from web.engine_room import reading, the_runtime
from web.language import language
from web.layout.alarms import Alarm, alarms
from web.layout.navigation import navigation
from web.security import requires, the_user

room = Blueprint("honours", __name__, url_prefix="/honours", template_folder="templates")

PAGE = 50
LONGEST_KEY = 18
TEXTS = ("holder_name", "holder_code", "title", "field", "granter", "document_no", "note")


@room.get("")
@requires(KEEP, SETTLE)
def honours() -> str:
    user = the_user()
    words = request.args.get("q", "").strip()[:100]
    breaches_only = request.args.get("scope") == "breaches"
    before = _key(request.args.get("before", ""))
    with reading() as connection:
        rows = honour_lines(
            connection,
            user,
            words=words,
            breaches_only=breaches_only,
            before=before,
            limit=PAGE + 1,
        )
        masking = Maskings(the_runtime(), connection).in_scope(INTERNAL)
        codes = {row.key: _shown(row, masking, user) for row in rows}
        breaches = open_breaches(connection, user)
    kept: dict[str, Any] = {"q": words} if words else {}
    if breaches_only:
        kept["scope"] = "breaches"
    return render_template(
        "honours/honours.html",
        rows=rows[:PAGE],
        codes=codes,
        held=HELD,
        words=words,
        breaches_only=breaches_only,
        breaches=breaches,
        older=url_for(".honours", before=rows[PAGE - 1].key, **kept) if len(rows) > PAGE else None,
        newest=url_for(".honours", **kept) if before is not None else None,
    )


@room.route("/new", methods=["GET", "POST"])
@requires(KEEP)
def new_honour() -> str | Response | tuple[str, int]:
    """Record an honour; for a party in the list an alarm is raised."""
    if request.method == "GET":
        return _form({}, "")
    given = request.form
    try:
        key, entries = _record(given)
    except (HonourIncomplete, PrecheckRefused) as refused:
        return _form(given, refused.message(language())), 422
    except ValueError:
        return _form(given, _("请填写授予日期，如 2025-03-19。")), 422
    if entries:
        flash(
            _(
                "%(name)s 在社会保险失信人名单内（%(entries)s），限制评先评优。已报办公室处理。",
                name=given.get("holder_name", ""),
                entries="、".join(entries),
            ),
            "error",
        )
    else:
        flash(_("荣誉已登记。"), "done")
    return redirect(url_for(".honours", _anchor=f"honour-{key}"))


@room.post("/<int:key>/settle")
@requires(SETTLE)
def settle(key: int) -> Response:
    """Say how an honour that should not have been awarded was dealt with."""
    try:
        note = request.form.get("note", "")
        the_runtime().execute(SettleBreach(user=the_user(), honour_key=key, note=note))
    except HonourIncomplete as incomplete:
        flash(incomplete.message(language()), "error")
    else:
        flash(_("已登记处理情况。"), "done")
    return redirect(url_for(".honours", scope="breaches"))


def _record(given: Mapping[str, str]) -> tuple[int, list[str]]:
    texts = {name: given.get(name, "") for name in TEXTS}
    command = RecordHonour(
        user=the_user(),
        award_date=date.fromisoformat(given.get("award_date", "").strip()),
        granter_unit="" if given.get("granter", "").strip() else None,
        **texts,
    )
    kept: tuple[int, list[str]] = the_runtime().execute(command)
    return kept


def _form(given: Mapping[str, str], error: str) -> str:
    return render_template("honours/new.html", given=given, error=error, fields=FIELDS)


def _shown(row: HonourLine, masking: Masking, user: User) -> str:
    """The holder's code as it may be seen by `user`."""
    _code, party_class = read_code(row.holder_code)
    shown = masking.shown(fields_of({"party_class": party_class})["code"], row.holder_code)
    if shown.restricted and user.may("identity.reveal"):
        return row.holder_code
    return str(shown.value or "")


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def honours_of_listed_parties(user: User) -> Alarm | None:
    """An honour was awarded to a party in the list: the office has to deal with it (S2.2.3.3b)."""
    with reading() as connection:
        count = open_breaches(connection, user)
    if not count:
        return None
    return Alarm(
        level="error",
        text=_("有 %(count)s 项荣誉授予了名单内的主体，限制评先评优，尚未处理。", count=count),
        address=url_for("honours.honours", scope="breaches"),
        link=_("去处理"),
    )


navigation.add("register", _l("荣誉"), "honours.honours", KEEP, order=40)
alarms.add(SETTLE, honours_of_listed_parties)
