"""The days of a deadline in a row: where it starts, each day counted, the days passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from engine.calendar import SkippedDays
from engine.runtime.queries.deadlines import DeadlineLine

SHOWN_FIRST = 10
SHOWN_LAST = 3
"""A long count shows its first and last days and says how many lie between."""


@dataclass(frozen=True, kw_only=True)
class StripPart:
    """A box of the strip.

    `start`: the day not counted; `day`: counted, with its number; `gap`: passed over; `more`:
    `number` counted days not shown one by one; `span`: natural time that passes; `due`: the last
    day, where it is not a counted one.
    """

    kind: Literal["start", "day", "gap", "more", "span", "due"]
    first: date
    last: date
    number: int = 0
    name: str = ""
    is_last: bool = False
    is_make_up: bool = False


def day_strip(line: DeadlineLine) -> tuple[StripPart, ...]:
    """The strip of a deadline; empty if it cannot be explained."""
    explanation = line.explanation
    if explanation is None:
        return ()
    start = StripPart(kind="start", first=line.start_date, last=line.start_date)
    if not explanation.counted:
        return (start, *_natural(line, explanation.skipped))
    make_up = set(explanation.make_up)
    counted = [
        StripPart(
            kind="day", first=day, last=day, number=number, is_make_up=day in make_up,
            is_last=day == line.due_date,
        )
        for number, day in enumerate(explanation.counted, start=1)
    ]  # fmt: skip
    shown = _shortened(counted)
    return (start, *_with_gaps(start, shown, explanation.skipped))


def _natural(line: DeadlineLine, skipped: tuple[SkippedDays, ...]) -> list[StripPart]:
    span_end = skipped[0].first if skipped else line.due_date
    parts = [StripPart(kind="span", first=line.start_date, last=span_end, number=line.amount)]
    parts += [_gap(run) for run in skipped]
    parts.append(StripPart(kind="due", first=line.due_date, last=line.due_date, is_last=True))
    return parts


def _shortened(counted: list[StripPart]) -> list[StripPart]:
    if len(counted) <= SHOWN_FIRST + SHOWN_LAST + 2:
        return counted
    hidden = counted[SHOWN_FIRST:-SHOWN_LAST]
    more = StripPart(kind="more", first=hidden[0].first, last=hidden[-1].last, number=len(hidden))
    return [*counted[:SHOWN_FIRST], more, *counted[-SHOWN_LAST:]]


def _with_gaps(
    start: StripPart, shown: list[StripPart], skipped: tuple[SkippedDays, ...]
) -> list[StripPart]:
    gaps = {run.first: run for run in skipped}
    parts: list[StripPart] = []
    for before, part in pairwise([start, *shown]):
        following = before.last + timedelta(days=1)
        if following in gaps:
            parts.append(_gap(gaps[following]))
        parts.append(part)
    return parts


def _gap(run: SkippedDays) -> StripPart:
    return StripPart(kind="gap", first=run.first, last=run.last, name=run.name)
