"""Starting a case by its form."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.forms import FieldError, FormInvalid, submitted_from_pairs
from engine.identity import User
from engine.runtime.commands import AttachFile, StartInstance
from engine.runtime.commands.attach_file import content_type_of
from engine.runtime.errors import AlreadyStarted, AttachmentRefused
from engine.runtime.queries.instance_page import organisation_path_of
from engine.runtime.queries.startable import (
    Startable,
    start_sheet,
    startable,
    startable_processes,
)
from engine.runtime.queries.task import FormSheet
from web.engine_room import looking, reading, the_runtime
from web.inbox.after import go_on
from web.inbox.room import case_address, room
from web.inbox.sheets import (
    CHECKED,
    Files,
    Posted,
    Shown,
    chosen_files,
    errors_in,
    file_error,
    shown,
    typed_pairs,
)
from web.inbox.task_page import verb_of
from web.language import in_language
from web.security import requires, the_user


@room.get("/start")
@requires("case.start")
def start() -> str | Response:
    """What can be started; where there is only one thing, its form at once."""
    with looking() as look:
        found = startable_processes(look, the_user())
    if len(found) == 1:
        return redirect(url_for("inbox.start_form", process_id=found[0].process_id))
    return render_template("inbox/start.html", startable=found)


@room.get("/start/<process_id>")
@requires("case.start")
def start_form(process_id: str) -> str:
    """The start form; the address may fill fields by name, as links from other pages do."""
    begun, sheet = _sheet(process_id)
    asked = submitted_from_pairs(sheet.form, request.args.items(multi=True))
    return _render(begun, shown(sheet, asked, user=the_user(), files=Files()))


@room.post("/start/<process_id>")
@requires("case.start")
def begin(process_id: str) -> str | Response | tuple[str, int]:
    user = the_user()
    begun, sheet = _sheet(process_id)
    posted = Posted(pairs=typed_pairs())
    data = posted.submitted(sheet.form)
    checked = errors_in(sheet, data, Files()) if CHECKED in request.form else ()
    if posted.action is not None:
        return _again(begun, sheet, user, data, checked)
    refused = _refused_files(sheet)
    if refused:
        errors = (*errors_in(sheet, data, Files()), *refused)
        return _again(begun, sheet, user, data, errors)
    try:
        key = the_runtime().execute(StartInstance(process_id=process_id, user=user, variables=data))
    except FormInvalid as invalid:
        return _again(begun, sheet, user, data, invalid.errors)
    except AlreadyStarted as known:
        form = shown(sheet, data, user=user, files=Files(), dirty=True)
        return _render(begun, form, known=_known(user, known)), 409
    _lay_files(sheet, key, user)
    name = in_language(begun.name, begun.name_en)
    return go_on(user, key, _("「%(procedure)s」已登记。", procedure=name))


@room.post("/start/<process_id>/preview")
@requires("case.start")
def start_preview(process_id: str) -> str:
    _begun, sheet = _sheet(process_id)
    data = Posted(pairs=typed_pairs()).submitted(sheet.form)
    errors = errors_in(sheet, data, Files()) if CHECKED in request.form else ()
    form = shown(sheet, data, user=the_user(), files=Files(), errors=errors, dirty=True)
    address = url_for("inbox.start_preview", process_id=process_id)
    return render_template("inbox/_form.html", form=form, preview_address=address)


def _sheet(process_id: str) -> tuple[Startable, FormSheet]:
    with looking() as look:
        begun = startable(look, process_id)
        return begun, start_sheet(look, the_user(), begun)


def _again(
    begun: Startable,
    sheet: FormSheet,
    user: User,
    data: dict[str, object],
    errors: tuple[FieldError, ...],
) -> str:
    """The form with what was typed."""
    return _render(begun, shown(sheet, data, user=user, files=Files(), errors=errors, dirty=True))


def _render(begun: Startable, form: Shown, known: dict[str, str] | None = None) -> str:
    return render_template(
        "inbox/start_form.html",
        begun=begun,
        form=form,
        known=known,
        verb=verb_of(begun.said("verb"), begun.said("verb:en")),
        help=in_language(begun.said("help"), begun.said("help:en")),
        preview_address=url_for("inbox.start_preview", process_id=begun.process_id),
    )


def _refused_files(sheet: FormSheet) -> tuple[FieldError, ...]:
    """The chosen files that the case would not take; asked before it is started."""
    errors = []
    for name, file in chosen_files(sheet.form):
        try:
            content_type_of(file.filename or "", file.read())
        except AttachmentRefused as refusal:
            errors.append(file_error(name, refusal))
        file.seek(0)
    return tuple(errors)


def _lay_files(sheet: FormSheet, key: int, user: User) -> None:
    """Lay the chosen files to the new case: before it was started there was none to lay them to."""
    for _name, file in chosen_files(sheet.form):
        the_runtime().execute(
            AttachFile(
                instance_key=key,
                user=user,
                file_name=file.filename or "",
                content=file.read(),
            )
        )


def _known(user: User, known: AlreadyStarted) -> dict[str, str]:
    """That the same was started before, with a way there for those who may see it."""
    key = known.values["key"]
    address = None
    if isinstance(key, int):
        with reading() as connection:
            if user.sees(organisation_path_of(connection, key)):
                address = case_address(key, None)
    return {"address": address or ""}
