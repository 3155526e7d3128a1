"""The variables of a case as a letter gets them: plain JSON, looked up by dotted paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from engine.clock import in_shanghai
from engine.documents.errors import ValueNotPrintable

EACH = "[]"
"""Ends a step of a path that stands for every item of a list: `party.responsible[].name`."""


def snapshot(data: Mapping[str, object], roots: Iterable[str]) -> dict[str, object]:
    """The variables named by `roots`, plain: what the letter may use and the archive keeps.

    Keys are sorted, so that the same variables always give the same snapshot.
    Raises `ValueNotPrintable`.
    """
    return {root: plain(data[root], root) for root in sorted(set(roots)) if root in data}


def plain(value: object, path: str = "") -> object:
    """`value` as JSON can hold it: days and instants as ISO text, decimals as exact text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return plain(Decimal(repr(value)), path)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return in_shanghai(value).replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(value[key], f"{path}.{key}") for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(value, start=1)]
    raise ValueNotPrintable(path=path, found=type(value).__name__)


def look_up(data: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value at `path` with the place where it was looked for; None where there is none.

    A step that ends in `[]` goes through all items of a list, counted from 1.
    """
    yield from _walk(data, path.split("."), "")


def _walk(value: object, steps: list[str], walked: str) -> Iterator[tuple[str, object]]:
    if not steps:
        yield walked, value
        return
    name = steps[0].removesuffix(EACH)
    here = f"{walked}.{name}" if walked else name
    found = value.get(name) if isinstance(value, Mapping) else None
    if not steps[0].endswith(EACH):
        yield from _walk(found, steps[1:], here)
    elif isinstance(found, list):
        for index, item in enumerate(found, start=1):
            yield from _walk(item, steps[1:], f"{here}[{index}]")
