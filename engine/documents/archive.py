"""Letters as served: put in once, given back unchanged, checked by their hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.documents.errors import DocumentDamaged, DocumentNotFound
from engine.documents.models import Document
from engine.documents.render import Press, RenderedDocument, default_press


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedDocument:
    """A row of the archive without the bytes: what lists show."""

    key: int
    instance_key: int | None
    business_key: str | None
    template: str
    title: str
    number: str
    created_at: datetime
    created_by: str | None
    sha256: str


_LISTED = tuple(getattr(Document, name) for name in ArchivedDocument.__dataclass_fields__)


def archive(
    connection: Connection,
    document: RenderedDocument,
    *,
    created_at: datetime,
    created_by: str | None = None,
    instance_key: int | None = None,
    business_key: str | None = None,
) -> int:
    """Keep `document` for good; the key under which `document_bytes` gives it back."""
    row = insert(Document).values(
        instance_key=instance_key,
        business_key=business_key,
        template=document.template,
        template_hash=document.template_hash,
        title=document.title,
        number=document.number,
        created_at=created_at,
        created_by=created_by,
        content=document.content,
        sha256=document.sha256,
        typst_version=document.typst_version,
        data=document.data,
    )
    return int(connection.execute(row.returning(Document.key)).scalar_one())


def archived_document(connection: Connection, key: int) -> ArchivedDocument:
    """The row `key` of the archive. Raises `DocumentNotFound`."""
    row = connection.execute(select(*_LISTED).where(Document.key == key)).one_or_none()
    if row is None:
        raise DocumentNotFound(key=key)
    return ArchivedDocument(**row._mapping)


def document_bytes(connection: Connection, key: int) -> bytes:
    """The PDF as served. Raises `DocumentNotFound`, or `DocumentDamaged` if its hash differs."""
    wanted = select(Document.content, Document.sha256, Document.title).where(Document.key == key)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise DocumentNotFound(key=key)
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise DocumentDamaged(key=key, title=row.title)
    return content


def document_docx(connection: Connection, key: int, press: Press | None = None) -> bytes:
    """The letter `key` as a Word file, made from the variables kept with it.

    It has the words of the present template; what was served stays the PDF of `document_bytes`.
    Raises `DocumentNotFound`, or `NotEditable` if the letter is a record that nobody may edit.
    """
    wanted = select(Document.template, Document.data).where(Document.key == key)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise DocumentNotFound(key=key)
    return (press or default_press()).docx(row.template, row.data)


def documents_of(connection: Connection, business_key: str) -> tuple[ArchivedDocument, ...]:
    """The letters of a case, the oldest first."""
    wanted = select(*_LISTED).where(Document.business_key == business_key).order_by(Document.key)
    return tuple(ArchivedDocument(**row._mapping) for row in connection.execute(wanted))
