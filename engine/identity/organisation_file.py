"""Organisations, roles and users from a YAML file, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase

from engine.identity.errors import OrganisationFileInvalid
from engine.identity.models import Organisation, Role, RolePermission, UserAccount, UserRole
from engine.identity.passwords import hash_password
from engine.identity.permissions import PERMISSIONS

SHIPPED = Path(__file__).parent / "data"
ORGANISATION = SHIPPED / "organisation.yaml"
"""The units and roles of the scheme."""
DEMONSTRATION = SHIPPED / "demonstration.yaml"
"""The users of the demonstration, who all have the password that stands in it."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many of each stood in the file."""

    units: int
    roles: int
    users: int


def load_organisation(connection: Connection, file: Path) -> Loaded:
    """Bring units, roles and users up to what `file` says; what it does not name stays as it is.

    A second load changes nothing: an account that exists keeps its password and its language.
    Raises `OrganisationFileInvalid`, and then nothing has been written.
    """
    content = _read(file)
    units = list(_units(content.get("units", ()), content.get("sub_units", {}), parent=None))
    roles = content.get("roles", ())
    users = content.get("users", ())
    _check(connection, units, roles, users)
    for unit in units:
        _put(connection, Organisation, {"code": unit["code"]}, unit)
    for role in roles:
        _put_role(connection, role)
    password_hash = _demonstration_hash(connection, content, users)
    for user in users:
        _put_user(connection, user, password_hash)
    return Loaded(units=len(units), roles=len(roles), users=len(users))


def demonstration_password(file: Path = DEMONSTRATION) -> str:
    """The password that every user of the demonstration has."""
    return str(_read(file).get("demonstration_password", ""))


def _read(file: Path) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise OrganisationFileInvalid(what=str(error)) from error
    if not isinstance(content, Mapping):
        raise OrganisationFileInvalid(what=f"{file.name}: units, roles, users?")
    return content


def _units(
    units: Sequence[Mapping[str, Any]],
    kinds: Mapping[str, Mapping[str, str]],
    parent: Mapping[str, Any] | None,
) -> Iterator[dict[str, Any]]:
    """Every unit as a row, a parent before its children."""
    for unit in units:
        row = {
            "code": unit["code"],
            "parent_code": parent["code"] if parent else None,
            "path": (parent["path"] if parent else "") + unit["code"] + "/",
            "name": unit["name"],
            "name_en": unit.get("name_en", unit["name"]),
            "short_name": unit.get("short_name", unit["name"]),
            "short_name_en": unit.get("short_name_en", unit.get("name_en", unit["name"])),
            "level": unit.get("level", "unit"),
            "region_code": unit.get("region_code", parent["region_code"] if parent else ""),
            "bureau": unit.get("bureau", True),
            "leads_group": unit.get("leads_group", False),
            "oversees_all": unit.get("oversees_all", False),
            "active": unit.get("active", True),
        }
        yield row
        below = [_sub_unit(row, kind, kinds) for kind in unit.get("sub_units", ())]
        yield from _units(below, kinds, row)
        yield from _units(unit.get("units", ()), kinds, row)


def _sub_unit(
    bureau: Mapping[str, Any], kind: str, kinds: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    if kind not in kinds:
        raise OrganisationFileInvalid(what=f"{bureau['code']}: sub_units {kind}?")
    named = kinds[kind]
    return {
        "code": f"{bureau['code']}-{kind}",
        "name": bureau["short_name"] + named["name"],
        "name_en": f"{bureau['short_name_en']} {named['name_en']}",
        "short_name": named["name"],
        "short_name_en": named["name_en"],
        "bureau": False,
    }


def _check(
    connection: Connection,
    units: Sequence[Mapping[str, Any]],
    roles: Sequence[Mapping[str, Any]],
    users: Sequence[Mapping[str, Any]],
) -> None:
    known_units = {unit["code"] for unit in units}
    if len(known_units) < len(units):
        raise OrganisationFileInvalid(what="units: 编码重复 / a code stands twice")
    known_units |= set(connection.scalars(select(Organisation.code)))
    known_roles = {role["code"] for role in roles} | set(connection.scalars(select(Role.code)))
    for role in roles:
        _must_be_known(role["code"], role.get("may", ()), PERMISSIONS.keys())
    for user in users:
        _must_be_known(user["login"], [user["unit"]], known_units)
        _must_be_known(user["login"], user.get("roles", ()), known_roles)


def _must_be_known(who: str, names: Sequence[str], known: Any) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise OrganisationFileInvalid(what=f"{who}: {', '.join(unknown)}?")


def _put_role(connection: Connection, role: Mapping[str, Any]) -> None:
    code = role["code"]
    _put(
        connection,
        Role,
        {"code": code},
        {"code": code, "name": role["name"], "name_en": role.get("name_en", role["name"])},
    )
    _put_set(
        connection, RolePermission, {"role_code": code}, "permission", set(role.get("may", ()))
    )


def _put_user(connection: Connection, user: Mapping[str, Any], password_hash: str) -> None:
    described = {
        "login": user["login"],
        "name": user["name"],
        "post": user.get("post", ""),
        "post_en": user.get("post_en", user.get("post", "")),
        "organisation_code": user["unit"],
    }
    at_first = {
        "password_hash": password_hash,
        "language": user.get("language", "zh"),
        "active": True,
        "demonstration": bool(password_hash),
    }
    _put(connection, UserAccount, {"login": user["login"]}, described, at_first)
    key = connection.scalar(select(UserAccount.key).where(UserAccount.login == user["login"]))
    _put_set(connection, UserRole, {"user_key": key}, "role_code", set(user.get("roles", ())))


def _demonstration_hash(
    connection: Connection, content: Mapping[str, Any], users: Sequence[Mapping[str, Any]]
) -> str:
    """One hash for all new accounts of a demonstration; none (nobody can sign in) elsewhere."""
    password = content.get("demonstration_password")
    known = set(connection.scalars(select(UserAccount.login)))
    if not password or all(user["login"] in known for user in users):
        return ""
    return hash_password(str(password))


def _put(
    connection: Connection,
    model: type[DeclarativeBase],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    at_first: Mapping[str, Any] | None = None,
) -> None:
    """Insert the row with this key, or bring it up to `values` if anything differs."""
    table = _table(model)
    same = [table.c[name] == value for name, value in key.items()]
    row = connection.execute(select(table).where(*same)).mappings().one_or_none()
    if row is None:
        connection.execute(insert(table).values(**values, **(at_first or {})))
    elif any(row[name] != value for name, value in values.items()):
        connection.execute(update(table).where(*same).values(**values))


def _put_set(
    connection: Connection,
    model: type[DeclarativeBase],
    owner: Mapping[str, Any],
    column: str,
    wanted: set[str],
) -> None:
    """Make the values of `column` that `owner` has exactly the wanted ones."""
    table = _table(model)
    own = [table.c[name] == value for name, value in owner.items()]
    present = set(connection.scalars(select(table.c[column]).where(*own)))
    for value in sorted(wanted - present):
        connection.execute(insert(table).values(**owner, **{column: value}))
    if gone := present - wanted:
        connection.execute(delete(table).where(*own, table.c[column].in_(gone)))


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
