"""The built-in functions, by family: FEEL name → function."""

from __future__ import annotations

from engine.feel.builtins import (
    contexts,
    conversion,
    identifiers,
    lists,
    numbers,
    ranges,
    strings,
    temporal,
    working_days,
)
from engine.feel.builtins.registry import Builtin

BUILTINS: dict[str, Builtin] = {
    name: function
    for family in (
        numbers,
        strings,
        lists,
        contexts,
        ranges,
        temporal,
        conversion,
        working_days,
        identifiers,
    )
    for name, function in family.FUNCTIONS.items()
}
"""All of them; host functions of the same name win."""

__all__ = ["BUILTINS", "Builtin"]
