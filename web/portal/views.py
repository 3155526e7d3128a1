"""The pages of this room; importing this module opens them all."""

from __future__ import annotations

from web.portal import file_views, page_views
from web.portal.room import room

__all__ = ["file_views", "page_views", "room"]
