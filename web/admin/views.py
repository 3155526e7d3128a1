"""The pages of this room, opened by importing their modules."""

from __future__ import annotations

from web.admin import calendar_views, clock_views, people_views
from web.admin.room import room

__all__ = ["calendar_views", "clock_views", "people_views", "room"]
