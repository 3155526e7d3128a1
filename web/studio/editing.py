"""The editor: open, save as a draft, check, give up; new files and files from elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.runtime import SourceFile
from engine.runtime.commands import DiscardStudioDraft, SaveStudioDraft
from engine.runtime.errors import DraftConflict, DraftRefused, NotFound
from engine.runtime.queries.definitions import StudioFile, deployed_file, studio_file, studio_files
from engine.runtime.studio_drafts import KeptDraft, acceptable, kept_draft
from web.engine_room import reading, the_runtime
from web.language import language
from web.security import requires, the_user, wants_json
from web.studio.empty_files import empty_file
from web.studio.findings import ShownFinding, findings_of
from web.studio.room import room
from web.studio.words import FILE_KINDS

Answer = str | AnyResponse | tuple[str, int]


@room.get("/files/<file_name>/edit")
@requires("definition.edit")
def edit(file_name: str) -> str:
    with reading() as connection:
        draft = kept_draft(connection, file_name)
        if draft is not None:
            content = draft.file.content
        else:
            newest = studio_file(connection, file_name).in_force
            assert newest is not None
            content = deployed_file(connection, newest.key).content
    return editor(file_name, content.decode("utf-8-sig", "replace"), _revision(draft))


@room.post("/files/<file_name>/draft")
@requires("definition.edit")
def save(file_name: str) -> Answer:
    """Keep what the editor holds; the findings come back with the new revision."""
    text, revision = _sent()
    source = SourceFile(name=file_name, content=text.encode())
    command = SaveStudioDraft(
        file_name=file_name, content=source.content, revision=revision, user=the_user()
    )
    try:
        revision = the_runtime().execute(command)
    except DraftConflict as error:
        if wants_json():
            raise
        flash(error.message(language()), "error")
        return editor(file_name, text, revision), 409
    if not wants_json():
        flash(_("草稿已保存，生效的版本没有变化。"), "done")
        return redirect(url_for("studio.edit", file_name=file_name))
    return _checked(source, revision=revision)


@room.post("/files/<file_name>/lint")
@requires("definition.edit")
def lint(file_name: str) -> Answer:
    """Check what the editor holds; nothing is kept."""
    text, revision = _sent()
    source = SourceFile(name=file_name, content=text.encode())
    if wants_json():
        return _checked(source)
    with reading() as connection:
        findings = findings_of(connection, source)
    return editor(file_name, text, revision, findings=findings)


@room.post("/files/<file_name>/discard")
@requires("definition.edit")
def discard(file_name: str) -> AnyResponse:
    revision = request.form.get("revision", 0, type=int)
    the_runtime().execute(
        DiscardStudioDraft(file_name=file_name, revision=revision, user=the_user())
    )
    flash(_("草稿已放弃。"), "done")
    with reading() as connection:
        names = {file.name for file in studio_files(connection)}
    if file_name in names:
        return redirect(url_for("studio.file", file_name=file_name))
    return redirect(url_for("studio.files"))


@room.get("/new")
@requires("definition.edit")
def new() -> str:
    return _new_page()


@room.post("/new")
@requires("definition.edit")
def create() -> Answer:
    """Begin a file from an empty one of its kind."""
    kind = request.form.get("kind", "")
    id_ = request.form.get("id", "").strip()
    name = request.form.get("name", "").strip()
    file_name = f"{id_}.{kind}"
    try:
        accepted = acceptable(file_name, b"new")
        if not id_.isidentifier():
            raise DraftRefused(
                file=file_name,
                reason="编号应以文字开头，只含文字、数字和下划线",
                reason_en="an id begins with a letter and has letters, digits and underscores only",
            )
        return _keep_new(file_name, empty_file(accepted, id_, name or id_))
    except DraftRefused as error:
        return _new_page(error=error.message(language())), 422


@room.post("/upload")
@requires("definition.edit")
def upload() -> Answer:
    """Take a file as a modeler on a desktop saved it, as a draft."""
    sent = request.files.get("file")
    file_name = PurePath((sent.filename if sent else "") or "").name
    content = sent.read() if sent else b""
    try:
        acceptable(file_name, content)
    except DraftRefused as error:
        return _new_page(upload_error=error.message(language())), 422
    with reading() as connection:
        draft = kept_draft(connection, file_name)
    if draft is not None and not request.form.get("replace"):
        return _new_page(replaces=draft), 409
    command = SaveStudioDraft(
        file_name=file_name, content=content, revision=_revision(draft), user=the_user()
    )
    the_runtime().execute(command)
    flash(_("文件已上传为草稿。检查无误后即可部署。"), "done")
    return redirect(url_for("studio.edit", file_name=file_name))


def editor(
    file_name: str,
    text: str,
    revision: int,
    *,
    findings: list[ShownFinding] | None = None,
) -> str:
    """The page of the editor with `text` in it."""
    with reading() as connection:
        files = studio_files(connection)
    shown: StudioFile | None = next((file for file in files if file.name == file_name), None)
    if shown is None:
        raise NotFound(what="文件", what_en="file", key=file_name)
    return render_template(
        "studio/edit.html",
        file=shown,
        files=files,
        kinds=FILE_KINDS,
        content=text,
        revision=revision,
        findings=findings,
    )


def _checked(source: SourceFile, **more: object) -> Response:
    with reading() as connection:
        findings = findings_of(connection, source)
        saved = studio_file(connection, source.name)
    return jsonify(
        findings=[asdict(found) for found in findings],
        html=render_template("studio/_findings.html", findings=findings),
        state=render_template("studio/_state.html", file=saved),
        **more,
    )


def _sent() -> tuple[str, int]:
    """The text and the revision it was made from. A browser sends line ends as CRLF."""
    text = request.form.get("content", "").replace("\r\n", "\n")
    return text, request.form.get("revision", 0, type=int)


def _revision(draft: KeptDraft | None) -> int:
    return draft.revision if draft else 0


def _keep_new(file_name: str, content: bytes) -> AnyResponse:
    with reading() as connection:
        taken = {file.name for file in studio_files(connection)}
    if file_name in taken:
        raise DraftRefused(
            file=file_name, reason="已有同名文件", reason_en="there is a file of this name"
        )
    the_runtime().execute(
        SaveStudioDraft(file_name=file_name, content=content, revision=0, user=the_user())
    )
    return redirect(url_for("studio.edit", file_name=file_name))


def _new_page(*, error: str = "", upload_error: str = "", replaces: KeptDraft | None = None) -> str:
    return render_template(
        "studio/new.html",
        kinds=FILE_KINDS,
        sent=request.form or request.args,
        error=error,
        upload_error=upload_error,
        replaces=replaces,
    )
