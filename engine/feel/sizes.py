"""How large a value is when it is written out.

Lists and contexts are shared, not copied: thirty lines can say a value that has a billion items
when it is written out or compared. So it is measured before, and only as far as it may go.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.feel.errors import ValueTooDeep, ValueTooLarge
from engine.feel.limits import MAX_NESTING, MAX_SIZE
from engine.feel.values import Range

COMPOUND = frozenset([list, dict, Range])
"""Types whose values hold other values."""


def size_of(value: object, limit: int) -> int:
    """Characters, items and entries of `value`; what is shared counts each time it stands.

    Stops counting beyond `limit`. Raises `ValueTooDeep`.
    """
    kind = type(value)
    if kind in COMPOUND:
        return _size(_parts(value), limit, MAX_NESTING)
    return 1 + len(value) if kind is str else 1  # type: ignore[arg-type]


def bounded_value(value: object) -> object:
    """`value`, if it may leave an evaluation. Raises `ValueTooLarge` and `ValueTooDeep`."""
    if size_of(value, MAX_SIZE) > MAX_SIZE:
        raise ValueTooLarge(limit=MAX_SIZE)
    return value


def _size(parts: Collection[object], limit: int, levels: int) -> int:
    if not levels:
        raise ValueTooDeep(limit=MAX_NESTING)
    size = 1 + len(parts)
    for part in parts:
        kind = type(part)
        if kind is str:
            size += len(part)  # type: ignore[arg-type]
        elif kind in COMPOUND:
            size += _size(_parts(part), limit - size, levels - 1)
        if size > limit:
            break
    return size


def _parts(value: object) -> Collection[object]:
    if isinstance(value, dict):
        return (*value, *value.values())
    if isinstance(value, Range):
        return (value.low, value.high)
    assert isinstance(value, list)
    return value
