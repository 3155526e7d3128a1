"""Deployments: what is in force, and putting something new in force."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, jsonify

from engine.runtime import SourceFile
from engine.runtime.commands import Deploy
from engine.runtime.queries.latest_deployments import latest_deployments
from web.api.room import body, room
from web.engine_room import reading, the_runtime
from web.security import requires, the_user


@room.get("/api/v1/deployments")
@requires("definition.view")
def list_deployments() -> Response:
    """The newest deployments with their files."""
    with reading() as connection:
        return jsonify(items=[one.plain() for one in latest_deployments(connection)])


@room.post("/api/v1/deployments")
@requires("definition.deploy")
def deploy() -> tuple[Response, int]:
    """Deploy `files` of `name` and `content`; 200 with no key if nothing differs."""
    sent = body()
    files = sent.get("files")
    if not isinstance(files, list) or not files:
        abort(400)
    note = sent.get("note", "")
    key = the_runtime().execute(
        Deploy(files=[_file(one) for one in files], note=str(note), user=the_user())
    )
    return jsonify(key=key), 201 if key else 200


def _file(sent: object) -> SourceFile:
    if not isinstance(sent, Mapping):
        abort(400)
    name, content = sent.get("name"), sent.get("content")
    if not isinstance(name, str) or not isinstance(content, str):
        abort(400)
    return SourceFile(name=name, content=content.encode())
