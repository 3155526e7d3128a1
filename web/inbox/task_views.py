"""The page of a task and the acts on it."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.forms import FieldError, FormInvalid
from engine.identity import User
from engine.runtime.commands import (
    ClaimTask,
    CompleteTask,
    ReassignTask,
    SaveDraft,
    UnclaimTask,
)
from engine.runtime.errors import (
    CompletionRefused,
    Conflict,
    InstanceNotActive,
    SamePerson,
    TaskClaimed,
    TaskNotOpen,
)
from engine.runtime.queries.history import last_of_task
from engine.runtime.queries.receivers import receivers_of
from engine.runtime.queries.task import TaskRecord, form_sheet, warnings_of
from engine.runtime.queries.task_aside import attached_files
from web.engine_room import looking, the_clock, the_runtime
from web.inbox.access import require_workable, seen_task
from web.inbox.after import go_on
from web.inbox.history_words import told
from web.inbox.room import case_address, room
from web.inbox.row_import import ImportedRows, imported, template_address
from web.inbox.sheets import CHECKED, Files, Posted, errors_in, posted_with_files, shown
from web.inbox.task_page import first_shown, render_task, task_page
from web.language import in_language, language
from web.security import requires, the_user, wants_json

CONFLICTS = (TaskNotOpen, TaskClaimed, InstanceNotActive, Conflict)
CONFIRMED = "_confirmed"
Answer = str | Response | tuple[str, int] | tuple[Response, int]


@room.get("/tasks/<int:key>")
@requires("task.view")
def task(key: int) -> str:
    with looking() as look:
        page = task_page(look, the_user(), seen_task(look, the_user(), key))
        form = first_shown(look, the_user(), page)
    return render_task(page, form)


@room.post("/tasks/<int:key>")
@requires("task.complete")
def complete(key: int) -> Answer:
    """Complete the task; whatever stands in the way is shown with everything that was typed."""
    user = the_user()
    record = _to_work_on(user, key)
    posted = _posted(user, record)
    if _is_taken(user, record):
        return _conflict(user, key, posted)
    if posted.action is not None:
        return _again(user, key, posted)
    faults = _faults(user, key, posted)
    if isinstance(faults, str):
        return faults
    try:
        the_runtime().execute(CompleteTask(task_key=key, user=user, variables=faults))
    except FormInvalid as invalid:
        return _again(user, key, posted, errors=invalid.errors)
    except (CompletionRefused, SamePerson) as refusal:
        return _again(user, key, posted, refused=refusal.message(language()))
    except CONFLICTS:
        return _conflict(user, key, posted)
    name = in_language(record.name, record.name_en)
    return go_on(user, record.root_key, _("「%(step)s」已办结。", step=name))


@room.post("/tasks/<int:key>/preview")
@requires("task.complete")
def preview(key: int) -> str:
    """The form drawn anew with what is typed so far; nothing is kept."""
    user = the_user()
    with looking() as look:
        record = seen_task(look, user, key)
        require_workable(look, user, record)
        page_files = Files.of(record, attached_files(look.connection, record.root_key))
        sheet = form_sheet(look, record)
        if sheet is None:
            return ""
        posted = Posted(pairs=list(request.form.items(multi=True)))
        data = posted.submitted(sheet.form)
        errors = errors_in(sheet, data, page_files) if CHECKED in request.form else ()
        form = shown(sheet, data, user=user, files=page_files, errors=errors, dirty=True)
    address = url_for("inbox.preview", key=key)
    return render_template(
        "inbox/_form.html",
        form=form,
        preview_address=address,
        rows_address=template_address(key),
    )


@room.post("/tasks/<int:key>/draft")
@requires("task.complete")
def draft(key: int) -> Answer:
    """暂存: keep what is typed, valid or not."""
    user = the_user()
    record = _to_work_on(user, key)
    posted = _posted(user, record)
    if _is_taken(user, record):
        return _conflict(user, key, posted)
    try:
        the_runtime().execute(SaveDraft(task_key=key, user=user, submitted=posted.kept))
    except CONFLICTS:
        return _conflict(user, key, posted)
    said = _("已暂存 %(time)s，可稍后继续办理。", time=f"{the_clock().now():%H:%M}")
    if wants_json():
        return jsonify({"message": said})
    flash(said, "done")
    for error in posted.errors:
        flash(error.message(language()), "error")
    return redirect(url_for("inbox.task", key=key))


@room.post("/tasks/<int:key>/claim")
@requires("task.claim")
def claim(key: int) -> Answer:
    user = the_user()
    record = _to_work_on(user, key)
    posted = _posted(user, record)
    try:
        the_runtime().execute(ClaimTask(task_key=key, user=user))
        _keep_typed(user, key, posted)
    except CONFLICTS:
        return _conflict(user, key, posted)
    flash(_("已签收，任务由您办理。"), "done")
    return redirect(url_for("inbox.task", key=key))


@room.post("/tasks/<int:key>/unclaim")
@requires("task.claim")
def unclaim(key: int) -> Answer:
    user = the_user()
    record = _to_work_on(user, key)
    posted = _posted(user, record)
    try:
        _keep_typed(user, key, posted)
        the_runtime().execute(UnclaimTask(task_key=key, user=user))
    except CONFLICTS:
        return _conflict(user, key, posted)
    flash(_("已取消签收，同组人员可以签收此任务。"), "done")
    return redirect(url_for("inbox.task", key=key))


@room.get("/tasks/<int:key>/reassign")
@requires("task.complete", "task.reassign")
def reassign_page(key: int) -> str:
    """转办 as a page of its own, where no script opens the dialog."""
    with looking() as look:
        record = seen_task(look, the_user(), key)
        people = receivers_of(look.connection, record, the_user().login)
    return render_template("inbox/reassign.html", task=record, receivers=people)


@room.post("/tasks/<int:key>/reassign")
@requires("task.complete", "task.reassign")
def reassign(key: int) -> Answer:
    user = the_user()
    with looking() as look:
        record = seen_task(look, user, key)
    try:
        the_runtime().execute(
            ReassignTask(
                task_key=key,
                user=user,
                assignee=request.form.get("assignee", ""),
                reason=request.form.get("reason", ""),
            )
        )
    except CONFLICTS:
        return _conflict(user, key, Posted(pairs=[]))
    with looking() as look:
        given = seen_task(look, user, key)
    to = given.names.get(given.assignee or "", given.assignee)
    name = in_language(record.name, record.name_en)
    flash(_("「%(step)s」已转给 %(to)s。", step=name, to=to), "done")
    return redirect(url_for("inbox.tasks"))


# -- what the acts share ---------------------------------------------------------------------------


def _to_work_on(user: User, key: int) -> TaskRecord:
    with looking() as look:
        record = seen_task(look, user, key)
        require_workable(look, user, record)
    return record


def _is_taken(user: User, record: TaskRecord) -> bool:
    return not record.is_open or record.assignee not in (None, user.login)


def _posted(user: User, record: TaskRecord) -> Posted:
    """What was posted; files are only taken for a task that is still this person's."""
    if _is_taken(user, record):
        return Posted(pairs=list(request.form.items(multi=True)))
    with looking() as look:
        sheet = form_sheet(look, record)
    form = sheet.form if sheet else None
    return posted_with_files(form, record.case.key, record.key, user)


