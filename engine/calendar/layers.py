"""Days that differ from Monday to Friday, in layers: national ← municipal ← unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDay:
    """A day that an authority declared: a rest day, or a weekend day on which people work.

    `name` is the festival it belongs to, `notice` the document that says so, if known.
    """

    day: date
    working: bool
    name: str
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """The days of one authority. A later layer wins day by day, both ways.

    `scope` says for whom it is meant (districts, state organs or firms). `confirmed_through` is
    set by a national notice only: the last day that the arrangement of its year leaves certain.
    """

    name: str
    days: tuple[SpecialDay, ...]
    scope: str = ""
    confirmed_through: date | None = None


def merged(layers: Iterable[Layer]) -> Mapping[date, SpecialDay]:
    """The special days of all `layers`, the later layer winning for each day."""
    return {special.day: special for layer in layers for special in layer.days}


def horizon(layers: Iterable[Layer]) -> date:
    """The last confirmed day of all `layers`: what the newest national notice reaches."""
    known = [layer.confirmed_through for layer in layers if layer.confirmed_through is not None]
    return max(known, default=date.min)


def horizon_of_notice(year: int) -> date:
    """The last day that the notice for `year` makes certain.

    Next year's notice may still move days of the last days of December, so this is the last
    Friday before the weekend that precedes 1 January of the following year.
    """
    new_year = date(year + 1, 1, 1)
    days_since_sunday = new_year.weekday() + 1
    return date.fromordinal(new_year.toordinal() - days_since_sunday - 2)
