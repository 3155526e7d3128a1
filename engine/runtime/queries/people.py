"""Who works here: the active users with their roles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.identity import Person, people_below
from engine.identity.models import Role, UserRole


@dataclass(frozen=True, kw_only=True)
class RoleLine:
    """A role as lists show it."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A user with the roles."""

    person: Person
    roles: tuple[RoleLine, ...]


def roles(connection: Connection) -> tuple[RoleLine, ...]:
    """Every role, by its number."""
    rows = connection.execute(select(Role.code, Role.name, Role.name_en))
    lines = [RoleLine(**row._mapping) for row in rows]
    return tuple(sorted(lines, key=lambda role: (len(role.code), role.code)))


def people_with_roles(connection: Connection, path: str) -> tuple[PersonLine, ...]:
    """The active users at or below a unit, by organisation and login."""
    known = {role.code: role for role in roles(connection)}
    of_user: dict[int, list[RoleLine]] = defaultdict(list)
    for row in connection.execute(select(UserRole.user_key, UserRole.role_code)):
        if row.role_code in known:
            of_user[row.user_key].append(known[row.role_code])
    return tuple(
        PersonLine(
            person=person,
            roles=tuple(sorted(of_user[person.key], key=lambda role: (len(role.code), role.code))),
        )
        for person in people_below(connection, path)
    )
