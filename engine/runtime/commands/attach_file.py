"""Lay a file to a case: pdf, jpg or png, up to 20 MB, its type told by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import AttachmentRefused
from engine.runtime.loading import root_of
from engine.runtime.models import Attachment

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

MAX_BYTES = 20 * 1024 * 1024

_SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


@dataclass(frozen=True, kw_only=True)
class AttachFile(Command):
    """Keep a file with a case. Gives its key. Raises `AttachmentRefused`."""

    instance_key: int
    user: User
    file_name: str
    content: bytes
    task_key: int | None = None


@handles(AttachFile)
def attach_file(command: AttachFile, tx: Transaction) -> int:
    content_type = content_type_of(command.file_name, command.content)
    inserted = tx.connection.execute(
        insert(Attachment),
        {
            "root_key": root_of(tx.connection, command.instance_key),
            "task_key": command.task_key,
            "file_name": command.file_name[-255:],
            "content_type": content_type,
            "size": len(command.content),
            "sha256": hashlib.sha256(command.content).hexdigest(),
            "content": command.content,
            "uploaded_by": command.user.login,
            "uploaded_at": tx.now,
        },
    )
    key = inserted.inserted_primary_key
    assert key is not None
    return int(key[0])


def content_type_of(file_name: str, content: bytes) -> str:
    """The media type by the first bytes, whatever the name says. Raises `AttachmentRefused`."""
    if len(content) > MAX_BYTES:
        raise AttachmentRefused(
            name=file_name, reason="文件超过 20 MB", reason_en="it is larger than 20 MB"
        )
    for signature, content_type in _SIGNATURES.items():
        if content.startswith(signature):
            return content_type
    raise AttachmentRefused(
        name=file_name,
        reason="内容不是 pdf、jpg 或 png",
        reason_en="its content is no pdf, jpg or png",
    )
