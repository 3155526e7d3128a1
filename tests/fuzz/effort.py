"""How much is tried: the same few examples every time, or many new ones with `CHENGXIN_LONG=1`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.fuzz.choices import Choices

LONG = os.environ.get("CHENGXIN_LONG") == "1"
_FACTOR = 50

Made = TypeVar("Made")


def examples(count: int) -> Callable[..., Any]:
    """Settings for `count` examples; fifty times as many, and random ones, when asked for long."""
    return settings(
        max_examples=count * _FACTOR if LONG else count,
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def made(make: Callable[[Choices], Made], *, size: int = 120) -> st.SearchStrategy[Made]:
    """What `make` makes of up to `size` bytes."""
    return st.binary(min_size=size // 2, max_size=size).map(lambda data: make(Choices(data)))
