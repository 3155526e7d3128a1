"""Questions asked about the organisation tree."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.errors import Language
from engine.identity.errors import UnknownOrganisation
from engine.identity.models import Organisation, Role


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organisation or sub-unit, as lists and headings need it."""

    code: str
    path: str
    name: str
    name_en: str
    short_name: str
    short_name_en: str
    level: str
    region_code: str
    bureau: bool
    leads_group: bool
    oversees_all: bool

    def called(self, language: Language = "zh") -> str:
        """The full name in one of the two languages."""
        return self.name if language == "zh" else self.name_en


def find_unit(connection: Connection, code: str) -> Unit:
    """The unit with this code. Raises `UnknownOrganisation`."""
    row = connection.execute(_UNITS.where(Organisation.code == code)).one_or_none()
    if row is None:
        raise UnknownOrganisation(code=code)
    return Unit(**row._mapping)


def unit_path(connection: Connection, code: str) -> str:
    """The path of the unit with this code. Raises `UnknownOrganisation`."""
    return find_unit(connection, code).path


def bureau_of(connection: Connection, path: str) -> Unit:
    """The nearest bureau at or above `path`. Raises `UnknownOrganisation`."""
    codes = path.strip("/").split("/")
    query = _UNITS.where(Organisation.code.in_(codes), Organisation.bureau)
    row = connection.execute(query.order_by(None).order_by(Organisation.path.desc())).first()
    if row is None:
        raise UnknownOrganisation(code=codes[-1])
    return Unit(**row._mapping)


def units_below(connection: Connection, path: str = "") -> tuple[Unit, ...]:
    """The units at or below `path`, a parent before its children; all without a path."""
    query = _UNITS.where(Organisation.path.startswith(path), Organisation.active)
    return tuple(Unit(**row._mapping) for row in connection.execute(query))


def bureaus(connection: Connection) -> tuple[Unit, ...]:
    """The units that share tasks and cases among their people."""
    query = _UNITS.where(Organisation.bureau, Organisation.active)
    return tuple(Unit(**row._mapping) for row in connection.execute(query))


def role_names(connection: Connection, language: Language = "zh") -> dict[str, str]:
    """Role code → name, for showing candidate groups."""
    name = Role.name if language == "zh" else Role.name_en
    return {row.code: row.name for row in connection.execute(select(Role.code, name.label("name")))}


_UNITS = select(
    Organisation.code,
    Organisation.path,
    Organisation.name,
    Organisation.name_en,
    Organisation.short_name,
    Organisation.short_name_en,
    Organisation.level,
    Organisation.region_code,
    Organisation.bureau,
    Organisation.leads_group,
    Organisation.oversees_all,
).order_by(Organisation.path)
