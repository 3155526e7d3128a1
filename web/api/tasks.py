"""Tasks: list, look at, claim, complete."""

from __future__ import annotations

from flask import Response, jsonify, request

from engine.runtime.commands import ClaimTask, CompleteTask, UnclaimTask
from engine.runtime.errors import NotPermitted
from engine.runtime.queries.open_tasks import open_tasks_of, task_of
from web.api.room import body, mapping_of, room
from web.engine_room import reading, the_runtime
from web.security import requires, the_user

MOST = 200


@room.get("/api/v1/tasks")
@requires("task.view")
def list_tasks() -> Response:
    """The open tasks the user may do, by key; `next` is the `after` of the next page."""
    limit = min(max(request.args.get("limit", 50, type=int), 1), MOST)
    after = request.args.get("after", 0, type=int)
    with reading() as connection:
        rows = open_tasks_of(connection, the_user(), after=after, limit=limit + 1, by_due=False)
    more = len(rows) > limit
    return jsonify(
        items=[row.plain() for row in rows[:limit]], next=rows[limit - 1].key if more else None
    )


@room.get("/api/v1/tasks/<int:key>")
@requires("task.view")
def get_task(key: int) -> Response:
    """A task the user may do, with the fields of its form."""
    runtime = the_runtime()
    with reading() as connection:
        row, form_key, workable = task_of(connection, the_user(), key)
        if not workable:
            raise NotPermitted(
                action="查看此任务",
                action_en="see this task",
                reason="任务不属于您的候选组或所在单位",
                reason_en="the task belongs to another group or unit",
            )
        form = runtime.definitions.form(connection, form_key) if form_key else None
    fields = [
        {
            "path": field.path,
            "label": field.label,
            "labelEn": field.label_en,
            "type": field.type,
            "required": field.required,
            "inList": field.in_list,
        }
        for field in (form.form.fields() if form else ())
    ]
    return jsonify({**row.plain(), "formId": form.form_id if form else None, "fields": fields})


@room.post("/api/v1/tasks/<int:key>/claim")
@requires("task.claim")
def claim_task(key: int) -> tuple[str, int]:
    the_runtime().execute(ClaimTask(task_key=key, user=the_user()))
    return "", 204


@room.post("/api/v1/tasks/<int:key>/unclaim")
@requires("task.claim")
def unclaim_task(key: int) -> tuple[str, int]:
    the_runtime().execute(UnclaimTask(task_key=key, user=the_user()))
    return "", 204


@room.post("/api/v1/tasks/<int:key>/complete")
@requires("task.complete")
def complete_task(key: int) -> tuple[str, int]:
    """Complete a task with `variables`, which pass its form and all its checks."""
    variables = mapping_of(body(), "variables")
    the_runtime().execute(CompleteTask(task_key=key, user=the_user(), variables=variables))
    return "", 204
