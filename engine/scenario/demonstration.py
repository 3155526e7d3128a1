"""The cases of the demonstration: scenarios played into a real database, up to now.

They are ordinary scenarios whose dates are told from today (`-12 工作日 09:30`). A virtual clock
runs from the first of them to now, so every deadline, reminder and document is what it would be if
people had worked here for weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.clock import VirtualClock, in_shanghai, start_of_day
from engine.identity import demonstration_people, load_user
from engine.register.channels import rehearsing, usual_outbox
from engine.runtime import Runtime
from engine.runtime.commands import RearmStartTimers
from engine.runtime.commands.read_messages import ReadMessages
from engine.runtime.models import ProcessInstance
from engine.scenario.desk import Desk
from engine.scenario.model import Scenario, Step
from engine.scenario.models import DemonstrationRun
from engine.scenario.reader import read_scenarios
from engine.scenario.relative import Today
from engine.scenario.runner import perform
from engine.scenario.steps.reading import at
from engine.store import in_haste

SHIPPED = Path(__file__).with_name("data") / "demonstration"
"""One file for each bureau; blocks that they share lie in `blocks`."""
MESSAGES_READ = "-1 工作日 08:30"
"""When everybody has read the messages so far."""
ADVANCE, ROUTINE = "advance", "do"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A step of one case, and when it is done."""

    at: datetime
    scenario: Scenario
    step: Step


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A step that did not go as written: the rest of its case is left out."""

    case: str
    step: str
    reason: str


class Demonstration:
    """The cases that are still to be played into the database of a runtime.

    `runtime` stands where they begin: what is deployed by it is in force from then on.
    """

    def __init__(
        self,
        present: Runtime,
        run: Row[Any],
        happenings: Sequence[Happening],
        messages_read_at: datetime,
    ) -> None:
        self._run = run
        self._happenings = happenings[run.steps_done :]
        self._present = present
        self._messages_read_at = messages_read_at
        self._schedules_from = _schedules_from(in_shanghai(run.until).date())
        begin = happenings[max(run.steps_done - 1, 0)].at if happenings else run.until
        self.runtime = Runtime(in_haste(present.engine), VirtualClock(begin))
        self._desks = {
            happening.scenario.title: _RealDesk(happening.scenario, self.runtime, run.cases)
            for happening in happenings
        }

    def play(self) -> tuple[Failure, ...]:
        """Play everything up to the present of the database. Gives what did not go as written.

        Whatever channels the installation is told, nothing of the demonstration leaves it.
        """
        with rehearsing(usual_outbox()):
            failures = tuple(failure for failure in self.steps() if failure is not None)
            self._go_on_to(self._present.clock.now())
        self._note(finished_at=self.runtime.clock.now())
        return failures

    def steps(self) -> Iterator[Failure | None]:
        """Play step by step, each time telling what went wrong. May be left and taken up later."""
        if self.runtime.clock.now() < self._schedules_from:
            self.runtime.execute(RearmStartTimers(processes=()))
        broken: set[str] = set()
        for number, happening in enumerate(self._happenings, start=self._run.steps_done + 1):
            title = happening.scenario.title
            self._go_on_to(happening.at)
            failure = None if title in broken else self._do(happening)
            if failure is not None:
                broken.add(title)
            self._note(steps_done=number, cases=self._cases())
            yield failure

    def _go_on_to(self, instant: datetime) -> None:
        now = self.runtime.clock.now()
        if now < self._schedules_from <= instant:
            self.runtime.run_until(self._schedules_from)
            self.runtime.execute(RearmStartTimers())
        if now < self._messages_read_at <= instant:
            self.runtime.run_until(self._messages_read_at)
            self._everybody_reads()
        self.runtime.run_until(max(instant, now))

    def _everybody_reads(self) -> None:
        """People read their messages as they come; unread are those of the last day."""
        with self.runtime.reading() as connection:
            logins = [person.login for person in demonstration_people(connection)]
            people = [load_user(connection, login) for login in logins]
        for person in people:
            self.runtime.execute(ReadMessages(user=person))

    def _do(self, happening: Happening) -> Failure | None:
        fault = perform(self._desks[happening.scenario.title], happening.step)
        if fault is None:
            return None
        return Failure(
            case=happening.scenario.title, step=happening.step.text, reason=fault.message("zh")
        )

    def _cases(self) -> dict[str, int]:
        return {
            title: desk.current for title, desk in self._desks.items() if desk.current is not None
        }

    def _note(self, **values: object) -> None:
        with self.runtime.engine.begin() as connection:
            connection.execute(
                update(DemonstrationRun)
                .where(DemonstrationRun.key == self._run.key)
                .values(**values)
            )


def demonstration_to_play(runtime: Runtime, folder: Path = SHIPPED) -> Demonstration | None:
    """The demonstration if it is not in this database yet, or only in part; else None.

    A database in which somebody already works is left alone.
    """
    with runtime.reading() as connection:
        run = connection.execute(_RUN).one_or_none()
        in_use = connection.execute(_ANY_INSTANCE).first() is not None
        calendar = runtime.calendars.of(connection, "")
    if in_use if run is None else run.finished_at is not None:
        return None
    until = in_shanghai(run.until) if run is not None else runtime.clock.now()
    today = Today(day=until.date(), calendar=calendar)
    found = happenings(folder, today, until)
    read_at = at(today.value(MESSAGES_READ), "看消息")
    return Demonstration(runtime, run or _begun(runtime, until), found, read_at)


def happenings(folder: Path, today: Today, until: datetime) -> tuple[Happening, ...]:
    """Every step of the scenarios in `folder` up to an instant, in the order of time."""
    found = [
        happening
        for file in sorted(folder.glob("*.yaml"))
        for scenario in read_scenarios(file)
        for happening in _of(scenario, today)
        if happening.at <= until
    ]
    return tuple(sorted(found, key=lambda happening: happening.at))


def _of(scenario: Scenario, today: Today) -> Iterator[Happening]:
    now: datetime | None = None
    for _, _, step in scenario.steps():
        step = today.step(step)
        if step.kind == ADVANCE:
            now = at(step.subject, "时间到")
        elif step.kind == ROUTINE:
            continue
        elif now is None:
            raise ValueError(f"{step.place}: the first step must say when it is done")
        else:
            yield Happening(at=now, scenario=scenario, step=step)


class _RealDesk(Desk):
    """A desk in a database that is there already, where a case may have been begun."""

    def __init__(self, scenario: Scenario, runtime: Runtime, cases: dict[str, int]) -> None:
        super().__init__(folder=scenario.folder)
        self._runtime = runtime
        if scenario.title in cases:
            self.opened(cases[scenario.title], None)


def _schedules_from(today: date) -> datetime:
    """From when on processes start by themselves: the old cases need no year of nights and months.

    The eve of this month, so that what begins with the month has begun.
    """
    return start_of_day(today.replace(day=1) - timedelta(days=1))


def _begun(runtime: Runtime, until: datetime) -> Row[Any]:
    with runtime.engine.begin() as connection:
        connection.execute(insert(DemonstrationRun), {"until": until, "steps_done": 0, "cases": {}})
        return connection.execute(_RUN).one()


_RUN = select(DemonstrationRun.__table__).order_by(DemonstrationRun.key).limit(1)
_ANY_INSTANCE = select(ProcessInstance.key).limit(1)
