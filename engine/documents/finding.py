"""Finding letters by their number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.documents.models import Document
from engine.identity import User
from engine.runtime.models import ProcessInstance
from engine.runtime.queries.visible import seen_by


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDocument:
    """A letter with whom it is about."""

    key: int
    title: str
    number: str
    business_key: str | None
    subject: str | None


def find_documents(
    connection: Connection, user: User, words: str, limit: int
) -> list[FoundDocument]:
    """The newest letters whose number holds `words`, of cases that `user` may see."""
    wanted = (
        select(
            Document.key,
            Document.title,
            Document.number,
            Document.business_key,
            ProcessInstance.subject,
        )
        .join(ProcessInstance, ProcessInstance.key == Document.instance_key)
        .where(
            Document.number.contains(words, autoescape=True),
            seen_by(user, ProcessInstance.organisation_path),
        )
        .order_by(Document.key.desc())
        .limit(limit)
    )
    return [FoundDocument(**row._mapping) for row in connection.execute(wanted)]
