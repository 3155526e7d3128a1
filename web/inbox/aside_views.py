"""What stands beside a form: attachments, remarks, the diagram."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response as FlaskResponse
from flask import abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.documents import document_bytes
from engine.runtime.commands import AttachFile, CommentCase
from engine.runtime.queries.instance_page import diagram_file
from engine.runtime.queries.task_aside import attached_files, file_content, remarks_on
from engine.runtime.queries.way import way_of
from web.cases.sending import sent_letter
from web.engine_room import looking, the_runtime
from web.inbox.access import seen_task
from web.inbox.room import room
from web.inbox.task_page import letters_beside, picture_of
from web.security import requires, the_user


@room.post("/tasks/<int:key>/attachments")
@requires("task.complete")
def attach(key: int) -> str | Response:
    """Lay files to the case: pdf, jpg or png by content, up to 20 MB each."""
    user = the_user()
    with looking() as look:
        task = seen_task(look, user, key)
    for file in request.files.getlist("file"):
        if file.filename:
            the_runtime().execute(
                AttachFile(
                    instance_key=task.case.key,
                    user=user,
                    file_name=file.filename,
                    content=file.read(),
                    task_key=key,
                )
            )
    if not request.headers.get("HX-Request"):
        return redirect(url_for("inbox.task", key=key, _anchor="attachments"))
    with looking() as look:
        files = attached_files(look.connection, task.root_key)
    return render_template("inbox/_attachments.html", task=task, files=files)


@room.get("/tasks/<int:key>/attachments/<int:file_key>")
@requires("task.view")
def attachment(key: int, file_key: int) -> Response:
    with looking() as look:
        task = seen_task(look, the_user(), key)
        file = file_content(look.connection, task.root_key, file_key)
    response = FlaskResponse(file.content, mimetype=file.content_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file.file_name)}"
    return response


@room.get("/tasks/<int:key>/documents/<int:document_key>")
@requires("task.view")
def letter(key: int, document_key: int) -> Response:
    """A letter that lies beside the task, as it was served."""
    with looking() as look:
        task = seen_task(look, the_user(), key)
        beside = letters_beside(look, the_user(), task)
        found = next((one for one in beside if one.key == document_key), None)
        if found is None:
            abort(404)
        content = document_bytes(look.connection, document_key)
    return sent_letter(found, content)


@room.post("/tasks/<int:key>/comments")
@requires("task.complete")
def comment(key: int) -> str | Response:
    user = the_user()
    with looking() as look:
        task = seen_task(look, user, key)
    text = request.form.get("text", "")
    the_runtime().execute(
        CommentCase(instance_key=task.case.key, user=user, text=text, task_key=key)
    )
    if not request.headers.get("HX-Request"):
        return redirect(url_for("inbox.task", key=key, _anchor="remarks"))
    with looking() as look:
        remarks = remarks_on(look.connection, task.root_key)
    return render_template("inbox/_remarks.html", task=task, remarks=remarks)


@room.get("/tasks/<int:key>/diagram")
@requires("task.view")
def diagram(key: int) -> str:
    """The diagram large, with a table of where its tokens are beside it."""
    with looking() as look:
        task = seen_task(look, the_user(), key)
        way = way_of(look.connection, task)
    return render_template("inbox/diagram.html", task=task, way=way, picture=picture_of(task, way))


@room.get("/tasks/<int:key>/diagram.bpmn")
@requires("task.view")
def diagram_xml(key: int) -> Response:
    with looking() as look:
        task = seen_task(look, the_user(), key)
        content = diagram_file(look.connection, task.deployed.key)
    return FlaskResponse(content, mimetype="application/xml")


@room.get("/tasks/<int:key>/tokens.json")
@requires("task.view")
def tokens(key: int) -> Response:
    with looking() as look:
        way = way_of(look.connection, seen_task(look, the_user(), key))
    return jsonify({"tokens": way.tokens, "passed": sorted(way.elements | way.flows)})
