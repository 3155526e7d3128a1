"""What a figure is: a number per unit and month, made of facts that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Measure = Literal["count", "rate", "mean"]
COUNT: Measure = "count"
RATE: Measure = "rate"
MEAN: Measure = "mean"
MOST_MONTHS = 60
Words = tuple[str, str]
"""In Chinese and English."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Months:
    """The months a board is about, the first and the last one included."""

    first: date
    last: date

    @property
    def ends(self) -> date:
        """The last day."""
        return _following(self.last) - timedelta(days=1)

    def __iter__(self) -> Iterator[str]:
        month = self.first
        while month <= self.last:
            yield month_of(month)
            month = _following(month)


def months_between(first: date, last: date) -> Months:
    """The months of two days, in their order; of too many the last."""
    first, last = sorted((first.replace(day=1), last.replace(day=1)))
    earliest = last
    for _ in range(MOST_MONTHS - 1):
        earliest = (earliest - timedelta(days=1)).replace(day=1)
    return Months(first=max(first, earliest), last=last)


def month_of(day: date) -> str:
    """`2025-09`."""
    return f"{day:%Y-%m}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something counted: in a figure, at a unit (its path), in a month; `value` of `of`."""

    figure: str
    path: str
    month: str
    value: Decimal
    of: Decimal = Decimal(1)


@dataclass(slots=True)
class Sum:
    """Facts added up."""

    value: Decimal = Decimal(0)
    of: Decimal = Decimal(0)

    def add(self, fact: Fact) -> None:
        self.value += fact.value
        self.of += fact.of


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureKind:
    """What a figure is called and how its facts make a number.

    `count`: the sum of values; `rate`: values of totals, in per cent; `mean`: values by totals.
    `target` is what a rate should reach.
    """

    id: str
    name: Words
    group: Words
    measure: Measure
    note: Words = ("", "")
    target: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A unit's numbers in a figure: month → what it sums up to; only months with facts."""

    path: str
    name: Words
    months: Mapping[str, Sum]
    total: Sum


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure with a line per unit and one for all of them."""

    kind: FigureKind
    lines: tuple[Line, ...]
    total: Line

    def number(self, sum_: Sum | None) -> Decimal | None:
        """The number of a sum by this figure's measure; None where there is nothing."""
        return number(self.kind.measure, sum_)

    @property
    def misses_target(self) -> bool:
        reached = self.number(self.total.total)
        return self.kind.target is not None and reached is not None and reached < self.kind.target


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Figures that belong together, in one chart."""

    group: Words
    figures: tuple[Figure, ...]


def number(measure: Measure, sum_: Sum | None) -> Decimal | None:
    """A count, a percentage with one decimal, or a mean with one decimal."""
    if sum_ is None or (measure != COUNT and not sum_.of):
        return None
    if measure == COUNT:
        return sum_.value
    share = sum_.value / sum_.of * (100 if measure == RATE else 1)
    return share.quantize(Decimal("0.1"))


@dataclass(slots=True)
class _Gathered:
    months: dict[str, Sum] = field(default_factory=dict)
    total: Sum = field(default_factory=Sum)

    def add(self, fact: Fact) -> None:
        self.months.setdefault(fact.month, Sum()).add(fact)
        self.total.add(fact)

    def line(self, path: str, name: Words) -> Line:
        return Line(path=path, name=name, months=self.months, total=self.total)


def figure(kind: FigureKind, facts: Iterable[Fact], rows: Mapping[str, Words]) -> Figure:
    """Add up the facts of one figure. `rows`: path of a unit → its name; a fact belongs to the
    longest of them that it lies below, and one below none of them is left out.
    """
    gathered = {path: _Gathered() for path in rows}
    total = _Gathered()
    for fact in facts:
        place = max((path for path in rows if fact.path.startswith(path)), key=len, default=None)
        if place is not None:
            gathered[place].add(fact)
            total.add(fact)
    lines = tuple(found.line(path, rows[path]) for path, found in gathered.items() if found.months)
    return Figure(kind=kind, lines=lines, total=total.line("", ("合计", "Total")))


def _following(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
