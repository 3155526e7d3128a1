"""The inbox room: its blueprint with the views of all its files."""

from __future__ import annotations

from web.inbox import aside_views, list_views, message_views, start_views, task_views
from web.inbox.room import room

__all__ = ["aside_views", "list_views", "message_views", "room", "start_views", "task_views"]
