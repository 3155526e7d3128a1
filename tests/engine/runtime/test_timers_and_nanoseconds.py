"""FEEL counts nanoseconds and all years; timers count microseconds, in the years of Python."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.clock import SHANGHAI
from engine.feel import compile_expression
from engine.runtime.timers import due_day_of, first_of_cycle, instant_of, next_of_cycle

NOON = datetime(2026, 2, 9, 12, tzinfo=SHANGHAI)


def test_an_instant_between_two_microseconds_is_the_one_before() -> None:
    third = compile_expression('noon + @"PT1H" / 7').evaluate({"noon": NOON}).value
    assert instant_of(third) == NOON + timedelta(microseconds=514_285_714)
    assert instant_of("2026-02-09T12:00:00.123456789+08:00") == NOON.replace(microsecond=123_456)
    due = due_day_of(third)
    assert due is not None
    assert due[0] == NOON.date()


def test_a_cycle_of_parts_of_a_microsecond_goes_on() -> None:
    due = first_of_cycle(NOON, "R3/PT1.0000005S")
    assert due is not None
    assert due.at == NOON + timedelta(seconds=1)
    following = next_of_cycle(due.at, "PT1.0000005S", 3)
    assert following is not None
    assert following.at == NOON + timedelta(seconds=2)


def test_nothing_is_due_after_the_years_of_python() -> None:
    far = compile_expression('@"12345-01-01T00:00:00Z"').evaluate({}).value
    assert instant_of(far) is None
    assert due_day_of(far) is None
    assert due_day_of(compile_expression('@"12345-01-01"').evaluate({}).value) is None
    assert first_of_cycle(NOON, "R/P9999999999D") is None
