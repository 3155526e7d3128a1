"""Working off files of questions, in a thread of its own that takes up what waits.

Only the rows in the database say how far a run is, so it goes on after a restart.
"""

from __future__ import annotations

import logging
import os
import time
from threading import Event, Lock, Thread

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from engine.errors import ChengxinError
from engine.identity import SYSTEM, User
from engine.register.models import PrecheckRun
from engine.register.precheck.batch import RUNNING, CancelPrecheckRun, CheckNextRows
from engine.runtime import Runtime
from engine.runtime.errors import Conflict

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
BREATH_SECONDS = 0.02
"""Between two transactions, so that people who click get their turn."""


def advance(runtime: Runtime, run_key: int) -> None:
    """Ask every row of a run that waits."""
    while runtime.execute(CheckNextRows(run_key=run_key)):
        time.sleep(0)


class PrecheckWorker:
    """A thread that works off running files. It may be asked to start as often as one likes."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._something_new = Event()
        self._stopping = Event()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._process = 0

    def wake(self) -> None:
        """There is something to do; a thread that did not survive a fork is started anew."""
        with self._lock:
            alive = self._thread is not None and self._thread.is_alive()
            if not alive or self._process != os.getpid():
                self._process = os.getpid()
                self._stopping.clear()
                self._thread = Thread(target=self._run, name="prechecks", daemon=True)
                self._thread.start()
        self._something_new.set()

    def stop(self) -> None:
        """Finish the rows at hand and stop."""
        self._stopping.set()
        self._something_new.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work()
            except (Conflict, OperationalError):
                log.info("pre-checks of a file will be tried again")
            except Exception:
                log.exception("pre-checks of a file stopped and will be tried again")
            self._something_new.wait(LOOK_EVERY_SECONDS)
            self._something_new.clear()

    def _work(self) -> None:
        for run_key, login in _running(self._runtime):
            try:
                while self._runtime.execute(CheckNextRows(run_key=run_key)):
                    if self._stopping.wait(BREATH_SECONDS):
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
