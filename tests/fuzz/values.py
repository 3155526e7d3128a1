"""FEEL values of every type, ordinary ones and those at the ends of their ranges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel import YearMonthDuration
from engine.feel.values import NUMBERS, Range
from tests.fuzz.choices import Choices

NAMES = ("a", "b", "c", "d", "x y")
"""Names the generated expressions use, for variables and for entries of contexts."""

_NUMBERS = ["0", "-0", "1E-6176", "9.9E6144", "-1E6144", "0E6144", "1E34", "0.1", "1.50"]
_TEXTS = ["", "\0", "\ud800", "😀", "\u202eabc", 'a"b', "a\\b", "2024-02-30", "P1Y", "@", "ß"]
_DAYS = [date(2024, 2, 29), date.min, date.max, date(1970, 1, 1)]
_LENGTHS = [timedelta(0), timedelta.min, timedelta.max, timedelta(microseconds=-1)]
_ZONES = (
    None,
    UTC,
    timezone(timedelta(hours=8)),
    timezone(timedelta(hours=-13, minutes=-30)),
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("Europe/Paris"),
)


def number(choices: Choices) -> Decimal:
    """Small whole numbers, decimals, very large and very small ones."""
    kind = choices.below(4)
    if kind == 0:
        return Decimal(choices.below(20) - 6)
    if kind == 1:
        return Decimal(choices.below(200_000) - 99_999).scaleb(-2)
    if kind == 2:
        return Decimal(choices.one(_NUMBERS))
    digits = choices.below(10**18) * 10**18 + choices.below(10**18)
    return NUMBERS.create_decimal(digits).scaleb(choices.below(60) - 40)


def text(choices: Choices) -> str:
    return choices.one(_TEXTS) if choices.below(2) else choices.text()


def day(choices: Choices) -> date:
    if choices.below(3) == 0:
        return choices.one(_DAYS)
    return date.fromordinal(1 + choices.below(date.max.toordinal()))


def clock(choices: Choices) -> time:
    return time(
        choices.below(24),
        choices.below(60),
        choices.below(60),
        choices.one([0, 1, 999_999]),
        tzinfo=choices.one(_ZONES),
    )


def instant(choices: Choices) -> datetime:
    return datetime.combine(day(choices), clock(choices))


def length(choices: Choices) -> timedelta:
    if choices.below(3) == 0:
        return choices.one(_LENGTHS)
    return timedelta(days=choices.below(2000) - 1000, seconds=choices.below(100_000))


def months(choices: Choices) -> YearMonthDuration:
    return YearMonthDuration(choices.below(2000) - 1000)


_ORDERED: tuple[Callable[[Choices], object], ...] = (
    number,
    text,
    day,
    clock,
    instant,
    length,
    months,
)


def ordered(choices: Choices) -> object:
    """A value of a type that has an order."""
    return choices.one(_ORDERED)(choices)


def of_one_type(choices: Choices, count: int) -> list[object]:
    """Values of one type that has an order."""
    kind = choices.one(_ORDERED)
    return [kind(choices) for _ in range(count)]


def scalar(choices: Choices) -> object:
    kind = choices.below(8)
    return ordered(choices) if kind > 2 else (None, True, False)[kind]


def value(choices: Choices, depth: int = 3) -> object:
    """Any value but a function."""
    kind = choices.below(9) if depth else 0
    if kind == 6:
        return listed(choices, depth)
    if kind == 7:
        return context(choices, depth)
    if kind == 8:
        low, high = of_one_type(choices, 2)
        return Range(low, high, choices.below(2) == 0, choices.below(2) == 0)
    return scalar(choices)


def listed(choices: Choices, depth: int = 3) -> list[object]:
    return [value(choices, depth - 1) for _ in range(choices.below(5))]


def context(choices: Choices, depth: int = 3) -> dict[str, object]:
    keys = [
        choices.one(NAMES) if choices.below(4) else text(choices) for _ in range(choices.below(4))
    ]
    return {key: value(choices, depth - 1) for key in keys}


def variables(choices: Choices) -> dict[str, object]:
    """What an expression over `NAMES` is evaluated with; some may be missing."""
    return {name: value(choices) for name in NAMES if choices.below(4)}
