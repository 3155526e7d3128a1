"""Who wants to know that deadlines of an instance moved: rooms that keep a copy of one."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction

Listener = Callable[["Transaction", "Instance", AbstractSet[str]], None]

_LISTENERS: list[Listener] = []


def on_recomputed(listener: Listener) -> Listener:
    """Call `listener` with the names of the variables that moved, in the same transaction."""
    _LISTENERS.append(listener)
    return listener


def listeners() -> tuple[Listener, ...]:
    """Everybody who wants to know, in the order of registration."""
    return tuple(_LISTENERS)
