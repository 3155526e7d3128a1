"""Where the search looks. A room adds its source beside its blueprint:

search_sources.add("case", _l("案件"), "case.view", find_cases)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.identity import PERMISSIONS, User

if TYPE_CHECKING:
    from sqlalchemy import Connection

PER_GROUP = 8
"""So many answers a group shows at most."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One answer: what it is, a line that tells it apart, and its page."""

    title: str
    line: str
    address: str


Find = Callable[["Connection", User, str, int], Sequence[Hit]]
"""Connection, who asks, the words, how many at most → answers, best first."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that can be found."""

    label: object
    permission: str
    find: Find


@dataclass(frozen=True, kw_only=True)
class Group:
    """The answers of one source; `more` if there were too many to show."""

    label: object
    hits: tuple[Hit, ...]
    more: bool


@dataclass(kw_only=True)
class Sources:
    """The sources of all rooms."""

    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, name: str, label: object, permission: str, find: Find) -> None:
        """Search also here, for those who have `permission`."""
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        self.sources[name] = Source(label=label, permission=permission, find=find)

    def search(self, connection: Connection, user: User, words: str) -> tuple[Group, ...]:
        """The groups with at least one answer; none for no words."""
        if not words:
            return ()
        groups = []
        for source in self.sources.values():
            if not user.may(source.permission):
                continue
            hits = tuple(source.find(connection, user, words, PER_GROUP + 1))
            if hits:
                more = len(hits) > PER_GROUP
                groups.append(Group(label=source.label, hits=hits[:PER_GROUP], more=more))
        return tuple(groups)


search_sources = Sources()
