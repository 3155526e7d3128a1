"""The pages of this room; importing this module opens them all."""

from __future__ import annotations

from web.cases import case_views, import_views, list_views, message_views, paper_views, search
from web.cases.room import room

__all__ = [
    "case_views",
    "import_views",
    "list_views",
    "message_views",
    "paper_views",
    "room",
    "search",
]
