"""Finding cases by party, code or case number, for the search on top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.identity import User
from engine.runtime.models import ProcessDefinition, ProcessInstance
from engine.runtime.queries.search_words import about
from engine.runtime.queries.visible import seen_by


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCase:
    """A case with what tells it apart."""

    key: int
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    business_key: str | None
    process_name: str
    process_name_en: str
    state: str


def search_cases(connection: Connection, user: User, words: str, limit: int) -> list[FoundCase]:
    """The newest cases about `words` that `user` may see."""
    wanted = (
        select(
            ProcessInstance.key,
            ProcessInstance.subject,
            ProcessInstance.subject_code,
            ProcessInstance.subject_kind,
            ProcessInstance.business_key,
            ProcessDefinition.name.label("process_name"),
            ProcessDefinition.name_en.label("process_name_en"),
            ProcessInstance.state,
        )
        .join(ProcessDefinition, ProcessDefinition.key == ProcessInstance.process_definition_key)
        .where(
            ProcessInstance.parent_key.is_(None),
            seen_by(user, ProcessInstance.organisation_path),
            about(words),
        )
        .order_by(ProcessInstance.key.desc())
        .limit(limit)
    )
    return [FoundCase(**row._mapping) for row in connection.execute(wanted)]
