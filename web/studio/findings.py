"""Findings of a check as the editor and the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.runtime import SourceFile
from engine.runtime.deployments import check
from engine.runtime.queries.definitions import drafts
from engine.runtime.studio_drafts import kept_draft
from web.language import in_language

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.bpmn import Finding


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding in the language of the page."""

    level: str
    rule: str
    file: str
    element: str
    line: int | None
    text: str


def findings_of(connection: Connection, file: SourceFile) -> list[ShownFinding]:
    """What is wrong with a file, errors first, seen beside what is in force and the other drafts.

    A form that exists only as a draft is not missing: it can be deployed together with the file.
    """
    found = check(connection, [file], together_with=_other_drafts(connection, file.name))
    return shown(found)


def shown(findings: Iterable[Finding]) -> list[ShownFinding]:
    """Findings for a page, errors first."""
    return [
        ShownFinding(
            level=found.level,
            rule=found.rule,
            file=found.place.file,
            element=found.place.element,
            line=found.place.line,
            text=in_language(found.zh, found.en),
        )
        for found in sorted(findings, key=lambda found: found.level != "error")
    ]


def _other_drafts(connection: Connection, file_name: str) -> list[SourceFile]:
    names = [line.file_name for line in drafts(connection) if line.file_name != file_name]
    kept = (kept_draft(connection, name) for name in names)
    return [draft.file for draft in kept if draft is not None]
