"""The face of the runtime: commands go in here, and whatever they leave to do is done."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select
from sqlalchemy.exc import OperationalError

import engine.runtime.publishing  # noqa: F401 (registers its job handler)
from engine.clock import Clock, VirtualClock, in_shanghai
from engine.errors import ChengxinError
from engine.runtime.bus import Command, handler_of
from engine.runtime.calendars import CalendarBook
from engine.runtime.commands import (
    CompleteTask,
    FailJob,
    FireTimers,
    RecordIncident,
    Remind,
    RunJob,
)
from engine.runtime.commands.fire_timers import FireTimerStart
from engine.runtime.commands.run_job import JOB_COMMANDS
from engine.runtime.definitions import Definitions
from engine.runtime.errors import Conflict, JobNotReady
from engine.runtime.events import BROADCAST
from engine.runtime.incidents import fault_of
from engine.runtime.jobs import job_types, outside_job_types
from engine.runtime.models import Job, Timer, UserTask
from engine.runtime.outside import do_outside
from engine.runtime.start_timers import due_start_timers
from engine.runtime.transaction import Transaction

log = logging.getLogger(__name__)

BATCH = 200
"""How many due rows one look takes."""


class Runtime:
    """Executes commands on a database by a clock. Safe to share between threads."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.definitions = Definitions()
        self.calendars = CalendarBook()

    def execute(self, command: Command) -> Any:
        """Execute a command in one transaction, then the jobs and timers it made due.

        A fault while tokens move rolls everything back and is kept as an incident; the error is
        raised all the same. A conflict with another writer is tried once more.
        """
        try:
            result, tx = self._transact(command)
        except Conflict:
            result, tx = self._transact(command)
        self._follow_up(tx)
        return result

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as connection:
            yield connection

    def sweep(self) -> int:
        """Do everything that is due now. Gives how many timers, jobs and reminders that was."""
        done = self.sweep_inside()
        while tried := self.sweep_outside():
            done += tried + self.sweep_inside()
        return done

    def sweep_inside(self) -> int:
        """Do everything that is due now except what acts outside. Gives how many that was."""
        done = 0
        failed: set[Command] = set()
        while found := self._due(failed):
            for command in found:
                if self._attempt(command):
                    done += 1
                else:
                    failed.add(command)
        return done

    def sweep_outside(self, at_most: int = BATCH) -> int:
        """Try the jobs that are due now and act outside, each once. Gives how many were tried.

        Several threads and servers may do so at the same time.
        """
        tried = 0
        seen: set[int] = set()
        while tried < at_most and (keys := self._due_jobs(sorted(outside_job_types()), seen)):
            for key in keys:
                seen.add(key)
                tried += do_outside(self, key)
                if tried == at_most:
                    break
        return tried

    def next_due_at(self) -> datetime | None:
        """The next instant after now at which a timer, a job or a reminder is due."""
        values = {"now": self.clock.now(), "types": _runnable()}
        with self.reading() as connection:
            instants = [connection.execute(query, values).scalar() for query in _NEXT]
        return min((at for at in instants if at is not None), default=None)

    def run_until(self, instant: datetime) -> None:
        """Let a virtual clock run to `instant`, doing what is due at each time on the way."""
        clock = self.clock
        if not isinstance(clock, VirtualClock):
            raise TypeError("only a virtual clock can be moved")
        target = in_shanghai(instant)
        self.sweep()
        while (due_at := self.next_due_at()) is not None and due_at <= target:
            clock.advance_to(due_at)
            self.sweep()
        clock.advance_to(target)
        self.sweep()

    # -- one command ------------------------------------------------------------------------------

    def _transact(self, command: Command) -> tuple[Any, Transaction]:
        handler = handler_of(command)
        tx: Transaction | None = None
        try:
            with self._begin() as connection:
                tx = Transaction(
                    connection=connection,
                    clock=self.clock,
                    definitions=self.definitions,
                    calendars=self.calendars,
                )
                result = handler(command, tx)
                tx.settle()
                tx.write()
        except OperationalError as error:
            if _is_lost_race(error):
                raise Conflict(key=getattr(command, "instance_key", "")) from error
            raise
        except Exception as error:
            if tx is not None:
                self._note_fault(command, tx, error)
            raise
        return result, tx

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            writing = connection.execution_options(sqlite_begin="IMMEDIATE")
            with writing.begin():
                yield writing

    def _note_fault(self, command: Command, tx: Transaction, error: Exception) -> None:
        failing = tx.running
        if failing is None or isinstance(error, Conflict) or isinstance(command, JOB_COMMANDS):
            return
        if failing.is_new and failing.row.parent_key is None:
            return
        fault = fault_of(error)
        owner = failing if not failing.is_new else tx.instances()[0]
        if owner.is_new:
            return
        self._transact(
            RecordIncident(
                instance_key=owner.key,
                element_id=fault.element_id,
                fault=fault,
                task_key=command.task_key if isinstance(command, CompleteTask) else None,
                timer_key=tx.firing,
            )
        )

    # -- what follows -----------------------------------------------------------------------------

    def _follow_up(self, tx: Transaction) -> None:
        roots = {instance.row.root_key for instance in tx.instances()}
        if tx.rows.has_new_jobs:
            self._run_jobs(roots)
        if tx.next_timer_at is not None and tx.next_timer_at <= self.clock.now():
            for root_key in roots:
                self._attempt(FireTimers(root_key=root_key))

    def _run_jobs(self, roots: set[int]) -> None:
        """The jobs of some cases, those that they lead to too; what acts outside is for a sweep."""
        tried: set[int] = set()
        while keys := self._due_jobs(_inside_types(), tried, roots):
            for key in keys:
                tried.add(key)
                self._attempt(RunJob(job_key=key))

    def _due_jobs(
        self, types: Sequence[str], tried: Collection[int], roots: Collection[int] | None = None
    ) -> list[int]:
        if not types:
            return []
        values = {"types": types, "now": self.clock.now(), "most": BATCH + len(tried)}
        with self.reading() as connection:
            if roots is None:
                found = connection.scalars(_DUE_JOBS, values).all()
            else:
                found = connection.scalars(_DUE_JOBS_OF, {**values, "roots": list(roots)}).all()
        return [key for key in found if key not in tried]

    def _attempt(self, command: Command) -> bool:
        """Do what is due; whether it was done. What fails is kept, and does not stop the rest."""
        try:
            _, tx = self._transact(command)
        except JobNotReady:
            return True
        except Exception as error:  # noqa: BLE001 (whatever it is, it becomes an incident)
            log.warning("%s: %s", command, error)
            if isinstance(command, RunJob):
                self._fail_job(command, error)
            return False
        if not isinstance(command, RunJob):
            self._follow_up(tx)
        elif tx.next_timer_at is not None and tx.next_timer_at <= self.clock.now():
            for instance in tx.instances():
                self._attempt(FireTimers(root_key=instance.row.root_key))
        return True

    def _fail_job(self, command: RunJob, error: Exception) -> None:
        cannot_be_cured = isinstance(error, ChengxinError) and not isinstance(error, Conflict)
        self._transact(
            FailJob(job_key=command.job_key, fault=fault_of(error), is_final=cannot_be_cured)
        )

    def _due(self, failed: Collection[Command]) -> list[Command]:
        """What is due, deadlines first: a process that begins finds ended what they ended."""
        now = self.clock.now()
        with self.reading() as connection:
            timers = connection.scalars(_DUE_TIMERS, {"now": now}).all()
            reminders = connection.scalars(_DUE_REMINDERS, {"now": now}).all()
            starts = due_start_timers(connection, now)
        due: list[Command] = [
            *(FireTimers(root_key=root) for root in timers if root is not None),
            *_earliest(starts, failed),
            *(RunJob(job_key=key) for key in self._due_jobs(_inside_types(), ())),
            *(Remind(task_key=key) for key in reminders),
        ]
        return [command for command in due if command not in failed]