def _faults(user: User, key: int, posted: Posted) -> str | dict[str, object]:
    """The page with what is wrong or to be confirmed; else what was submitted."""
    with looking() as look:
        record = seen_task(look, user, key)
        sheet = form_sheet(look, record)
        if sheet is None:
            return {}
        submitted = posted.submitted(sheet.form)
        files = Files.of(record, attached_files(look.connection, record.root_key))
        errors = (*errors_in(sheet, submitted, files), *posted.errors)
        warnings: tuple[str, ...] = ()
        if not errors and CONFIRMED not in request.form:
            answers = sheet.form.answers(
                submitted, context=sheet.context, environment=sheet.environment
            )
            warnings = warnings_of(record, sheet, answers)
    if errors or warnings:
        return _again(user, key, posted, errors=errors, warnings=warnings)
    return submitted


def _again(
    user: User,
    key: int,
    posted: Posted,
    *,
    errors: tuple[FieldError, ...] = (),
    warnings: tuple[str, ...] = (),
    refused: str = "",
) -> str:
    """The page with what was typed."""
    with looking() as look:
        page = task_page(look, user, seen_task(look, user, key))
        sheet = form_sheet(look, page.task)
        form = None
        rows: ImportedRows | None = None
        if sheet is not None:
            data = posted.submitted(sheet.form)
            if posted.action is not None and posted.action.kind == "import":
                data, rows = imported(sheet, data, posted.action)
            if not errors and CHECKED in request.form and posted.action is not None:
                errors = errors_in(sheet, data, page.form_files)
            form = shown(
                sheet,
                data,
                user=user,
                files=page.form_files,
                errors=errors,
                dirty=True,
                readonly=not page.may_work,
            )
    return render_task(page, form, refused=refused, warnings=warnings, rows=rows)


def _keep_typed(user: User, key: int, posted: Posted) -> None:
    """Claiming is no reason to lose what was typed before it."""
    if request.form.get("_typed") and posted.kept:
        the_runtime().execute(SaveDraft(task_key=key, user=user, submitted=posted.kept))


def _conflict(user: User, key: int, posted: Posted) -> tuple[str, int] | tuple[Response, int]:
    """Somebody or a deadline was first: who, what, when, and what was typed here."""
    with looking() as look:
        record = seen_task(look, user, key)
        last = last_of_task(look, record.root_key, key)
        sheet = form_sheet(look, record)
        typed = None
        if sheet is not None and posted.kept:
            data = posted.submitted(sheet.form)
            typed = shown(sheet, data, user=user, files=Files(), readonly=True)
    what = _what_happened(record, user)
    if wants_json():
        return jsonify({"message": what}), 409
    page = render_template(
        "inbox/conflict.html",
        task=record,
        what=what,
        last=next(iter(told((last,))), None) if last else None,
        typed=typed,
        case_address=case_address(record.root_key, record.case.business_key),
    )
    return page, 409


def _what_happened(record: TaskRecord, user: User) -> str:
    step = in_language(record.name, record.name_en)
    if record.state == "completed":
        by = record.names.get(record.completed_by or "", record.completed_by)
        at = f"{record.ended_at:%Y-%m-%d %H:%M}" if record.ended_at else ""
        return _("「%(step)s」已由 %(by)s 于 %(at)s 办结。", step=step, by=by, at=at)
    if record.state == "cancelled":
        at = f"{record.ended_at:%Y-%m-%d %H:%M}" if record.ended_at else ""
        return _(
            "「%(step)s」已于 %(at)s 撤回：流程因期限届满或其他事项转入下一步。", step=step, at=at
        )
    if record.case.state != "active":
        return _("「%(step)s」所属流程已不在办理中。", step=step)
    if record.assignee not in (None, user.login):
        by = record.names.get(record.assignee or "", record.assignee)
        return _("「%(step)s」已由 %(by)s 签收。", step=step, by=by)
    return _("「%(step)s」的期限刚刚届满，或案件刚刚被他人更新。", step=step)
