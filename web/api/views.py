"""The addresses of the interface; importing this module opens them all."""

from __future__ import annotations

from web.api import definitions, instances, messages, openapi, prechecks, tasks
from web.api.room import room

__all__ = ["definitions", "instances", "messages", "openapi", "prechecks", "room", "tasks"]
