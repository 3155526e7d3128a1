"""The lists: files by kind, deployments."""

from __future__ import annotations

from flask import render_template, request

from engine.runtime.deployments import Kind
from engine.runtime.queries.definitions import PAGE, deployment, deployments, studio_files
from web.engine_room import reading
from web.security import requires
from web.studio.room import room
from web.studio.words import FILE_KINDS

ENDPOINTS = {
    "": "studio.files",
    "bpmn": "studio.processes",
    "dmn": "studio.decisions",
    "form": "studio.forms",
}
"""The list of each kind has an address of its own."""


@room.get("")
@requires("definition.view")
def files() -> str:
    return _list("")


@room.get("/processes")
@requires("definition.view")
def processes() -> str:
    return _list("bpmn")


@room.get("/decisions")
@requires("definition.view")
def decisions() -> str:
    return _list("dmn")


@room.get("/forms")
@requires("definition.view")
def forms() -> str:
    return _list("form")


@room.get("/deployments")
@requires("definition.view")
def deployment_list() -> str:
    before = request.args.get("before", type=int)
    with reading() as connection:
        lines = deployments(connection, before=before)
    more = lines[-1].key if len(lines) == PAGE else None
    return render_template("studio/deployments.html", lines=lines, before=before, more=more)


@room.get("/deployments/<int:key>")
@requires("definition.view")
def deployment_page(key: int) -> str:
    with reading() as connection:
        line, made = deployment(connection, key)
    return render_template("studio/deployment.html", line=line, made=made)


def _list(kind: Kind | str) -> str:
    text = request.args.get("q", "").strip()[:100]
    with reading() as connection:
        found = studio_files(connection, kind=kind, text=text)
    return render_template(
        "studio/files.html",
        files=found,
        kind=kind,
        kinds=FILE_KINDS,
        endpoints=ENDPOINTS,
        text=text,
        drafts=sum(1 for file in found if file.draft),
    )
