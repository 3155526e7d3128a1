"""The constants written in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.dmn.checks.constants import value_of
from engine.feel import FeelError, compile_expression

_CONSTANT = re.compile(
    r"""
    (?:date|time|date\ and\ time|duration)\(\s*"[^"]*"\s*\)   # date("2024-03-26")
    | @"[^"]*"                                                # @"2024-03-26"
    | "(?:[^"\\]|\\.)*"                                       # "text"
    | (?<![\w.])-?\d+(?:\.\d+)?(?![\w])                       # 12.5
    | \b(?:true|false|null)\b
    """,
    re.VERBOSE,
)


def literals_in(source: str) -> Iterator[object]:
    """The value of every constant in the FEEL text `source`, in order."""
    for found in _CONSTANT.finditer(source):
        try:
            yield value_of(compile_expression(found.group()))
        except FeelError:
            continue
