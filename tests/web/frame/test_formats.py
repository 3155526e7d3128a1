"""How things are written on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask, session

from web import formats


@pytest.fixture(autouse=True)
def zh(app: Flask) -> Iterator[None]:
    """A request by somebody who reads Chinese."""
    with app.test_request_context("/"):
        yield


@pytest.fixture
def en(zh: None) -> None:
    """A request by somebody who reads English."""
    session["language"] = "en"


def test_a_day_carries_its_weekday() -> None:
    assert formats.day(date(2026, 2, 13)) == "2026-02-13（周五）"
    assert formats.short_day(date(2026, 2, 13)) == "02-13 周五"


def test_a_day_in_english(en: None) -> None:
    assert formats.day(date(2026, 2, 13)) == "2026-02-13 (Fri)"


def test_an_instant_is_shown_in_shanghai() -> None:
    assert formats.instant(datetime(2026, 2, 13, 16, 5, tzinfo=UTC)) == "2026-02-14 00:05"
    assert formats.day(datetime(2026, 2, 13, 16, 5, tzinfo=UTC)) == "2026-02-14（周六）"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("12345.67"), "¥ 12,345.67"),
        (0, "¥ 0.00"),
        ("249800.00", "¥ 249,800.00"),
        (None, ""),
        ("", ""),
    ],
)
def test_money_has_two_decimals(value: Decimal | int | str | None, written: str) -> None:
    assert formats.money(value) == written


LIGHTS = [
    (None, "none", "无期限", "no due date"),
    (-2, "overdue", "逾期 2 个工作日", "2 working days late"),
    (-1, "overdue", "逾期 1 个工作日", "1 working day late"),
    (0, "today", "今日 24:00 到期", "due today 24:00"),
    (1, "soon", "剩 1 个工作日", "1 working day left"),
    (2, "soon", "剩 2 个工作日", "2 working days left"),
    (3, "fine", "剩 3 个工作日", "3 working days left"),
]


def test_a_light_says_in_words_what_it_shows() -> None:
    for remaining, state, words, _ in LIGHTS:
        assert formats.due_state(remaining) == state
        assert formats.due_words(remaining) == words


def test_a_light_says_it_in_english_with_its_plural(en: None) -> None:
    assert [formats.due_words(light[0]) for light in LIGHTS] == [light[3] for light in LIGHTS]


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("341702190001060065", "341702********0065"),
        ("G12345678", "G1*****78"),
        ("123", "***"),
        (None, ""),
    ],
)
def test_the_middle_of_a_persons_number_is_hidden(number: str | None, masked: str) -> None:
    assert formats.masked_identity(number) == masked


def test_counts_stop_at_a_thousand() -> None:
    assert [formats.count(n) for n in (0, 999, 1000, 5000, None)] == [
        "0",
        "999",
        "999+",
        "999+",
        "",
    ]
