"""Short words for the tests of dates, times and durations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.feel import compile_expression
from engine.feel.texts import string_of

Said = Callable[[str], str]


@pytest.fixture
def said() -> Said:
    """The text of what an expression gives: `said('@"2024-01-31" + @"P1M"')`."""

    def text(source: str) -> str:
        return string_of(compile_expression(source).evaluate({}).value)

    return text
