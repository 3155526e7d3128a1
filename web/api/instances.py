"""Process instances: start one, look at one."""

from __future__ import annotations

from flask import Response, jsonify, url_for

from engine.runtime.commands import StartInstance
from engine.runtime.queries.case_page import require_sees, stage_line, waiting_tasks
from engine.runtime.queries.instance_page import instance_head
from web.api.room import body, mapping_of, room
from web.engine_room import looking, the_runtime
from web.formats import masked_identity
from web.security import requires, the_user


@room.post("/api/v1/processes/<process_id>/instances")
@requires("case.start")
def start_instance(process_id: str) -> tuple[Response, int, dict[str, str]]:
    """Start the version in force with `variables`, which pass its start form."""
    variables = mapping_of(body(), "variables")
    key = the_runtime().execute(
        StartInstance(process_id=process_id, user=the_user(), variables=variables)
    )
    return jsonify(key=key), 201, {"Location": url_for("api.get_instance", key=key)}


@room.get("/api/v1/instances/<int:key>")
@requires("case.view", "instance.view")
def get_instance(key: int) -> Response:
    """Where an instance stands. Numbers of persons are masked."""
    with looking() as look:
        head = instance_head(look.connection, look.definitions, key)
        require_sees(the_user(), head.organisation_path)
        stages = stage_line(look.connection, head)
        tasks = waiting_tasks(look, head) if head.parent_key is None else ()
    is_unit = head.subject_kind == "unit"
    return jsonify(
        key=head.key,
        rootKey=head.root_key,
        parentKey=head.parent_key,
        processId=head.deployed.process_id,
        version=head.deployed.version,
        state=head.state,
        businessKey=head.business_key,
        subject=head.subject,
        subjectCode=head.subject_code if is_unit else masked_identity(head.subject_code),
        subjectKind=head.subject_kind,
        startedAt=head.started_at.isoformat(),
        endedAt=head.ended_at.isoformat() if head.ended_at else None,
        stages=[
            {
                "name": stage.name,
                "state": stage.state,
                "date": stage.day.isoformat() if stage.day else None,
            }
            for stage in stages
        ],
        tasks=[
            {
                "key": task.key,
                "elementId": task.element_id,
                "name": task.name,
                "dueDate": task.due_date.isoformat() if task.due_date else None,
                "remainingWorkingDays": task.remaining,
            }
            for task in tasks
        ],
    )
