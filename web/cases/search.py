"""What the search on top finds here: cases, letters, entries of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import lazy_gettext as _l

from engine.documents.finding import find_documents
from engine.identity import User
from engine.register.finding import find_entries
from engine.runtime.queries.case_search import search_cases
from web.cases.words import STATES
from web.formats import masked_identity
from web.language import in_language
from web.search import Hit, search_sources

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _cases(connection: Connection, user: User, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            title=row.subject or row.business_key or str(row.key),
            line=" · ".join(
                part
                for part in (
                    row.business_key,
                    row.subject_code if row.subject_kind == "unit" else masked(row.subject_code),
                    in_language(row.process_name, row.process_name_en),
                    str(STATES.get(row.state, row.state)),
                )
                if part
            ),
            address=url_for("cases.case", key=row.key),
        )
        for row in search_cases(connection, user, words, limit)
    ]


def masked(code: str | None) -> str:
    return masked_identity(code)


def _documents(connection: Connection, user: User, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            title=f"{row.title} {row.number}",
            line=" · ".join(part for part in (row.business_key, row.subject) if part),
            address=url_for("cases.document", key=row.key),
        )
        for row in find_documents(connection, user, words, limit)
    ]


def _entries(connection: Connection, user: User, words: str, limit: int) -> list[Hit]:
    return [
        Hit(
            title=f"{row.entry_no} {row.name}",
            line=f"{row.case_no} · {row.status}",
            address=url_for("register.entry", key=row.key),
        )
        for row in find_entries(connection, user, words, limit)
    ]


search_sources.add("case", _l("案件"), "case.view", _cases)
search_sources.add("document", _l("文书"), "case.view", _documents)
search_sources.add("entry", _l("名单条目"), "register.view", _entries)
