"""The side navigation: what a person may do, with the counts that matter.

A room adds its entries beside its blueprint:

    navigation.add("work", _l("待办"), "inbox.tasks", "task.view", count=open_tasks)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

from engine.identity import PERMISSIONS, User

if TYPE_CHECKING:
    from sqlalchemy import Connection

Count = Callable[["Connection", User], int]

GROUPS: dict[str, object] = {
    "work": _l("办理"),
    "cases": _l("案件"),
    "register": _l("名单"),
    "reports": _l("报送"),
    "supervision": _l("监督"),
    "design": _l("设计"),
    "administration": _l("管理"),
}
"""The groups, in the order in which they stand."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the navigation: `count` says how much waits there, `alarm` that it is a fault."""

    group: str
    label: object
    endpoint: str
    permission: str
    order: int
    count: Count | None = None
    alarm: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as a page shows it to one person."""

    label: object
    address: str
    here: bool
    count: int | None
    alarm: bool


@dataclass(frozen=True, kw_only=True)
class LinkGroup:
    """A group with at least one link."""

    key: str
    label: object
    links: tuple[Link, ...]


@dataclass(kw_only=True)
class Navigation:
    """The entries of all rooms, in the order in which they were added."""

    entries: dict[str, Entry] = field(default_factory=dict)
    messages_endpoint: str = ""
    messages_count: Count | None = None

    def add(
        self,
        group: str,
        label: object,
        endpoint: str,
        permission: str,
        *,
        count: Count | None = None,
        alarm: bool = False,
        order: int = 100,
    ) -> None:
        """Add a line to `group` for those who have `permission`; a lower `order` stands higher."""
        if group not in GROUPS or permission not in PERMISSIONS:
            raise KeyError(f"{group}, {permission}")
        self.entries[endpoint] = Entry(
            group=group,
            label=label,
            endpoint=endpoint,
            permission=permission,
            order=order,
            count=count,
            alarm=alarm,
        )

    def messages(self, endpoint: str, count: Count) -> None:
        """Say where the messages of a person are, and how many are unread."""
        self.messages_endpoint, self.messages_count = endpoint, count

    def open_to(self, user: User) -> list[Entry]:
        """The entries this person may use, in order of groups."""
        groups = list(GROUPS)
        usable = [
            entry
            for entry in self.entries.values()
            if user.may(entry.permission) and entry.endpoint in current_app.view_functions
        ]
        return sorted(usable, key=lambda entry: (groups.index(entry.group), entry.order))


navigation = Navigation()


def links_for(user: User, connection: Connection) -> tuple[LinkGroup, ...]:
    """The navigation of one person, with counts of now."""
    groups: dict[str, list[Link]] = {}
    for entry in navigation.open_to(user):
        link = Link(
            label=entry.label,
            address=url_for(entry.endpoint),
            here=_is_here(entry),
            count=entry.count(connection, user) if entry.count else None,
            alarm=entry.alarm,
        )
        groups.setdefault(entry.group, []).append(link)
    return tuple(
        LinkGroup(key=key, label=GROUPS[key], links=tuple(links)) for key, links in groups.items()
    )


def first_page(user: User) -> str:
    """Where this person's work begins."""
    entries = navigation.open_to(user)
    return url_for(entries[0].endpoint) if entries else url_for("layout.home")


def _is_here(entry: Entry) -> bool:
    """Whether the page shown is this entry's, or below it and no other entry's."""
    if request.endpoint == entry.endpoint:
        return True
    if request.endpoint in navigation.entries:
        return False
    address = url_for(entry.endpoint).rstrip("/")
    best = max(
        (
            url_for(other.endpoint).rstrip("/")
            for other in navigation.entries.values()
            if other.endpoint in current_app.view_functions
            and request.path.startswith(url_for(other.endpoint).rstrip("/") + "/")
        ),
        key=len,
        default=None,
    )
    return best == address
