"""How far an expression may go. Each limit has an error of its own name in `errors`."""

from __future__ import annotations

from collections.abc import Sized
from typing import TypeVar

from engine.feel.errors import ListTooLong, StringTooLong

Items = TypeVar("Items", bound=Sized)

MAX_SOURCE = 100_000
"""Characters in one expression."""

MAX_NAME = 1_000
"""Characters of a name that holds other characters than those of a word."""

MAX_DEPTH = 200
"""Levels of nesting in one expression; long `and`/`or` chains count once."""

MAX_STEPS = 1_000_000
"""Work of one evaluation: iterations, filter items, calls, and what they make or go through.

A piece of an expression with many nodes counts for each eight of them, a long list or string by
its length; see `Session`. So the steps bound the time and the memory of an evaluation.
"""

MAX_CALLS = 60
"""User-defined functions that are inside each other at one time."""

MAX_STRING = 1_000_000
"""Characters in one string."""

MAX_LIST = 1_000_000
"""Items in one list, entries in one context."""

MAX_SIZE = 5_000_000
"""Characters and items of one value, written out: what is shared counts each time it stands."""

MAX_NESTING = 150
"""Lists and contexts inside each other in one value."""

MAX_PATTERN = 2_000
"""Characters in one regular expression."""

MAX_PATTERN_DEPTH = 50
"""Levels of groups, or of classes, in one regular expression."""

MAX_PATTERN_SIZE = 5_000
"""Parts of one regular expression when its counted repetitions are written out."""

MAX_PATTERN_STEPS = 5_000_000
"""Steps of all regular expressions in one evaluation; see `patterns.budget`."""

MAX_WARNINGS = 100
"""Warnings kept of one evaluation; later ones are dropped."""


def bounded_string(text: str) -> str:
    """`text`, unless it is too long. Raises `StringTooLong`."""
    if len(text) > MAX_STRING:
        raise StringTooLong(length=len(text), limit=MAX_STRING)
    return text


def bounded_list(items: Items) -> Items:
    """A list or a context, unless it has too many items. Raises `ListTooLong`."""
    if len(items) > MAX_LIST:
        raise ListTooLong(length=len(items), limit=MAX_LIST)
    return items
