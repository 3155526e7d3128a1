"""The pages of this room; importing this module opens them all."""

from __future__ import annotations

from web.supervision import board_views
from web.supervision.room import room

__all__ = ["board_views", "room"]
