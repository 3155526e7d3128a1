"""A runtime on a real database with a virtual clock, and a few people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from engine.clock import VirtualClock
from engine.feel import decode
from engine.identity import User
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.models import ProcessInstance, UserTask, Variable
from engine.store import Base, open_database
from tests.builders.postgresql import postgresql_database

CLERK = User(
    key=1, login="clerk", name="经办", organisation="CZ", organisation_path="CZ/",
    bureau_path="CZ/", roles=frozenset({"clerks"}),
    permissions=frozenset({"task.view"}),
)  # fmt: skip


class Desk:
    """What the tests of the runtime do: deploy, start, complete, look."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.clerk = CLERK

    def deploy(self, *files: bytes | tuple[str, bytes]) -> None:
        named = [
            SourceFile(name=f"d{number}.bpmn", content=file)
            if isinstance(file, bytes)
            else SourceFile(name=file[0], content=file[1])
            for number, file in enumerate(files)
        ]
        self.runtime.execute(Deploy(files=named))

    def start(self, process_id: str, **variables: object) -> int:
        return self.runtime.execute(
            StartInstance(process_id=process_id, user=CLERK, variables=variables)
        )

    def complete(self, element_id: str, user: User = CLERK, **variables: object) -> None:
        self.complete_key(self.task(element_id), user, **variables)

    def complete_key(self, task_key: int, user: User = CLERK, **variables: object) -> None:
        self.runtime.execute(CompleteTask(task_key=task_key, user=user, variables=variables))

    def task(self, element_id: str) -> int:
        with self.runtime.reading() as connection:
            keys = connection.scalars(
                select(UserTask.key).where(
                    UserTask.element_id == element_id, UserTask.state == "open"
                )
            ).all()
        assert keys, f"{element_id} is not open, only {self.open_tasks()}"
        return keys[0]

    def open_tasks(self) -> list[str]:
        with self.runtime.reading() as connection:
            return sorted(
                connection.scalars(
                    select(UserTask.element_id).where(UserTask.state == "open")
                ).all()
            )

    def variables(self, instance_key: int) -> Mapping[str, object]:
        with self.runtime.reading() as connection:
            rows = connection.execute(
                select(Variable.name, Variable.value).where(
                    Variable.instance_key == instance_key, Variable.scope_id == ""
                )
            )
            return {row.name: decode(row.value) for row in rows}

    def state(self, instance_key: int) -> str:
        with self.runtime.reading() as connection:
            state = connection.scalar(
                select(ProcessInstance.state).where(ProcessInstance.key == instance_key)
            )
        assert state is not None
        return state


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 9, 9, 0))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database with the schema, once on each of the two systems."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'chengxin.sqlite'}")
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    with postgresql_database() as address:
        engine = open_database(address)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def desk(database: Engine, clock: VirtualClock) -> Desk:
    return Desk(Runtime(database, clock))


@pytest.fixture
def new_desk(database: Engine, clock: VirtualClock) -> Callable[[], Desk]:
    """Another runtime on the same database: what a restart leaves."""
    return lambda: Desk(Runtime(database, clock))
