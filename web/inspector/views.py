"""The pages of the inspector, its lines in the navigation, what its templates may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from engine.identity import User
from engine.runtime.queries.deadlines import count_overdue
from engine.runtime.queries.incidents import count_open_incidents
from web.engine_room import the_clock
from web.inspector import (
    diagrams,
    instance_list,
    instance_page,
    interventions,
    lists,
    processes,
    values,
    words,
)
from web.inspector.room import room
from web.layout.navigation import navigation

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "diagrams",
    "instance_list",
    "instance_page",
    "interventions",
    "lists",
    "processes",
    "room",
]


def overdue_tasks(connection: Connection, user: User) -> int:
    """How many tasks are overdue now."""
    return count_overdue(connection, user, the_clock().now())


@room.context_processor
def _helpers() -> dict[str, object]:
    return {
        "today": the_clock().today(),
        "words": words,
        "shown": values.shown,
        "line_of": values.line_of,
    }


navigation.add("supervision", _l("概览"), "inspector.overview", "instance.view", order=10)
navigation.add("supervision", _l("实例"), "inspector.instances", "instance.view", order=20)
navigation.add(
    "supervision", _l("异常"), "inspector.incidents", "instance.view",
    count=count_open_incidents, alarm=True, order=30,
)  # fmt: skip
navigation.add(
    "supervision", _l("期限"), "inspector.deadlines", "instance.view",
    count=overdue_tasks, order=40,
)  # fmt: skip
navigation.add("supervision", _l("定时器"), "inspector.timers", "instance.view", order=50)
navigation.add("supervision", _l("后台作业"), "inspector.jobs", "instance.view", order=60)
