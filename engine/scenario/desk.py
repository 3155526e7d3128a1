"""What the steps of a scenario work at: a runtime, its clock, and the cases started so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select

from engine.clock import VirtualClock
from engine.identity import User, load_user
from engine.runtime import Command, Runtime, SourceFile
from engine.runtime.commands import RearmStartTimers
from engine.runtime.definitions import DeployedProcess
from engine.runtime.models import (
    Incident,
    ProcessDefinition,
    ProcessInstance,
    UserTask,
    UserTaskCandidate,
)
from engine.scenario.errors import StepFailed
from engine.scenario.family import family
from engine.scenario.model import Step
from engine.scenario.nearest import nearest
from engine.scenario.steps.reading import text
from engine.scenario.world import Setting, files_of, open_world


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedTask:
    """An open user task as a scenario speaks of it."""

    key: int
    row: Row[Any]
    groups: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.row.name)


@dataclass(kw_only=True)
class Desk:
    """The world while a scenario is played. Made by the first step that is no setting."""

    folder: Path
    setting: Setting = field(default_factory=Setting)
    cases: dict[str, int] = field(default_factory=dict)
    current: int | None = None
    files: list[SourceFile] = field(default_factory=list)
    incidents_seen: set[int] = field(default_factory=set)
    _runtime: Runtime | None = None

    @property
    def is_open(self) -> bool:
        return self._runtime is not None

    @property
    def runtime(self) -> Runtime:
        """The runtime; opened when first asked for. Raises `StepFailed` before a time is set."""
        if self._runtime is None:
            if self.setting.now is None:
                raise StepFailed(
                    "还没有说现在是什么时候，请先写「现在: 2024-03-21 09:00」",
                    "nothing says what time it is; write 'now: 2024-03-21 09:00' first",
                )
            self.files = files_of(self.setting)
            self._runtime = open_world(self.files, self.setting.people, self.setting.now)
            if not self.setting.starts_all:
                starting = [self.process(name) for name in self.setting.starting or ()]
                self.execute(RearmStartTimers(processes=starting))
        return self._runtime

    @property
    def clock(self) -> VirtualClock:
        clock = self.runtime.clock
        assert isinstance(clock, VirtualClock)
        return clock

    def restart(self, at: datetime) -> None:
        """The server is started again at `at`: nothing is left but the database."""
        engine = self.runtime.engine
        self._runtime = Runtime(engine, VirtualClock(at))

    def execute(self, command: Command) -> Any:
        """Execute a command of the runtime."""
        return self.runtime.execute(command)

    def user(self, login: str) -> User:
        """The person with this login. Raises `UnknownUser`."""
        with self.runtime.reading() as connection:
            return load_user(connection, login)

    # -- cases -------------------------------------------------------------------------------------

    def opened(self, key: int, name: str | None) -> None:
        """An instance was started. One of its own is a case: from now on steps mean it unless they
        name another. One that belongs to a case of before may have a name, but steps go on to mean
        that case.
        """
        head = self.case_around(key)
        if head is None or name is not None:
            self.cases[name or f"#{len(self.cases) + 1}"] = key
        self.current = key if head is None else head

    def case_around(self, key: int) -> int | None:
        """The case of this scenario to which a root instance belongs; None if it is a new one."""
        if key in self.cases.values():
            return key
        with self.runtime.reading() as connection:
            around = family(connection, key)
        return next((root for root in around if root in self.cases.values()), None)

    def case(self, step: Step) -> int:
        """The instance that the step means: the one it names, else the one started last."""
        name = step.fields.get("case")
        if name is not None:
            return self.case_named(text(name, "案件"))
        if self.current is None:
            raise StepFailed("还没有发起任何案件", "no case has been started yet")
        return self.current

    def case_named(self, name: str) -> int:
        """The case that was started under this name, or has it as its business key: one that a
        timer or a message started has no other. Raises `StepFailed`.
        """
        if name not in self.cases:
            by_key = select(ProcessInstance.key).where(
                ProcessInstance.business_key == name, ProcessInstance.parent_key.is_(None)
            )
            for row in self.all(by_key.order_by(ProcessInstance.key).limit(1)):
                return int(row.key)
            raise StepFailed(
                f"没有名为「{name}」的案件，有的是：{listed(self.cases)}",
                f"there is no case '{name}', only: {listed(self.cases)}",
            )
        return self.cases[name]

    def instance(self, key: int) -> Row[Any]:
        """The row of an instance."""
        return self.one(select(ProcessInstance).where(ProcessInstance.key == key))

    def roots(self, root: int) -> list[int]:
        """The root instances of a case: the one it began with and those of its other procedures."""
        with self.runtime.reading() as connection:
            return family(connection, root)

    def instances(self, root: int) -> list[Row[Any]]:
        """The instances of a case, with all that they called, the oldest first."""
        of_case = select(ProcessInstance).where(ProcessInstance.root_key.in_(self.roots(root)))
        return self.all(of_case.order_by(ProcessInstance.key))

    def scope(self, step: Step) -> list[Row[Any]]:
        """The instances the step means: all of its case, or with field `process` those of that
        process and what they called. Raises `StepFailed` if there are none.
        """
        rows = self.instances(self.case(step))
        wanted = step.fields.get("process")
        if wanted is None:
            return rows
        process = self.process(text(wanted, "流程"))
        inside: set[int] = set()
        for row in rows:
            if row.process_id == process or row.parent_key in inside:
                inside.add(row.key)
        if not inside:
            raise StepFailed(
                f"案件中没有办理过流程「{wanted}」",
                f"the case has no instance of process '{wanted}'",
            )
        return [row for row in rows if row.key in inside]

    def scope_keys(self, step: Step) -> list[int]:
        """The keys of the instances the step means."""
        return [row.key for row in self.scope(step)]

    def instance_of(self, step: Step) -> Row[Any]:
        """The instance the case began with, or with field `process` the newest of that process."""
        wanted = step.fields.get("process")
        if wanted is None:
            return self.instance(self.case(step))
        process = self.process(text(wanted, "流程"))
        return [row for row in self.scope(step) if row.process_id == process][-1]

    # -- definitions -------------------------------------------------------------------------------

    def process(self, name: str) -> str:
        """The id of the process with this id or name. Raises `StepFailed`."""
        rows = self.all(
            select(ProcessDefinition.process_id, ProcessDefinition.name).order_by(
                ProcessDefinition.key
            )
        )
        for row in rows:
            if name in (row.process_id, row.name):
                return str(row.process_id)
        known = listed(dict.fromkeys(row.name for row in rows))
        raise StepFailed(
            f"没有流程「{name}」，有的是：{known}", f"there is no process '{name}', only: {known}"
        )

    def processes(self) -> list[DeployedProcess]:
        """The newest version of every deployed process."""
        newest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
        runtime = self.runtime
        with runtime.reading() as connection:
            keys = connection.scalars(newest.order_by(func.max(ProcessDefinition.key))).all()
            return [runtime.definitions.process(connection, key) for key in keys]

    def definition(self, key: int) -> DeployedProcess:
        """A version of a process by its key."""
        with self.runtime.reading() as connection:
            return self.runtime.definitions.process(connection, key)

    def element_ids(self, name: str) -> set[str]:
        """The ids of the elements (or flows) that have this id or name. Raises `StepFailed`."""
        found: set[str] = set()
        names: set[str] = set()
        for deployed in self.processes():
            for id_, called in _names_in(deployed):
                names.add(called or id_)
                if name in (id_, called):
                    found.add(id_)
        if not found:
            raise StepFailed(
                f"流程图中没有「{name}」{near(name, names)}",
                f"no diagram has an element '{name}'{near(name, names, 'en')}",
            )
        return found

    def element_name(self, element_id: str) -> str:
        """What a person calls an element."""
        for deployed in self.processes():
            element = deployed.process.elements.get(element_id)
            if element is not None:
                return element.name or element.id
        return element_id

    # -- tasks -------------------------------------------------------------------------------------

    def open_tasks(self, instances: Collection[int]) -> list[OpenedTask]:
        """The open tasks of some instances, the oldest first."""
        query = (
            select(UserTask)
            .where(UserTask.state == "open", UserTask.instance_key.in_(instances))
            .order_by(UserTask.key)
        )
        rows = self.all(query)
        groups = self.all(
            select(UserTaskCandidate.task_key, UserTaskCandidate.candidate).where(
                UserTaskCandidate.task_key.in_([row.key for row in rows]),
                UserTaskCandidate.kind == "group",
            )
        )
        return [
            OpenedTask(
                key=row.key,
                row=row,
                groups=tuple(sorted(g.candidate for g in groups if g.task_key == row.key)),
            )
            for row in rows
        ]

    def task(self, step: Step) -> OpenedTask:
        """The open task that the step's subject names: of several the one of the step's unit, or
        one that its user may do. Raises `StepFailed` with the open ones.
        """
        name = text(step.subject, "任务")
        tasks = self.open_tasks(self.scope_keys(step))
        found = [task for task in tasks if name in (task.row.element_id, task.row.name)]
        if not found:
            self.element_ids(name)
            now = listed(task.name for task in tasks) or "无"
            raise StepFailed(
                f"没有待办「{name}」，现在的待办：{now}",
                f"task '{name}' is not open; open tasks: {now}",
            )
        return next((task for task in found if self._is_meant(task, step)), found[0])

    def _is_meant(self, task: OpenedTask, step: Step) -> bool:
        unit, login = step.fields.get("organisation"), step.fields.get("user")
        if unit is not None:
            return bool(task.row.organisation == unit)
        if login is None:
            return True
        user = self.user(text(login, "人员"))
        near = user.organisation_path.startswith(task.row.organisation_path)
        return near and bool(user.roles & set(task.groups))

    # -- trouble -----------------------------------------------------------------------------------

    def new_incidents(self) -> list[Row[Any]]:
        """The open incidents that no step has seen yet; from now on they have been seen."""
        rows = self.all(
            select(Incident).where(Incident.resolved_at.is_(None)).order_by(Incident.key)
        )
        new = [row for row in rows if row.key not in self.incidents_seen]
        self.incidents_seen.update(row.key for row in new)
        return new

    # -- reading -----------------------------------------------------------------------------------

    def all(self, query: Any) -> list[Row[Any]]:
        """The rows of a query."""
        with self.runtime.reading() as connection:
            return list(connection.execute(query).all())

    def one(self, query: Any) -> Row[Any]:
        """The only row of a query."""
        with self.runtime.reading() as connection:
            return connection.execute(query).one()


def _names_in(deployed: DeployedProcess) -> Iterator[tuple[str, str]]:
    """The ids and names of the elements and flows of a process."""
    for element in deployed.process.elements.values():
        yield element.id, element.name
    for flow in deployed.process.flows.values():
        yield flow.id, flow.name


def listed(names: Iterable[object]) -> str:
    """Names in a sentence."""
    return "、".join(str(name) for name in names)


def near(name: str, names: Iterable[str], language: str = "zh") -> str:
    """What was probably meant, as the end of a sentence; empty if nothing is near."""
    close = nearest(name, names, most=3)
    if not close:
        return ""
    if language == "zh":
        return f"；是否指：{listed(close)}？"
    return f"; did you mean {listed(close)}?"
