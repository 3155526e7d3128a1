"""Legal periods in expressions: clock, calendar and deadlines of the environment."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.clock import SHANGHAI
from engine.feel import Environment, compile_expression


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("today()", date(2026, 2, 9)),
        ("now()", datetime(2026, 2, 9, 23, 30, tzinfo=SHANGHAI)),
        ('deadline("DEFENCE", served)', date(2026, 2, 16)),
        ('deadline("DEFENCE", served, 3)', date(2026, 2, 9)),
        ("end of day(served)", datetime(2026, 2, 7, tzinfo=SHANGHAI)),
        ('end of day("2026-12-31")', datetime(2027, 1, 1, tzinfo=SHANGHAI)),
        ("is working day(served)", True),
        ('is working day("2026-02-07")', False),
        ("add working days(served, 5)", date(2026, 2, 13)),
        ('working days between("2026-02-06", "2026-02-13")', 5),
        ('next working day("2026-02-07")', date(2026, 2, 9)),
        ("add natural days(served, 1)", date(2026, 2, 7)),
        ("add natural days(served, 1, true)", date(2026, 2, 9)),
        ('add months("2026-01-31", 1)', date(2026, 2, 28)),
        ('add years("2024-02-29", 1)', date(2025, 2, 28)),
        ('add months(@"2026-02-06T23:30:00Z", 1)', date(2026, 3, 7)),
    ],
)
def test_a_function_of_ours(bureau_environment: Environment, source: str, expected: object) -> None:
    # given a notice served on Friday the sixth of February
    context = {"served": date(2026, 2, 6)}
    # then
    evaluation = compile_expression(source).evaluate(context, bureau_environment)
    assert evaluation.value == expected
    assert evaluation.warnings == ()


@pytest.mark.parametrize(
    "source", ["today()", 'deadline("X", "2026-02-06")', 'is working day("2026-02-06")']
)
def test_without_its_service_a_function_says_so(source: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "ServiceMissing"


def test_a_deadline_nobody_wrote_down_is_an_error(bureau_environment: Environment) -> None:
    with pytest.raises(LookupError):
        compile_expression('deadline("NO_SUCH", "2026-02-06")').evaluate({}, bureau_environment)


def test_a_text_that_is_no_day_is_a_fault(bureau_environment: Environment) -> None:
    evaluation = compile_expression('is working day("明天")').evaluate({}, bureau_environment)
    assert evaluation.value is None
    assert evaluation.warnings[0].kind == "ArgumentDoesNotFit"
