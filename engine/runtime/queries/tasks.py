"""Single questions about user tasks."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from engine.runtime.models import UserTask


def open_task_keys(connection: Connection, root_key: int) -> list[int]:
    """The open tasks of an instance and of what it called, the oldest first."""
    return list(connection.scalars(_OPEN, {"of": root_key}))


_OPEN = (
    select(UserTask.key)
    .where(UserTask.root_key == bindparam("of"), UserTask.state == "open")
    .order_by(UserTask.key)
)
