"""The overview of procedures, and one procedure: its diagram with numbers, its instances."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Response, abort, jsonify, render_template, request

from engine.runtime.definitions import DeployedProcess
from engine.runtime.queries.instances import InstanceFilter, find_instances
from engine.runtime.queries.process_numbers import (
    ElementNumbers,
    ProcessNumbers,
    element_numbers,
    process_numbers,
)
from web.engine_room import reading, the_clock, the_runtime
from web.inspector.diagrams import note_of, picture_of_process
from web.inspector.instance_list import cursor, shown_rows
from web.inspector.room import room
from web.inspector.words import words_of
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

PROCESS_PAGE = 20


@room.get("/inspector")
@requires("instance.view")
def overview() -> str:
    """Every procedure with numbers that can be clicked."""
    with reading() as connection:
        processes = _numbers(connection)
    return render_template("inspector/overview.html", processes=processes, month=_month())


@room.get("/inspector/processes/<process_id>")
@requires("instance.view")
def process(process_id: str) -> str:
    """A procedure: the diagram with numbers on its elements, and the instances behind them."""
    version = chosen_version()
    element_id = request.args.get("element", "")
    user, now = the_user(), the_clock().now()
    with reading() as connection:
        numbers, deployed = _one(connection, process_id, version)
        elements = element_numbers(connection, user, deployed.process, now=now, version=version)
        page = find_instances(
            connection,
            the_runtime().definitions,
            user,
            InstanceFilter(
                process_id=process_id, version=version, state="active", element_id=element_id
            ),
            now=now,
            older_than=cursor("older"),
            newer_than=cursor("newer"),
            limit=PROCESS_PAGE,
        )
        rows = shown_rows(connection, page.rows)
    template = "_process_contents.html" if request.headers.get("HX-Request") else "process.html"
    return render_template(
        f"inspector/{template}",
        process=numbers,
        deployed=deployed,
        version=version,
        month=_month(),
        elements=elements,
        element_id=element_id,
        element_name=words_of(deployed.process, element_id),
        name_of=lambda id_: words_of(deployed.process, id_),
        is_drawn=lambda id_: id_ in deployed.process.elements,
        picture=picture_of_process(deployed.diagram, deployed.process, elements),
        page=page,
        rows=rows,
    )


@room.get("/inspector/processes/<process_id>/tokens.json")
@requires("instance.view")
def process_marks(process_id: str) -> Response:
    """What the viewer marks on the diagram of a procedure."""
    version = chosen_version()
    with reading() as connection:
        _, deployed = _one(connection, process_id, version)
        numbers = element_numbers(
            connection, the_user(), deployed.process, now=the_clock().now(), version=version
        )
    return jsonify(marks(numbers))


def marks(numbers: tuple[ElementNumbers, ...]) -> dict[str, dict[str, object]]:
    """Numbers of elements in the form the viewer takes."""
    return {
        "tokens": {one.element_id: one.tokens for one in numbers if one.tokens},
        "incidents": {one.element_id: one.incidents for one in numbers if one.incidents},
        "notes": {one.element_id: note_of(one) for one in numbers if one.overdue},
    }


def chosen_version() -> int | None:
    """The version asked for; None for all of them."""
    return request.args.get("version", type=int)


def _one(
    connection: Connection, process_id: str, version: int | None
) -> tuple[ProcessNumbers, DeployedProcess]:
    found = _numbers(connection, process_id)
    if not found:
        abort(404)
    numbers = found[0]
    chosen = next((v for v in numbers.versions if version is None or v.version == version), None)
    if chosen is None:
        abort(404)
    return numbers, the_runtime().definitions.process(connection, chosen.key)


def _numbers(connection: Connection, process_id: str = "") -> tuple[ProcessNumbers, ...]:
    return process_numbers(
        connection,
        the_user(),
        now=the_clock().now(),
        ended_from=_month(),
        process_id=process_id,
    )


def _month() -> date:
    return the_clock().today().replace(day=1)
