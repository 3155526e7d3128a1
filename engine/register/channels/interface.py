"""What every way to serve a channel has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

PORTAL, HTTP_PUSH, FILE_DROP, MANUAL, OFF = "portal", "http_push", "file_drop", "manual", "off"
"""Our own portal; a push by HTTP; files put into a folder; a person; not used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of what a channel is given, masked for it. `value` is plain JSON."""

    name: str
    label: str
    label_en: str
    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """One thing to tell a channel: what happened to an entry, and the columns that say so.

    `key` is the same at every attempt; a receiver that knows it answers as it did before.
    """

    key: str
    channel: str
    action: str
    event: str
    title: str
    entry_no: str
    columns: tuple[Column, ...]
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a delivery went. Without `ok`, `message` says why not, for the person who does it."""

    ok: bool
    receipt: str = ""
    batch_no: str = ""
    url: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Showing:
    """What a channel says it shows: numbers of entries; None if it could not be asked."""

    entries: frozenset[str] | None = None
    message: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelSettings:
    """How one channel is served: the adapter and what the file says for it."""

    channel: str
    adapter: str
    options: Mapping[str, object] = field(default_factory=dict)


class Delivering(Protocol):
    """An adapter that delivers by program, outside any transaction."""

    def deliver(self, package: Package) -> Outcome:
        """Tell the channel. Never raises for what the other side does."""


class Telling(Protocol):
    """An adapter whose channel can be asked what it shows."""

    def showing(self) -> Showing:
        """The entries that the channel shows now. Never raises for what the other side does."""
