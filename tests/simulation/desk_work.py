"""The open tasks: when each is done, by whom, with which answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.forms.errors import FormInvalid
from engine.identity import User
from engine.runtime.commands import CompleteTask
from engine.runtime.errors import (
    CompletionRefused,
    NotPermitted,
    SamePerson,
    TaskClaimed,
    TaskNotOpen,
)
from engine.runtime.models import ProcessInstance, UserTask, UserTaskCandidate
from engine.runtime.queries.task import variables_seen
from tests.simulation.answers.table import Ask, NotYet, answering
from tests.simulation.failure import SimulationFailed, require

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

DAY = timedelta(days=1)


class DeskWork:
    """Finds the tasks that opened and has them done, most in time, some late, some very late."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._newest = 0
        self.done: dict[str, int] = {}

    def look(self) -> None:
        """Plan the tasks that opened since the last look."""
        opened = select(UserTask).where(UserTask.key > self._newest).order_by(UserTask.key)
        for row in self._simulation.rows(opened):
            self._newest = row.key
            if row.state == "open":
                self._simulation.agenda.add(self._when(row), self._doing(row.key))

    def _when(self, task: Any) -> datetime:
        chance, now = self._simulation.chance, self._simulation.now
        due = task.due_date or now.date() + 5 * DAY
        pace = chance.weighed(at_once=20, prompt=45, in_time=24, late=8, very_late=3)
        if pace == "at_once":
            return now + chance.number(1, 300) * timedelta(minutes=1)
        day = {
            "prompt": lambda: min(due, now.date() + chance.number(0, 2) * DAY),
            "in_time": lambda: chance.day_between(now.date(), max(due, now.date())),
            "late": lambda: due + chance.number(1, 4) * DAY,
            "very_late": lambda: due + chance.number(5, 30) * DAY,
        }[pace]()
        return max(chance.in_office_hours(day), now + chance.number(1, 90) * timedelta(minutes=1))

    def _doing(self, task_key: int) -> Any:
        return lambda: self._do(task_key)

    def _do(self, task_key: int) -> None:
        simulation = self._simulation
        found = select(UserTask, ProcessInstance.business_key).join(
            ProcessInstance, ProcessInstance.key == UserTask.instance_key
        )
        task = simulation.rows(found.where(UserTask.key == task_key))[0]
        if task.state != "open":
            return
        with simulation.runtime.reading() as connection:
            view = variables_seen(connection, task.instance_key, task.token_id)
        ask = Ask(simulation=simulation, task=task, view=view, business_key=task.business_key)
        try:
            answers = answering(task.process_id, task.element_id)(ask)
        except NotYet as not_yet:
            later = simulation.chance.in_office_hours(simulation.now.date() + not_yet.days * DAY)
            simulation.agenda.add(later, self._doing(task_key))
            return
        self._complete(ask, answers)

    def _complete(self, ask: Ask, answers: Mapping[str, object]) -> None:
        able = self._able(ask.task)
        self._try_somebody_else(ask, able, answers)
        for user in able:
            try:
                self._simulation.execute(
                    CompleteTask(task_key=ask.task.key, user=user, variables=answers)
                )
            except (SamePerson, TaskClaimed):
                continue
            except TaskNotOpen:
                return
            except (FormInvalid, CompletionRefused) as refused:
                raise SimulationFailed(
                    f"{ask.task.process_id}.{ask.task.element_id} refused {answers}: "
                    f"{refused.message('zh')}",
                    ask.business_key,
                ) from refused
            self._note(ask, user, answers)
            return
        raise SimulationFailed(
            f"nobody may do {ask.task.process_id}.{ask.task.element_id} of {ask.task.organisation}",
            ask.business_key,
        )

    def _able(self, task: Any) -> list[User]:
        candidates = self._simulation.rows(
            select(UserTaskCandidate).where(UserTaskCandidate.task_key == task.key)
        )
        groups = frozenset(c.candidate for c in candidates if c.kind == "group")
        users = frozenset(c.candidate for c in candidates if c.kind == "user")
        return self._simulation.people.able(task, groups, users)

    def _try_somebody_else(self, ask: Ask, able: list[User], answers: Mapping[str, object]) -> None:
        chance = self._simulation.chance
        if not chance.happens(0.01):
            return
        stranger = chance.one_of(*self._simulation.people.unable(able))
        try:
            self._simulation.execute(
                CompleteTask(task_key=ask.task.key, user=stranger, variables=answers)
            )
        except (NotPermitted, TaskNotOpen):
            return
        require(False, f"{stranger.login} did {ask.task.element_id}", ask.business_key)

    def _note(self, ask: Ask, user: User, answers: Mapping[str, object]) -> None:
        name = f"{ask.task.process_id}.{ask.task.element_id}"
        self.done[name] = self.done.get(name, 0) + 1
        self._simulation.note(ask.business_key, user.login, name, answers)
        for note in ask.done:
            note()
