"""How large a value is when it is written out.

Lists and contexts are shared, not copied: thirty lines can say a value that has a billion items
when it is written out or compared. Its size is found without going through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.feel.errors import ValueTooDeep, ValueTooLarge
from engine.feel.limits import MAX_NESTING, MAX_SIZE
from engine.feel.values import Range

COMPOUND = frozenset([list, dict, Range])
"""Types whose values hold other values."""


def size_of(value: object) -> int:
    """Characters, items and entries of `value`; what is shared counts each time it stands.

    Takes as long as the value is in memory, however large it is written out. Raises
    `ValueTooDeep`.
    """
    return _size(value, {}, MAX_NESTING)


def bounded_value(value: object) -> object:
    """`value`, if it may leave an evaluation. Raises `ValueTooLarge` and `ValueTooDeep`."""
    if size_of(value) > MAX_SIZE:
        raise ValueTooLarge(limit=MAX_SIZE)
    return value


def _size(value: object, known: dict[int, int], levels: int) -> int:
    kind = type(value)
    if kind is str:
        return 1 + len(value)  # type: ignore[arg-type]
    if kind not in COMPOUND:
        return 1
    size = known.get(id(value))
    if size is None:
        if not levels:
            raise ValueTooDeep(limit=MAX_NESTING)
        size = 1 + sum([_size(part, known, levels - 1) for part in _parts(value)])
        known[id(value)] = size
    return size


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return (*value, *value.values())
    if isinstance(value, Range):
        return (value.low, value.high)
    assert isinstance(value, list)
    return value
