"""Timers of start events: armed by a deployment, each time of theirs starts an instance.

A schedule begins with its deployment: times before it are not made up for. A time that came while
the server was down is, also if a changed diagram is deployed before anybody looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from engine.bpmn.findings import Finding
from engine.bpmn.model import Element, Process
from engine.feel import Environment, compile_expression
from engine.runtime.errors import DeploymentRefused
from engine.runtime.models import ProcessDefinition, Timer
from engine.runtime.timers import Due, first_after, first_of_cycle, instant_of, next_of_cycle

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction

SCHEDULED_AT = "scheduled_at"
"""The variable of an instance that a timer started: the instant (date and time) it was due, which
is not the one at which it started if the server was down.
"""


def arm_start_timers(tx: Transaction, process: Process, definition_key: int) -> None:
    """Arm the timers of a new version in place of those of the versions before.

    A timer whose event and time stay as they were goes on where it is: what it missed is still to
    come, what it has done is not done again. Of a timer that is dropped or changed only the times
    up to now remain, with the version they were meant for. Raises `DeploymentRefused` if an
    expression gives no time.
    """
    before = _version_before(tx, process.id, definition_key)
    armed = tx.connection.execute(_OF_PROCESS, {"process": process.id}).all()
    kept: set[int] = set()
    for element in timer_starts(process):
        same = before is not None and _expression(before, element.id) == _expression(
            process, element.id
        )
        old = next((t for t in armed if same and _stands_for(t, element)), None)
        if old is not None:
            kept.add(old.key)
            tx.connection.execute(_MOVE, {"of": old.key, "definition": definition_key})
        elif not same:
            _arm(tx, element, definition_key)
    for timer in armed:
        if timer.key not in kept:
            _end_by_now(tx, timer)


def rearm_start_timers(tx: Transaction, processes: Collection[str] | None = None) -> None:
    """Arm the timers of all newest versions as if they were deployed now; for rehearsals only.

    With `processes` the others do not start by themselves.
    """
    tx.connection.execute(_FORGET_ALL)
    for key in tx.connection.scalars(_NEWEST).all():
        process = tx.definitions.process(tx.connection, key).process
        if processes is None or process.id in processes:
            for element in timer_starts(process):
                _arm(tx, element, key)


def due_start_timers(connection: Connection, now: datetime) -> Sequence[Any]:
    """Key and instant of the start timers that are due, the earliest first."""
    return connection.execute(_DUE, {"now": now}).all()


def go_on(tx: Transaction, timer: Any) -> None:
    """The timer has fired: on to its next time, if it has one."""
    following = next_of_cycle(timer.due_at, timer.cycle, timer.repetitions) if timer.cycle else None
    if following is None:
        tx.connection.execute(_FORGET, {"of": timer.key})
    else:
        tx.connection.execute(
            _NEXT, {"of": timer.key, "at": following.at, "left": following.repetitions}
        )


def timer_starts(process: Process) -> Iterator[Element]:
    """The start events at which time starts the process."""
    for element in process.children_of(process.id):
        if element.kind == "startEvent" and element.event and element.event.kind == "timer":
            yield element


def _arm(tx: Transaction, element: Element, definition_key: int) -> None:
    definition = element.event
    assert definition is not None
    assert definition.timer is not None
    first = _first(tx, element)
    due = first_after(tx.now, first)
    if due is None:
        return
    tx.connection.execute(
        insert(Timer),
        {
            "process_definition_key": definition_key,
            "element_id": element.id,
            "due_at": due.at,
            "expression": definition.timer.text,
            "names": [],
            "cycle": due.cycle,
            "repetitions": due.repetitions,
            "state": "armed",
        },
    )


def _first(tx: Transaction, element: Element) -> Due:
    definition = element.event
    assert definition is not None
    assert definition.timer is not None
    value: object = definition.timer.text
    if definition.timer.is_expression:
        environment = Environment(clock=tx.clock, calendar=tx.calendar_of(""))
        value = compile_expression(definition.timer.source).evaluate({}, environment).value
    due: Due | None = None
    if definition.timer_kind == "timeDate":
        at = instant_of(value)
        due = Due(at=at) if at is not None else None
    elif value is not None:
        text = str(value)
        due = first_of_cycle(tx.now, text if definition.timer_kind == "timeCycle" else f"R1/{text}")
    if due is None:
        raise DeploymentRefused([_without_time(element, definition.timer.text)])
    return due


def _without_time(element: Element, source: str) -> Finding:
    return Finding(
        level="error",
        rule="timer",
        place=element.place,
        zh=f"开始事件「{element.name or element.id}」的时间「{source}」得不出日期、时长或周期。",
        en=f"The time '{source}' of start event '{element.name or element.id}' gives no date,"
        " duration or cycle.",
    )


def _version_before(tx: Transaction, process_id: str, definition_key: int) -> Process | None:
    key = tx.connection.execute(
        _BEFORE, {"process": process_id, "definition": definition_key}
    ).scalar()
    return tx.definitions.process(tx.connection, key).process if key is not None else None


def _expression(process: Process, element_id: str) -> tuple[str | None, str] | None:
    element = next((e for e in timer_starts(process) if e.id == element_id), None)
    if element is None or element.event is None or element.event.timer is None:
        return None
    return element.event.timer_kind, element.event.timer.text


def _stands_for(timer: Any, element: Element) -> bool:
    """Not what is left of an earlier schedule of the event: that has another expression."""
    assert element.event is not None
    assert element.event.timer is not None
    return bool(timer.element_id == element.id and timer.expression == element.event.timer.text)


def _end_by_now(tx: Transaction, timer: Any) -> None:
    if timer.due_at > tx.now:
        tx.connection.execute(_FORGET, {"of": timer.key})
        return
    times = 1
    due: Due | None = Due(at=timer.due_at, cycle=timer.cycle, repetitions=timer.repetitions)
    while due is not None and due.cycle is not None:
        due = next_of_cycle(due.at, due.cycle, due.repetitions)
        if due is None or due.at > tx.now:
            break
        times += 1
    if timer.cycle is not None:
        tx.connection.execute(
            _NEXT, {"of": timer.key, "at": timer.due_at, "left": times}
        )  # fmt: skip


_TIMER = select(
    Timer.key,
    Timer.element_id,
    Timer.due_at,
    Timer.expression,
    Timer.cycle,
    Timer.repetitions,
    Timer.process_definition_key,
)
_OF_PROCESS = (
    _TIMER.join(ProcessDefinition, ProcessDefinition.key == Timer.process_definition_key)
    .where(ProcessDefinition.process_id == bindparam("process"))
    .order_by(Timer.key.desc())
)
START_TIMER = _TIMER.where(Timer.key == bindparam("of"), Timer.process_definition_key.is_not(None))
"""The start timer with a key."""
_DUE = (
    select(Timer.key, Timer.due_at)
    .where(
        Timer.process_definition_key.is_not(None),
        Timer.state == "armed",
        Timer.due_at <= bindparam("now"),
    )
    .order_by(Timer.due_at, Timer.key)
    .limit(200)
)
_BEFORE = select(func.max(ProcessDefinition.key)).where(
    ProcessDefinition.process_id == bindparam("process"),
    ProcessDefinition.key < bindparam("definition"),
)
_NEWEST = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
_MOVE = (
    update(Timer)
    .where(Timer.key == bindparam("of"))
    .values(process_definition_key=bindparam("definition"))
)
_NEXT = (
    update(Timer)
    .where(Timer.key == bindparam("of"))
    .values(due_at=bindparam("at"), repetitions=bindparam("left"))
)
_FORGET = delete(Timer).where(Timer.key == bindparam("of"))
_FORGET_ALL = delete(Timer).where(Timer.process_definition_key.is_not(None))
