"""The measured side of pre-checks: a list of many entries, asked through the command."""

from __future__ import annotations

from pathlib import Path

from engine.clock import SystemClock
from engine.identity import User
from engine.register.many_entries import enter_many, party_code
from engine.register.precheck import AskPrecheck, Question, purposes, tables_in_force
from engine.runtime import Runtime, files_in
from engine.runtime.commands import Deploy
from engine.shipped import shipped_folder
from engine.store import Base, open_database

OFFICER = User(
    key=1, login="bench", name="bench", organisation="CZ-CG", organisation_path="CZ/CZ-CG/",
    bureau_path="CZ/", permissions=frozenset({"register.precheck"}), sees_all=True,
)  # fmt: skip


class PrecheckSide:
    """A runtime on a fresh SQLite file with the shipped tables."""

    def __init__(self, folder: Path) -> None:
        engine = open_database(f"sqlite:///{folder / 'precheck.sqlite'}")
        Base.metadata.create_all(engine)
        self._clock = SystemClock()
        self._runtime = Runtime(engine, self._clock)
        self._runtime.execute(Deploy(files=files_in(shipped_folder("dmn"))))
        with self._runtime.reading() as connection:
            decide = tables_in_force(connection, self._runtime.definitions, self._clock)
            self._purpose = purposes(decide)[0].id

    def fill(self, first: int, upto: int) -> None:
        """Enter the parties with these numbers; of every second one the entry has ended."""
        with self._runtime.engine.begin() as connection:
            enter_many(connection, range(first, upto), self._clock.now())

    def ask(self, number: int) -> bool:
        """Ask about one party. Gives whether it passes."""
        question = Question(
            purpose=self._purpose,
            project_no="BENCH",
            name=f"示例单位{number}",
            code=party_code(number),
            door="command",
        )
        answer = self._runtime.execute(AskPrecheck(question=question, user=OFFICER))
        return bool(answer.passes)
