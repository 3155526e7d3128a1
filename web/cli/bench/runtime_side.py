"""The measured side: user tasks completed through the runtime on a SQLite file."""

from __future__ import annotations

from pathlib import Path

from engine.clock import SystemClock
from engine.identity import User
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.queries.tasks import open_task_keys
from engine.store import Base, open_database
from web.cli.bench.process import VARIABLES, loop, sequence

CLERK = User(
    key=1, login="bench", name="bench", organisation="", organisation_path="", bureau_path="",
    roles=frozenset({"clerks"}), sees_all=True,
)  # fmt: skip


class RuntimeSide:
    """A runtime on a fresh SQLite file (write-ahead log, `synchronous=FULL`)."""

    def __init__(self, folder: Path) -> None:
        engine = open_database(f"sqlite:///{folder / 'bench.sqlite'}")
        Base.metadata.create_all(engine)
        self._clock = SystemClock()
        self._runtime = Runtime(engine, self._clock)

    def sequence(self) -> None:
        """Deploy the row of user tasks."""
        self._deploy(sequence())

    def complete_one_instance(self) -> int:
        """Start an instance and complete its tasks. Gives how many there were."""
        instance = self._start()
        completed = 0
        while keys := self._open(instance):
            variables = {**VARIABLES, "years": completed}
            self._runtime.execute(CompleteTask(task_key=keys[0], user=CLERK, variables=variables))
            completed += 1
        return completed

    def loop(self) -> int:
        """Deploy the loop and start it. Gives the instance."""
        self._deploy(loop())
        return self._start()

    def step(self, instance: int, number: int) -> None:
        """Complete the loop's open task once."""
        (key,) = self._open(instance)
        self._runtime.execute(
            CompleteTask(task_key=key, user=CLERK, variables={"done": False, "round": number})
        )

    def _deploy(self, diagram: bytes) -> None:
        self._runtime.execute(Deploy(files=[SourceFile(name="bench.bpmn", content=diagram)]))

    def _start(self) -> int:
        key: int = self._runtime.execute(
            StartInstance(process_id="bench", user=CLERK, variables=VARIABLES)
        )
        return key

    def _open(self, instance: int) -> list[int]:
        with self._runtime.reading() as connection:
            return open_task_keys(connection, instance)
