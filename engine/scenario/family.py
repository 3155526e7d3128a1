"""The instances of one case: the one it began with, and those that other procedures of it began.

They belong together by their business keys: the number of the case, or that of an entry it led to.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from engine.register.models import CaseFile, Entry
from engine.runtime.models import ProcessInstance, Variable
from engine.runtime.start_timers import SCHEDULED_AT


def keys_of(connection: Connection, root_key: int) -> set[str]:
    """The business keys of the case that a root instance belongs to: its own, the number of the
    case and the numbers of its entries. Empty as long as it has none.
    """
    own = connection.scalar(
        select(ProcessInstance.business_key).where(ProcessInstance.key == root_key)
    )
    keys = {own} if own else set()
    numbers = keys | set(
        connection.scalars(select(CaseFile.case_no).where(CaseFile.root_key == root_key))
    )
    numbers |= set(connection.scalars(select(Entry.case_no).where(Entry.entry_no.in_(numbers))))
    entries = connection.scalars(select(Entry.entry_no).where(Entry.case_no.in_(numbers)))
    return numbers | set(entries)


def family(connection: Connection, root_key: int) -> list[int]:
    """The root instances of the case that a root instance belongs to, the oldest first."""
    others = connection.scalars(
        select(ProcessInstance.key).where(
            ProcessInstance.parent_key.is_(None),
            ProcessInstance.business_key.in_(keys_of(connection, root_key)),
        )
    )
    return sorted({root_key, *others})


def number_of_cases(connection: Connection) -> int:
    """How many cases there are; what a timer started by itself is a case of nobody."""
    by_timer = connection.scalars(
        select(Variable.instance_key).where(Variable.name == SCHEDULED_AT, Variable.scope_id == "")
    )
    roots = connection.scalars(
        select(ProcessInstance.key).where(ProcessInstance.parent_key.is_(None))
    )
    found, seen = 0, set(by_timer)
    for key in sorted(roots):
        if key not in seen:
            seen.update(family(connection, key))
            found += 1
    return found
