"""The pages of this room; importing this module opens them all."""

from __future__ import annotations

from web.precheck import ask_views, file_views, log_views
from web.precheck.room import room

__all__ = ["ask_views", "file_views", "log_views", "room"]
