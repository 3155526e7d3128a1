"""Stepping in: hand a task on, move its due date, try again what failed, end an instance."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.runtime.commands import (
    CancelInstance,
    ChangeDueDate,
    ReassignTask,
    RetryIncident,
)
from engine.runtime.queries.incidents import incidents_of
from engine.runtime.queries.instance_page import (
    instance_of_incident,
    instance_of_task,
    organisation_path_of,
)
from web.engine_room import reading, the_runtime
from web.formats import day
from web.inspector.room import room
from web.security import requires, the_user


@room.post("/inspector/tasks/<int:key>/reassign")
@requires("task.reassign")
def reassign(key: int) -> Response:
    """Hand a task to another person."""
    instance_key = _instance_of_task(key)
    the_runtime().execute(
        ReassignTask(
            task_key=key, user=the_user(), assignee=request.form.get("assignee", ""),
            reason=_reason(),
        )
    )  # fmt: skip
    flash(_("已转办，原因记入办理历史。"), "done")
    return _back(instance_key, "tasks")


@room.post("/inspector/tasks/<int:key>/due-date")
@requires("deadline.change")
def change_due_date(key: int) -> Response:
    """Move the due date of a task."""
    instance_key = _instance_of_task(key)
    try:
        new = date.fromisoformat(request.form.get("due_date", ""))
    except ValueError:
        flash(_("请选择新的期限日。期限没有变更。"), "error")
        return _back(instance_key, "tasks")
    the_runtime().execute(
        ChangeDueDate(task_key=key, user=the_user(), due_date=new, reason=_reason())
    )
    flash(_("期限已变更为 %(day)s，原因记入办理历史。", day=day(new)), "done")
    return _back(instance_key, "tasks")


@room.post("/inspector/incidents/<int:key>/retry")
@requires("incident.resolve")
def retry(key: int) -> Response:
    """Try again what failed, and say whether it failed again."""
    with reading() as connection:
        instance_key = instance_of_incident(connection, key)
    _require_sight(instance_key)
    the_runtime().execute(RetryIncident(incident_key=key, user=the_user()))
    with reading() as connection:
        lines = incidents_of(connection, instance_key)
    element_id = next((line.element_id for line in lines if line.key == key), "")
    again = [line for line in lines if line.is_open and line.element_id == element_id]
    if again:
        flash(_("已重试，但又失败了。请先处理原因。"), "warning")
    else:
        flash(_("异常已处理，流程继续。"), "done")
    return _back(instance_key, "incidents")


@room.post("/inspector/instances/<int:key>/cancel")
@requires("instance.intervene")
def cancel(key: int) -> Response:
    """End an instance before its time, and all that it called."""
    _require_sight(key)
    the_runtime().execute(CancelInstance(instance_key=key, user=the_user(), reason=_reason()))
    flash(_("流程已终止，原因记入办理历史。"), "done")
    return _back(key, "history")


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _instance_of_task(key: int) -> int:
    with reading() as connection:
        instance_key = instance_of_task(connection, key)
    _require_sight(instance_key)
    return instance_key


def _require_sight(instance_key: int) -> None:
    """Nobody steps into what they may not see."""
    with reading() as connection:
        path = organisation_path_of(connection, instance_key)
    if not the_user().sees(path):
        abort(403)


def _back(instance_key: int, tab: str) -> Response:
    return redirect(url_for("inspector.instance", key=instance_key, tab=tab))
