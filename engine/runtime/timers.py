"""When a timer is due: a date, a duration from now, or a cycle, each in the words of BPMN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.bpmn import Element
from engine.clock import end_of_day, in_shanghai, start_of_day
from engine.feel import YearMonthDuration, compile_expression, to_microseconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime.instance import Instance

_PARSE_DURATION = compile_expression("duration(text)")
_PARSE_INSTANT = compile_expression("date and time(text)")
_LATER = compile_expression("start + step")
_NTH = compile_expression("start + duration(text) * number")


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The next time of a timer; of a cycle its step, `cycle`, perhaps after its start and a `/`,
    and its `repetitions` from this time on (None: without end).
    """

    at: datetime
    cycle: str | None = None
    repetitions: int | None = None


def due_of(instance: Instance, event: Element, view: Mapping[str, object]) -> Due:
    """When the timer of `event` fires next.

    Raises `ExpressionFailed` if its expression gives no date, duration or cycle.
    """
    definition = event.event
    assert definition is not None
    assert definition.timer is not None
    value = instance.value(definition.timer, view)
    due: Due | None = None
    if definition.timer_kind == "timeDate":
        at = instant_of(value)
        due = Due(at=at) if at else None
    elif definition.timer_kind == "timeDuration":
        due = _after(instance.tx.now, value)
    elif isinstance(value, str):
        due = first_of_cycle(instance.tx.now, value)
    if due is None:
        raise instance.failed(
            definition.timer, view, element=event, purpose=("定时器", "timer"), value=value,
            expected=str(definition.timer_kind),
        )  # fmt: skip
    return due


def instant_of(value: object) -> datetime | None:
    """A date (its first instant), a date and time, or the text of one."""
    if isinstance(value, str):
        value = _PARSE_INSTANT.evaluate({"text": value}).value
    value = to_microseconds(value)
    if isinstance(value, datetime):
        return in_shanghai(value)
    return start_of_day(value) if isinstance(value, date) else None


def due_day_of(value: object) -> tuple[date, datetime] | None:
    """Due day and due instant: a day is due at its 24:00 (AM-04), an instant when it says."""
    if isinstance(value, str) and len(value) == 10:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value, end_of_day(value)
    at = instant_of(value)
    if at is None:
        return None
    is_midnight = at.time() == datetime.min.time()
    return (at.date() - timedelta(days=1) if is_midnight else at.date()), at


def first_of_cycle(now: datetime, text: str) -> Due | None:
    """The first time of an ISO 8601 cycle: `R3/PT1H`, `R/P1D`, `R/2026-01-01T00:00/P1M`.

    A cycle that names its start keeps it beside the step, so that every time is counted from there:
    monthly from the 31st is the last day of a short month, and the 31st again after it.
    """
    head, *rest = (part.strip() for part in text.strip().split("/"))
    if not head.startswith("R") or not rest:
        return None
    count = int(head[1:]) if head[1:].isdigit() else None
    if len(rest) == 2:
        at = instant_of(rest[0])
        if at is None or _after(at, rest[1]) is None:
            return None
        return Due(at=at, cycle=f"{at.isoformat()}/{rest[1]}", repetitions=count)
    after = _after(now, rest[0])
    return Due(at=after.at, cycle=rest[0], repetitions=count) if after else None


def first_after(now: datetime, due: Due) -> Due | None:
    """`due`, or of a cycle the first time after `now`: what lies before is not made up for. None
    if all of a counted cycle lies before.
    """
    if due.cycle is None or due.at > now:
        return due
    anchor, step = _parts(due.cycle)
    number = _number_after(now, anchor or due.at, step)
    if number is None:
        return None
    at = _nth(anchor or due.at, step, number)
    left = None if due.repetitions is None else due.repetitions - number
    if at is None or (left is not None and left <= 0):
        return None
    return Due(at=at, cycle=due.cycle, repetitions=left)


def next_of_cycle(at: datetime, cycle: str, repetitions: int | None) -> Due | None:
    """The time after `at`, None if the cycle is over. `cycle` is a step, or `start/step`."""
    left = None if repetitions is None else repetitions - 1
    if left is not None and left <= 0:
        return None
    anchor, step = _parts(cycle)
    if anchor is None:
        after = _after(at, step)
        return Due(at=after.at, cycle=cycle, repetitions=left) if after else None
    number = _number_after(at, anchor, step)
    following = _nth(anchor, step, number) if number is not None else None
    return Due(at=following, cycle=cycle, repetitions=left) if following else None


def _parts(cycle: str) -> tuple[datetime | None, str]:
    start, slash, step = cycle.partition("/")
    return (instant_of(start), step) if slash else (None, cycle)


def _number_after(instant: datetime, anchor: datetime, step: str) -> int | None:
    """How many steps after `anchor` the first time after `instant` is; None if it never comes."""
    length = to_microseconds(_PARSE_DURATION.evaluate({"text": step}).value)
    if isinstance(length, YearMonthDuration) and length.months > 0:
        months = (instant.year - anchor.year) * 12 + instant.month - anchor.month
        number = max(months // length.months, 0)
    elif isinstance(length, timedelta) and length > timedelta(0):
        number = max((instant - anchor) // length, 0)
    else:
        return None
    while (at := _nth(anchor, step, number)) is not None and at <= instant:
        number += 1
    return number


def _nth(anchor: datetime, step: str, number: int) -> datetime | None:
    at = _NTH.evaluate({"start": anchor, "text": step, "number": Decimal(number)}).value
    at = to_microseconds(at)
    return at if isinstance(at, datetime) else None


def _after(start: datetime, step: object) -> Due | None:
    if isinstance(step, str):
        step = _PARSE_DURATION.evaluate({"text": step}).value
    step = to_microseconds(step)
    if not isinstance(step, timedelta | YearMonthDuration):
        return None
    at = _LATER.evaluate({"start": start, "step": step}).value
    return Due(at=at) if isinstance(at, datetime) else None


__all__ = ["Due", "due_day_of", "due_of", "first_after", "first_of_cycle", "instant_of",
           "next_of_cycle"]  # fmt: skip
