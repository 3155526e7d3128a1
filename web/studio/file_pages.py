"""One file, one process, decision or form: versions, where it is used, what it looks like."""

from __future__ import annotations

from flask import Response, render_template, request, url_for

from engine.dmn import DecisionModel, DmnInvalid, read_decisions
from engine.forms import Form, FormSchemaInvalid, read_form
from engine.runtime import SourceFile
from engine.runtime.errors import NotFound
from engine.runtime.queries.definition_uses import uses_of
from engine.runtime.queries.definitions import (
    definition_versions,
    deployed_file,
    studio_file,
)
from engine.runtime.studio_drafts import What, kept_draft
from web.engine_room import reading
from web.security import requires
from web.studio.changes import compare
from web.studio.room import room

DRAFT = "draft"


@room.get("/files/<file_name>")
@requires("definition.view")
def file(file_name: str) -> str:
    with reading() as connection:
        shown = studio_file(connection, file_name)
        newest = shown.in_force
        inside = newest.definitions if newest else ()
        uses = [use for found in inside for use in uses_of(connection, found.what, found.id)]
        content = deployed_file(connection, newest.key) if newest else None
    return render_template(
        "studio/file.html", file=shown, version=newest, uses=uses, picture=picture_of(content)
    )


@room.get("/processes/<process_id>")
@requires("definition.view")
def process(process_id: str) -> str:
    return _definition("process", process_id)


@room.get("/decisions/<decision_id>")
@requires("definition.view")
def decision(decision_id: str) -> str:
    return _definition("decision", decision_id)


@room.get("/forms/<form_id>")
@requires("definition.view")
def form(form_id: str) -> str:
    return _definition("form", form_id)


@room.get("/files/<file_name>/versions/<int:key>")
@requires("definition.view")
def download(file_name: str, key: int) -> Response:
    """The file as it was deployed, byte for byte."""
    with reading() as connection:
        found = deployed_file(connection, key)
    if found.name != file_name:
        raise NotFound(what="文件版本", what_en="version of the file", key=key)
    return as_download(found)


@room.get("/files/<file_name>/draft")
@requires("definition.view")
def download_draft(file_name: str) -> Response:
    """The draft as it was saved."""
    return as_download(_draft(file_name))


@room.get("/files/<file_name>/compare")
@requires("definition.view")
def comparison(file_name: str) -> str:
    """Two versions of a file side by side: `from` and `to` are keys of versions or `draft`."""
    with reading() as connection:
        shown = studio_file(connection, file_name)
    choices = _choices(file_name)
    keys = [key for key, _words, _address in choices]
    after = request.args.get("to") or keys[0]
    older = keys[keys.index(after) + 1 :] if after in keys else []
    before = request.args.get("from") or (older or keys)[0]
    if before not in keys or after not in keys:
        raise NotFound(what="文件版本", what_en="version of the file", key=f"{before}, {after}")
    old, new = _content(file_name, before), _content(file_name, after)
    addresses = {key: address for key, _words, address in choices}
    return render_template(
        "studio/compare.html",
        file=shown,
        choices=choices,
        before=before,
        after=after,
        before_address=addresses[before],
        after_address=addresses[after],
        comparison=compare(old, new),
    )


def as_download(found: SourceFile) -> Response:
    """A file to keep; never shown by the browser as a page of ours."""
    kind = "application/json" if found.kind == "form" else "application/xml"
    response = Response(found.content, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    return response


def picture_of(content: SourceFile | None) -> DecisionModel | Form | None:
    """What a table or form is shown from; diagrams are drawn by the viewer."""
    if content is None:
        return None
    try:
        if content.kind == "dmn":
            return read_decisions(content.content, content.name)
        if content.kind == "form":
            return read_form(content.content, content.name)
    except (DmnInvalid, FormSchemaInvalid):
        return None
    return None


def _definition(what: What, id_: str) -> str:
    with reading() as connection:
        versions = definition_versions(connection, what, id_)
        newest = versions[0]
        shown = studio_file(connection, newest.file.file_name)
        uses = uses_of(connection, what, id_)
        content = deployed_file(connection, newest.file.key)
    return render_template(
        "studio/definition.html",
        what=what,
        definition=newest.definition,
        version=newest.file,
        versions=versions,
        file=shown,
        uses=uses,
        picture=picture_of(content),
    )


def _choices(file_name: str) -> list[tuple[str, object, str]]:
    """Key, what it is, and where its content is: the draft first, then versions, newest first."""
    with reading() as connection:
        shown = studio_file(connection, file_name)
    choices: list[tuple[str, object, str]] = []
    if shown.draft:
        choices.append((DRAFT, shown.draft, url_for("studio.download_draft", file_name=file_name)))
    for version in shown.versions:
        address = url_for("studio.download", file_name=file_name, key=version.key)
        choices.append((str(version.key), version, address))
    return choices


def _content(file_name: str, key: str) -> SourceFile:
    if key == DRAFT:
        return _draft(file_name)
    with reading() as connection:
        return deployed_file(connection, int(key))


def _draft(file_name: str) -> SourceFile:
    with reading() as connection:
        draft = kept_draft(connection, file_name)
    if draft is None:
        raise NotFound(what="草稿", what_en="draft of", key=file_name)
    return draft.file
