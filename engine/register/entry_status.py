"""How an entry of the list may change: a table of moves; every other is refused (C.1)."""

from __future__ import annotations

from engine.register.errors import MoveNotAllowed

DECIDED = "已决定"

MOVES: dict[tuple[str, str], str] = {
    (DECIDED, "送达"): "已送达",
}
"""(state, event) → state."""


def after(state: str, event: str) -> str:
    """The state that follows. Raises `MoveNotAllowed`."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise MoveNotAllowed(state=state, event=event) from None
