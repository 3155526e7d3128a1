"""The units and roles that are shipped, as the tables should know them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from engine.identity.organisation_file import ORGANISATION


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A bureau, an area or an outside body."""

    code: str
    short_name: str
    region_code: str


@cache
def units() -> dict[str, Unit]:
    """Every unit that is no sub-unit, by code."""
    return {unit["code"]: _unit(unit) for unit in _walk(_file()["units"])}


@cache
def codes() -> frozenset[str]:
    """The codes of all units with their sub-units."""
    below = {
        f"{unit['code']}-{sub}"
        for unit in _walk(_file()["units"])
        for sub in unit.get("sub_units", ())
    }
    return frozenset(below | units().keys())


@cache
def roles() -> frozenset[str]:
    return frozenset(role["code"] for role in _file()["roles"])


def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(ORGANISATION.read_text(encoding="utf-8"))
    return loaded


def _walk(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for unit in found:
        yield unit
        yield from _walk(unit.get("units", []))


def _unit(unit: dict[str, Any]) -> Unit:
    return Unit(code=unit["code"], short_name=unit["short_name"], region_code=unit["region_code"])
