"""The scheduler inside the web process: one APScheduler job that sweeps every second."""

from __future__ import annotations

import logging

from apscheduler.schedulers.background import BackgroundScheduler

from engine.runtime.runtime import Runtime

log = logging.getLogger(__name__)

EVERY_SECONDS = 1


class EmbeddedScheduler:
    """Sweeps in a thread of its own; a sweep that runs late is not run twice."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._scheduler = BackgroundScheduler(timezone="Asia/Shanghai")

    def start(self) -> None:
        self._scheduler.add_job(
            self._sweep, "interval", seconds=EVERY_SECONDS, max_instances=1, coalesce=True
        )
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=True)

    def _sweep(self) -> None:
        try:
            self._runtime.sweep()
        except Exception:
            log.exception("the sweep failed and will be tried again")
