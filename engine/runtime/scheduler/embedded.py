"""The scheduler inside the web process: an APScheduler job that sweeps every second."""

from __future__ import annotations

import logging
from threading import Event, Thread

from apscheduler.schedulers.background import BackgroundScheduler

from engine.runtime.runtime import Runtime

log = logging.getLogger(__name__)

EVERY_SECONDS = 1
OUTSIDE_WORKERS = 3
"""How many threads act outside, so that one slow receiver does not hold up the others."""


class EmbeddedScheduler:
    """Sweeps in a thread of its own; a sweep that runs late is not run twice.

    What acts outside has threads beside that one: no deadline waits for a slow receiver.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._scheduler = BackgroundScheduler(timezone="Asia/Shanghai")
        self._stopping = Event()
        self._outside: list[Thread] = []

    def start(self) -> None:
        self._stopping.clear()
        self._scheduler.add_job(
            self._sweep, "interval", seconds=EVERY_SECONDS, max_instances=1, coalesce=True
        )
        self._scheduler.start()
        self._outside = [
            Thread(target=self._act_outside, name=f"outside-{number}", daemon=True)
            for number in range(OUTSIDE_WORKERS)
        ]
        for worker in self._outside:
            worker.start()

    def stop(self) -> None:
        """Returns when what is being done is done; outside, that is one job of each thread."""
        self._stopping.set()
        self._scheduler.shutdown(wait=True)
        for worker in self._outside:
            worker.join()

    def _sweep(self) -> None:
        try:
            self._runtime.sweep_inside()
        except Exception:
            log.exception("the sweep failed and will be tried again")

    def _act_outside(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._runtime.sweep_outside(at_most=1):
                    continue
            except Exception:
                log.exception("acting outside failed and will be tried again")
            self._stopping.wait(EVERY_SECONDS)
