"""A user as the rest of the product sees one, and the questions asked about users."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select, update

from engine.errors import Language
from engine.identity.errors import NotPermitted, PasswordTooShort, UnknownUser
from engine.identity.models import Organisation, RolePermission, UserAccount, UserRole
from engine.identity.organisations import bureau_of
from engine.identity.passwords import hash_password
from engine.identity.permissions import PERMISSIONS

SHORTEST_PASSWORD = 8


@dataclass(frozen=True, kw_only=True)
class User:
    """Who acts: roles, place in the organisation, and what follows from both.

    `bureau_path` is the subtree whose tasks and cases the user shares; `sees_all` lifts that
    boundary (city level).
    """

    key: int
    login: str
    name: str
    organisation: str
    organisation_path: str
    bureau_path: str
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    sees_all: bool = False
    post: str = ""
    post_en: str = ""
    organisation_name: str = ""
    organisation_name_en: str = ""
    bureau_name: str = ""
    bureau_name_en: str = ""
    language: Language = field(default="zh", compare=False)

    def may(self, permission: str) -> bool:
        """Whether a role of the user's has `permission`; `KeyError` if there is no such one."""
        if permission not in PERMISSIONS:
            raise KeyError(permission)
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise `NotPermitted` unless the user may."""
        if not self.may(permission):
            zh, en = PERMISSIONS[permission]
            raise NotPermitted(permission=zh, permission_en=en)

    def sees(self, path: str) -> bool:
        """Whether what belongs to the organisation at `path` is the user's to see."""
        return self.sees_all or path.startswith(self.bureau_path)


SYSTEM = User(
    key=0,
    login="system",
    name="系统",
    organisation="",
    organisation_path="",
    bureau_path="",
    permissions=frozenset(PERMISSIONS),
    sees_all=True,
)
"""The product itself: jobs, timers, the command line."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A user in a list to choose from."""

    key: int
    login: str
    name: str
    post: str
    post_en: str
    organisation: str
    organisation_path: str
    organisation_name: str
    organisation_name_en: str


def load_user(connection: Connection, login: str) -> User:
    """The active user with this login. Raises `UnknownUser`."""
    row = connection.execute(_ACCOUNTS.where(UserAccount.login == login)).one_or_none()
    if row is None or not row.active:
        raise UnknownUser(login=login)
    return _user(connection, row)


def load_user_by_key(connection: Connection, key: int) -> User:
    """The active user with this key. Raises `UnknownUser`."""
    row = connection.execute(_ACCOUNTS.where(UserAccount.key == key)).one_or_none()
    if row is None or not row.active:
        raise UnknownUser(login=str(key))
    return _user(connection, row)


def people_with_role(
    connection: Connection, roles: Collection[str], path: str = ""
) -> tuple[Person, ...]:
    """The active users below `path` who have one of `roles`, by organisation and login."""
    chosen = select(UserRole.user_key).where(UserRole.role_code.in_(roles))
    return _people(
        connection,
        _PEOPLE.where(UserAccount.key.in_(chosen), Organisation.path.startswith(path)),
    )


def people_below(connection: Connection, path: str) -> tuple[Person, ...]:
    """The active users at or below `path`, by organisation and login."""
    return _people(connection, _PEOPLE.where(Organisation.path.startswith(path)))


def roles_held_below(connection: Connection, paths: Collection[str]) -> frozenset[str]:
    """The roles that somebody active has in a unit at one of `paths` or below it."""
    inside = [Organisation.path.startswith(path, autoescape=True) for path in paths]
    held = (
        select(UserRole.role_code)
        .join(UserAccount, UserAccount.key == UserRole.user_key)
        .join(Organisation, Organisation.code == UserAccount.organisation_code)
        .where(UserAccount.active, or_(*inside))
        .distinct()
    )
    return frozenset(connection.scalars(held)) if paths else frozenset()


def demonstration_people(connection: Connection) -> tuple[Person, ...]:
    """The users of the demonstration, for the login page of a demonstration."""
    return _people(connection, _PEOPLE.where(UserAccount.demonstration))


def person_names(connection: Connection, keys: Collection[int]) -> dict[int, str]:
    """The names of the users with these keys, also of those switched off."""
    query = select(UserAccount.key, UserAccount.name).where(UserAccount.key.in_(keys))
    return {row.key: row.name for row in connection.execute(query)}


def set_password(connection: Connection, login: str, password: str) -> None:
    """Give the account with this login a password. Raises `UnknownUser`, `PasswordTooShort`."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(length=SHORTEST_PASSWORD)
    changed = connection.execute(
        update(UserAccount)
        .where(UserAccount.login == login)
        .values(password_hash=hash_password(password))
    )
    if changed.rowcount == 0:
        raise UnknownUser(login=login)


def choose_language(connection: Connection, user_key: int, language: Language) -> None:
    """Remember in which language the user reads the pages."""
    connection.execute(
        update(UserAccount).where(UserAccount.key == user_key).values(language=language)
    )


_ACCOUNTS = select(
    UserAccount.key,
    UserAccount.login,
    UserAccount.name,
    UserAccount.post,
    UserAccount.post_en,
    UserAccount.language,
    UserAccount.active,
    Organisation.code,
    Organisation.path,
    Organisation.name.label("organisation_name"),
    Organisation.name_en.label("organisation_name_en"),
).join(Organisation, Organisation.code == UserAccount.organisation_code)

_PEOPLE = (
    select(
        UserAccount.key,
        UserAccount.login,
        UserAccount.name,
        UserAccount.post,
        UserAccount.post_en,
        UserAccount.organisation_code.label("organisation"),
        Organisation.path.label("organisation_path"),
        Organisation.name.label("organisation_name"),
        Organisation.name_en.label("organisation_name_en"),
    )
    .join(Organisation, Organisation.code == UserAccount.organisation_code)
    .where(UserAccount.active)
    .order_by(Organisation.path, UserAccount.login)
)


def _people(connection: Connection, query: Select[*tuple[Any, ...]]) -> tuple[Person, ...]:
    return tuple(Person(**row._mapping) for row in connection.execute(query))


def _user(connection: Connection, row: Row[*tuple[Any, ...]]) -> User:
    roles = connection.scalars(select(UserRole.role_code).where(UserRole.user_key == row.key)).all()
    permissions = connection.scalars(
        select(RolePermission.permission).where(RolePermission.role_code.in_(roles))
    ).all()
    bureau = bureau_of(connection, row.path)
    return User(
        key=row.key,
        login=row.login,
        name=row.name,
        organisation=row.code,
        organisation_path=row.path,
        bureau_path=bureau.path,
        roles=frozenset(roles),
        permissions=frozenset(permissions) & PERMISSIONS.keys(),
        sees_all=bureau.oversees_all,
        post=row.post,
        post_en=row.post_en,
        organisation_name=row.organisation_name,
        organisation_name_en=row.organisation_name_en,
        bureau_name=bureau.short_name,
        bureau_name_en=bureau.short_name_en,
        language=row.language,
    )
