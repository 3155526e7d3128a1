"""Working off files of questions, in a thread of its own that takes up what waits.

Only the rows in the database say how far a run is, so it goes on after a restart.
"""

from __future__ import annotations

import logging
import time

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from engine.errors import ChengxinError
from engine.identity import SYSTEM, User
from engine.register.models import PrecheckRun
from engine.register.precheck.batch import RUNNING, CancelPrecheckRun, CheckNextRows
from engine.runtime import Runtime
from engine.runtime.background import BackgroundWorker
from engine.runtime.errors import Conflict

log = logging.getLogger(__name__)

BREATH_SECONDS = 0.02
"""Between two transactions, so that people who click get their turn."""


def advance(runtime: Runtime, run_key: int) -> None:
    """Ask every row of a run that waits."""
    while runtime.execute(CheckNextRows(run_key=run_key)):
        time.sleep(0)


class PrecheckWorker(BackgroundWorker):
    """Works off running files."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__("prechecks")
        self._runtime = runtime

    def work(self) -> None:
        try:
            for run_key, login in _running(self._runtime):
                self._ask(run_key, login)
        except (Conflict, OperationalError):
            log.info("pre-checks of a file will be tried again")

    def _ask(self, run_key: int, login: str) -> None:
        try:
            while self._runtime.execute(CheckNextRows(run_key=run_key)):
                if self.stopping.wait(BREATH_SECONDS):
                    return
        except Conflict:
            raise
        except ChengxinError as error:
            log.warning("pre-checks of file %s: %s", run_key, error)
            self._runtime.execute(CancelPrecheckRun(run_key=run_key, user=_as(login)))


def _running(runtime: Runtime) -> list[tuple[int, str]]:
    wanted = select(PrecheckRun.key, PrecheckRun.started_by).where(PrecheckRun.state == RUNNING)
    with runtime.reading() as connection:
        return [
            (row.key, row.started_by)
            for row in connection.execute(wanted.order_by(PrecheckRun.key))
        ]


def _as(login: str) -> User:
    """The product itself, for a person whose account may be gone."""
    return User(
        key=SYSTEM.key,
        login=login,
        name=SYSTEM.name,
        organisation="",
        organisation_path="",
        bureau_path="",
        permissions=SYSTEM.permissions,
    )
