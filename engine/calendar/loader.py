"""The national calendar that ships with the product, and files of special days."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from engine.calendar.errors import DayFileInvalid
from engine.calendar.layers import Layer, SpecialDay, horizon_of_notice
from engine.calendar.working_calendar import Calendar, assemble

FIRST_DAY = date(2007, 1, 1)
LAST_DAY = date(2070, 12, 31)
"""The span of the shipped statutory days; lunar festivals are computed ahead to here."""

NATIONAL_LAYER = "国家"


@cache
def national_calendar() -> Calendar:
    """The arrangements of the State Council for 2007–2026, confirmed through 2026-12-25."""
    days = tuple(read_special_days(_shipped("special_days.csv")))
    layer = Layer(
        name=NATIONAL_LAYER,
        days=days,
        confirmed_through=horizon_of_notice(max(special.day.year for special in days)),
    )
    return assemble(statutory_days(), (layer,), FIRST_DAY, LAST_DAY)


@cache
def statutory_days() -> Mapping[date, str]:
    """Every statutory festival day of the shipped span with its name (three sets of rules:
    before 2008, 2008–2024 and since 2025)."""
    rows = csv.DictReader(StringIO(_shipped("statutory_days.csv")))
    return MappingProxyType({date.fromisoformat(row["date"]): row["name"] for row in rows})


@cache
def festival_names() -> Mapping[str, str]:
    """English names of festivals by their Chinese ones."""
    rows = csv.DictReader(StringIO(_shipped("festivals.csv")))
    return MappingProxyType({row["name"]: row["english"] for row in rows})


def read_special_days(text: str) -> Iterator[SpecialDay]:
    """The rows of a CSV of `date,working,name,notice` (`working` is 0 or 1).

    Raises `DayFileInvalid` with row and column; the header is row 1.
    """
    for number, row in enumerate(csv.DictReader(StringIO(text)), start=2):
        yield SpecialDay(
            day=_day(row.get("date"), number),
            working=_flag(row.get("working"), number),
            name=(row.get("name") or "").strip(),
            notice=(row.get("notice") or "").strip(),
        )


def write_special_days(days: tuple[SpecialDay, ...]) -> str:
    """`days` as `read_special_days` reads them."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", "working", "name", "notice"])
    for special in days:
        writer.writerow([special.day, int(special.working), special.name, special.notice])
    return out.getvalue()


def _day(text: str | None, row: int) -> date:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        raise DayFileInvalid(
            row=row, column="date", found=repr(text), expected="2026-02-14"
        ) from None


def _flag(text: str | None, row: int) -> bool:
    value = (text or "").strip()
    if value not in {"0", "1"}:
        raise DayFileInvalid(row=row, column="working", found=repr(text), expected="0 / 1")
    return value == "1"


def _shipped(name: str) -> str:
    return files("engine.calendar").joinpath("data", name).read_text(encoding="utf-8")
