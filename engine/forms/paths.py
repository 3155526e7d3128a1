"""Where a value stands in nested data: `party.name`, `acts[0].act_no`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

Key = tuple[str, ...]
"""A dotted key of a form, relative to the data around it."""

Path = tuple[str | int, ...]
"""A full path: names, and row numbers (from 0) of lists."""


class Missing:
    """The type of `MISSING`: nothing was submitted, which is not the same as an empty value."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()

_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,4})\]")


def path_text(path: Path) -> str:
    """The HTML name of a path."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def input_id(name: str) -> str:
    """The HTML id of the input with this name."""
    return "f-" + re.sub(r"[^\w-]+", "-", name).strip("-")


def read_path(text: str) -> Path | None:
    """The path an HTML name stands for; None if it is not one."""
    steps: list[str | int] = []
    end = 0
    for match in _STEP.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        name, index = match.groups()
        steps.append(name if name is not None else int(index))
    return tuple(steps) if steps and end == len(text) else None


def without_rows(path: Path) -> Key:
    """The names of a path without its row numbers: one key for all rows of a list."""
    return tuple(step for step in path if isinstance(step, str))


def dig(data: object, path: Path) -> object:
    """The value at `path`, or `MISSING`."""
    for step in path:
        if isinstance(step, str):
            if not isinstance(data, Mapping) or step not in data:
                return MISSING
            data = data[step]
        else:
            rows = as_rows(data)
            if step >= len(rows):
                return MISSING
            data = rows[step]
    return data


def put(data: dict[str, object], key: Key, value: object) -> None:
    """Set the value at `key`; contexts on the way are copied, never changed in place."""
    *way, last = key
    for step in way:
        inner = data.get(step)
        copy = dict(inner) if isinstance(inner, Mapping) else {}
        data[step] = copy
        data = copy
    data[last] = value


def drop(data: dict[str, object], key: Key) -> None:
    """Remove the value at `key`, if there is one; contexts on the way are copied."""
    *way, last = key
    for step in way:
        inner = data.get(step)
        if not isinstance(inner, Mapping):
            return
        copy = dict(inner)
        data[step] = copy
        data = copy
    data.pop(last, None)


def as_rows(value: object) -> list[object]:
    """A list as it is, anything else as no rows."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(value)
    return []