def _earliest(starts: Sequence[Any], failed: Collection[Command]) -> list[Command]:
    """The start timers of the earliest instant: what was missed is made up for in its order."""
    left = [row for row in starts if FireTimerStart(timer_key=row.key) not in failed]
    return [FireTimerStart(timer_key=row.key) for row in left if row.due_at == left[0].due_at]


def _runnable() -> list[str]:
    return sorted({*job_types(), BROADCAST})


def _inside_types() -> list[str]:
    return sorted({*job_types(), BROADCAST} - outside_job_types())


def _is_lost_race(error: OperationalError) -> bool:
    text = str(error.orig)
    return "database is locked" in text or "deadlock detected" in text or "serialize" in text


_DUE_TIMERS = (
    select(Timer.root_key)
    .where(Timer.state == "armed", Timer.due_at <= bindparam("now"), Timer.root_key.is_not(None))
    .group_by(Timer.root_key)
    .order_by(func.min(Timer.due_at))
    .limit(BATCH)
)
_DUE_REMINDERS = (
    select(UserTask.key)
    .where(UserTask.state == "open", UserTask.remind_at <= bindparam("now"))
    .order_by(UserTask.key)
    .limit(BATCH)
)
_DUE_JOBS = (
    select(Job.key)
    .where(
        Job.state == "ready",
        Job.run_at <= bindparam("now"),
        Job.type.in_(bindparam("types", expanding=True)),
    )
    .order_by(Job.key)
    .limit(bindparam("most"))
)
_DUE_JOBS_OF = _DUE_JOBS.where(Job.root_key.in_(bindparam("roots", expanding=True)))
_NEXT = (
    select(func.min(Timer.due_at)).where(Timer.state == "armed", Timer.due_at > bindparam("now")),
    select(func.min(Job.run_at)).where(
        Job.state == "ready",
        Job.type.in_(bindparam("types", expanding=True)),
        Job.run_at > bindparam("now"),
    ),
    select(func.min(UserTask.remind_at)).where(
        UserTask.state == "open", UserTask.remind_at > bindparam("now")
    ),
)
"""The next instants after now of a timer, a job and a reminder."""
