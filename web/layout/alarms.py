"""What somebody must be told on every page until it is done, such as a calendar that is missing.

A room adds its alarms beside its blueprint:

    alarms.add("calendar.edit", calendar_of_next_year)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from engine.identity import PERMISSIONS, User


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A sentence at the head of every page, and where the matter is put right."""

    level: Literal["warning", "error"]
    text: str
    address: str
    link: str


Find = Callable[[User], Alarm | None]


@dataclass(kw_only=True)
class Alarms:
    """The alarms of all rooms; each is asked on every page, so it must be quick."""

    found_by: list[tuple[str, Find]] = field(default_factory=list)

    def add(self, permission: str, find: Find) -> None:
        """Tell those who have `permission` what `find` finds."""
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        self.found_by.append((permission, find))

    def of(self, user: User) -> list[Alarm]:
        """What this person must be told now."""
        told = (find(user) for permission, find in self.found_by if user.may(permission))
        return [alarm for alarm in told if alarm is not None]


alarms = Alarms()
