"""Papers of a case: letters as served, attachments, remarks."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.documents import (
    archived_document,
    default_press,
    document_bytes,
    document_docx,
)
from engine.runtime.commands import AttachFile, CommentCase
from engine.runtime.queries.case_page import case_head, require_sees
from engine.runtime.queries.case_papers import attachment, case_of_document
from web.cases.room import room
from web.cases.sending import sent_file, sent_letter
from web.engine_room import looking, reading, the_runtime
from web.security import requires, the_user

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@room.get("/cases/documents/<int:key>")
@requires("case.view")
def document(key: int) -> Response:
    """The letter exactly as it was served; its hash is checked first."""
    with reading() as connection:
        found = archived_document(connection, key)
        require_sees(the_user(), case_of_document(connection, found.instance_key) or "-")
        content = document_bytes(connection, key)
    return sent_letter(found, content)


@room.get("/cases/documents/<int:key>.docx")
@requires("case.view")
def document_as_word(key: int) -> Response:
    """The letter as a Word file to go on from; what was served stays the PDF."""
    with reading() as connection:
        found = archived_document(connection, key)
        require_sees(the_user(), case_of_document(connection, found.instance_key) or "-")
        content = document_docx(connection, key)
    name = f"{found.title} {found.number}".strip()
    return sent_file(content, DOCX, f"{name}.docx", inline=False)


@room.get("/cases/attachments/<int:key>")
@requires("case.view")
def attached(key: int) -> Response:
    with reading() as connection:
        found, content = attachment(connection, the_user(), key)
    return sent_file(content, found.content_type, found.file_name, inline=False)


@room.post("/cases/<int:key>/attachments")
@requires("task.complete")
def attach(key: int) -> AnyResponse:
    with looking() as look:
        head = case_head(look, the_user(), key)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        flash(_("请先选择文件。"), "warning")
    else:
        the_runtime().execute(
            AttachFile(
                instance_key=head.key,
                user=the_user(),
                file_name=sent.filename,
                content=sent.read(),
            )
        )
        flash(_("已加入附件：%(name)s", name=sent.filename), "done")
    return redirect(url_for("cases.papers", key=head.key))


@room.post("/cases/<int:key>/remarks")
@requires("case.view")
def remark(key: int) -> AnyResponse:
    with looking() as look:
        head = case_head(look, the_user(), key)
    text = request.form.get("text", "")
    the_runtime().execute(CommentCase(instance_key=head.key, user=the_user(), text=text[:4000]))
    return redirect(url_for("cases.case", key=head.key))


def editable_templates() -> frozenset[str]:
    """The templates whose letters are offered as a Word file too."""
    press = default_press()
    return frozenset(name for name in press.names() if press.template(name).editable)
