"""The pages of this room; importing this module opens them all."""

from __future__ import annotations

from web.register import entry_views, list_views
from web.register.room import room

__all__ = ["entry_views", "list_views", "room"]
