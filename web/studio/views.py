"""The pages of the studio, gathered, with their place in the menu and in the search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import lazy_gettext as _l

from engine.identity import User
from engine.runtime.queries.definitions import studio_files
from web.language import in_language
from web.layout.navigation import navigation
from web.search import Hit, search_sources
from web.studio import deploying, editing, file_pages, lists  # noqa: F401 - open their pages
from web.studio.room import room
from web.studio.words import FILE_KINDS

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["room"]


def find(connection: Connection, user: User, words: str, limit: int) -> Sequence[Hit]:
    """Files whose name, or the name or id of something in them, contains the words."""
    return [
        Hit(
            title=in_language(found.name or found.id, found.name_en),
            line=f"{FILE_KINDS[file.kind]} · {file.name}",
            address=url_for("studio.file", file_name=file.name),
        )
        for file in studio_files(connection, text=words)
        if file.in_force
        for found in file.in_force.definitions[:1]
    ][:limit]


navigation.add("design", _l("流程"), "studio.processes", "definition.view", order=10)
navigation.add("design", _l("决策表"), "studio.decisions", "definition.view", order=20)
navigation.add("design", _l("表单"), "studio.forms", "definition.view", order=30)
navigation.add("design", _l("部署"), "studio.deployment_list", "definition.view", order=50)
search_sources.add("definition", _l("流程设计"), "definition.view", find)
