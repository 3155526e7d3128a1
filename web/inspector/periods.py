"""The deadlines of an instance as its page shows them: what each is for and how it came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.bpmn.model import Process
from engine.calendar import Calendar, remaining_working_days
from engine.calendar.errors import CalendarError
from engine.runtime import Runtime
from engine.runtime.queries.deadlines import DeadlineLine, deadlines_of
from engine.runtime.queries.instance_page import (
    Ancestor,
    CalledInstance,
    InstanceHead,
    instance_head,
)
from engine.runtime.queries.instance_tasks import TaskLine, tasks_of
from engine.runtime.queries.timers import variables_of_timers
from web.inspector.day_strip import StripPart, day_strip
from web.inspector.words import process_words, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class ShownPeriod:
    """A deadline with what waits for it.

    `elements` are the elements of this instance that live by it; `moved_to` is the day a person
    moved it to; `from_caller` names the process that worked it out, if that is another.
    """

    line: DeadlineLine
    title: str
    place: str
    elements: tuple[str, ...]
    strip: tuple[StripPart, ...]
    is_running: bool
    remaining: int | None
    moved_to: date | None
    from_caller: str
    caller_key: int | None

    @property
    def due_date(self) -> date:
        """The day that counts now."""
        return self.moved_to or self.line.due_date


def periods_of(
    connection: Connection,
    runtime: Runtime,
    head: InstanceHead,
    ancestors: Sequence[Ancestor],
    called: Sequence[CalledInstance],
) -> tuple[ShownPeriod, ...]:
    """The deadlines of an instance and those of its callers that its timers read, running first."""
    readers = variables_of_timers(head.deployed.process)
    elsewhere = _read_in_called(connection, runtime, called)
    tasks = {task.element_id: task for task in tasks_of(connection, head.key) if task.is_open}
    periods = [
        _shown(
            line,
            head,
            head,
            readers,
            tasks,
            _calendar(connection, runtime, head),
            runtime,
            elsewhere,
        )
        for line in _lines(connection, runtime, head)
    ]
    for ancestor in ancestors:
        caller = instance_head(connection, runtime.definitions, ancestor.key)
        calendar = _calendar(connection, runtime, caller)
        periods += [
            _shown(line, head, caller, readers, {}, calendar, runtime)
            for line in _lines(connection, runtime, caller)
            if not line.is_superseded and any(line.holds(names) for names in readers.values())
        ]
    return tuple(sorted(periods, key=lambda period: (not period.is_running, period.due_date)))


def _lines(
    connection: Connection, runtime: Runtime, head: InstanceHead
) -> tuple[DeadlineLine, ...]:
    return deadlines_of(
        connection,
        runtime.definitions,
        head.key,
        horizon=head.horizon,
        calendar=_calendar(connection, runtime, head),
        clock=runtime.clock,
    )


def _calendar(connection: Connection, runtime: Runtime, head: InstanceHead) -> Calendar:
    return runtime.calendars.of(connection, head.organisation_path)


def _shown(
    line: DeadlineLine,
    head: InstanceHead,
    holder: InstanceHead,
    readers: Mapping[str, frozenset[str]],
    tasks: Mapping[str, TaskLine],
    calendar: Calendar,
    runtime: Runtime,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> ShownPeriod:
    today = runtime.clock.today()
    waiting = tuple(element for element, names in readers.items() if line.holds(names))
    own = (line.element_id,) if holder is head else ()
    task = tasks.get(line.element_id) if line.use == "due_date" and line.is_open else None
    moved_to = task.due_date if task and task.due_date != line.due_date else None
    process = head.deployed.process
    named = [words_of(process, element) for element in waiting]
    if not named and line.variable:
        named = [words for name, words in elsewhere.items() if line.holds([name])]
    is_running = head.is_active and line.is_open and not line.is_superseded
    if line.use != "due_date":
        is_running = is_running and line.due_date >= today
    return ShownPeriod(
        line=line,
        title="、".join(named) or _own_title(line, process),
        place=words_of(holder.deployed.process, line.element_id),
        elements=tuple(dict.fromkeys((*waiting, *own))),
        strip=day_strip(line),
        is_running=is_running,
        remaining=_remaining(today, moved_to or line.due_date, calendar) if is_running else None,
        moved_to=moved_to,
        from_caller="" if holder is head else process_words(holder.deployed.process),
        caller_key=None if holder is head else holder.key,
    )


def _own_title(line: DeadlineLine, process: Process) -> str:
    """What a deadline nobody waits for is called: its element, and the variable that holds it."""
    element = words_of(process, line.element_id)
    return f"{element} · {line.variable}" if line.variable else element


def _read_in_called(
    connection: Connection, runtime: Runtime, called: Sequence[CalledInstance]
) -> dict[str, str]:
    """Variable → the event of a running called process that waits by it."""
    found: dict[str, str] = {}
    for one in called:
        if one.state != "active":
            continue
        process = runtime.definitions.process(connection, one.process_definition_key).process
        for element, names in variables_of_timers(process).items():
            words = f"{process_words(process)} · {words_of(process, element)}"
            found.update(dict.fromkeys(names, words))
    return found


def _remaining(today: date, due_date: date, calendar: Calendar) -> int | None:
    try:
        return remaining_working_days(today, due_date, calendar)
    except CalendarError:
        return None
