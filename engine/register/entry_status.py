"""How an entry of the list may change: a table of moves; every other is refused (C.1).

Service and publication run side by side: a decision served after it was published, or published
before it was served, ends in the same state. What goes on beside the state (an objection, a stay
of execution, a repair in hand) are marks, not states (`EntryMark`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.register.errors import MoveNotAllowed

DECIDED = "已决定"
SERVED = "已送达"
PUBLISHED = "已公示"
LISTED = (DECIDED, SERVED, PUBLISHED)
"""The states in which an entry stands in the list."""

EXPIRED = "已移出（期满）"
REPAIRED = "已移出（修复）"
GONE = "已移出（消亡）"
REVOKED = "已撤销"
ENDED = (EXPIRED, REPAIRED, GONE, REVOKED)
"""The states in which it does not any more."""

SERVICE = "送达"
"""The event that the decision was served."""

MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (DECIDED, SERVICE): SERVED,
        (SERVED, SERVICE): SERVED,
        (PUBLISHED, SERVICE): PUBLISHED,
        (DECIDED, "公示"): PUBLISHED,
        (SERVED, "公示"): PUBLISHED,
        (PUBLISHED, "公示"): PUBLISHED,
        (REPAIRED, "恢复"): PUBLISHED,
        **{(state, "变更"): state for state in LISTED},
        **{(state, "更正"): state for state in LISTED},
        **{(state, "期满"): EXPIRED for state in LISTED},
        **{(state, "修复"): REPAIRED for state in LISTED},
        **{(state, "消亡"): GONE for state in LISTED},
        **{(state, "撤销"): REVOKED for state in (*LISTED, EXPIRED, REPAIRED, GONE)},
        **{(state, SERVICE): state for state in ENDED},
        **{(state, "限制修复"): state for state in ENDED},
    }
)
"""(state, event) → state. A listing can be revoked after it ended: it is then as if never made.
The restoration of a repaired entry takes it back to the list; a document may still be served
after the entry ended."""


def after(state: str, event: str) -> str:
    """The state that follows. Raises `MoveNotAllowed`."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise MoveNotAllowed(state=state, event=event) from None


def may(state: str, event: str) -> bool:
    """Whether `after` would give a state."""
    return (state, event) in MOVES
