"""The same steps without a browser, for pages that only look at what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import select

from engine.forms import Form, Presented, submitted_from_pairs
from engine.identity import User, load_user
from engine.runtime.commands import CompleteTask, StartInstance
from engine.runtime.models import ProcessInstance, UserTask
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.startable import start_sheet, startable
from engine.runtime.queries.task import FormSheet, form_sheet, task_record
from engine.runtime.variables import merged
from tests.browser.listing_case import PROCESS, Step
from tests.browser.served import ALL, Served


class Clerks:
    """Everybody of the office, each doing what they are told under their own name."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.runtime = served.runtime

    def registers(self, login: str, clue: Mapping[str, object]) -> int:
        """Start a case by its form; gives its key."""
        user = self._user(login)
        with self._looking() as look:
            begun = startable(look, PROCESS)
            answers = _submitted(start_sheet(look, user, begun), clue)
        command = StartInstance(process_id=begun.process_id, user=user, variables=answers)
        return int(self.runtime.execute(command))

    def does(self, step: Step, case: int) -> None:
        """Complete the open task of this name in the case, when its time has come."""
        if step.at:
            self.served.time_passes_until(step.at)
        with self._looking() as look:
            key = look.connection.execute(
                select(UserTask.key)
                .join(ProcessInstance, ProcessInstance.key == UserTask.instance_key)
                .where(
                    UserTask.name == step.task,
                    UserTask.state == "open",
                    ProcessInstance.root_key == case,
                )
            ).scalar_one()
            sheet = form_sheet(look, task_record(look, key))
        answers = _submitted(sheet, step.answers) if sheet else {}
        user = self._user(step.login)
        self.runtime.execute(CompleteTask(task_key=key, user=user, variables=answers))

    def _user(self, login: str) -> User:
        with self.runtime.reading() as connection:
            return load_user(connection, login)

    @contextmanager
    def _looking(self) -> Iterator[Reading]:
        with self.runtime.reading() as connection:
            yield Reading(
                connection=connection,
                definitions=self.runtime.definitions,
                calendars=self.runtime.calendars,
                clock=self.runtime.clock,
            )


def _submitted(sheet: FormSheet, answers: Mapping[str, object]) -> dict[str, object]:
    """What the form shows first, and the answers over it."""
    form, context, environment = sheet.form, sheet.context, sheet.environment
    defaults = form.defaults(context, environment)
    every = {
        name: _every_option(form.present(defaults, context=context, environment=environment), name)
        for name, value in answers.items()
        if value is ALL
    }
    return _over(form, defaults, {**answers, **every})


def _over(
    form: Form, defaults: Mapping[str, object], answers: Mapping[str, object]
) -> dict[str, object]:
    pairs = [
        (name, str(one).lower() if isinstance(one, bool) else str(one))
        for name, value in answers.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    both = merged(defaults, submitted_from_pairs(form, pairs))
    assert isinstance(both, dict)
    return both


def _every_option(items: Iterable[Presented], name: str) -> list[str]:
    found: list[str] = []
    for item in items:
        if item.name == name:
            found += [option.key for option in item.options]
        found += _every_option(item.children, name)
    return found
