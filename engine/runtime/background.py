"""A thread that works off what waits in the database, whenever it is woken and by itself."""

from __future__ import annotations

import logging
import os
from abc import ABC, abstractmethod
from threading import Event, Lock, Thread

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0


class BackgroundWorker(ABC):
    """One thread, which may be asked to start as often as one likes.

    Nothing but the rows in the database may say how far the work is, so it goes on after a
    restart; what fails is logged and tried again.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._something_new = Event()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._process = 0
        self.stopping = Event()

    @abstractmethod
    def work(self) -> None:
        """Do what waits; give up soon once `stopping` is set."""

    def wake(self) -> None:
        """There is something to do; a thread that did not survive a fork is started anew."""
        with self._lock:
            alive = self._thread is not None and self._thread.is_alive()
            if not alive or self._process != os.getpid():
                self._process = os.getpid()
                self.stopping.clear()
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        self._something_new.set()

    def stop(self) -> None:
        """Finish what is at hand and stop."""
        self.stopping.set()
        self._something_new.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.work()
            except Exception:
                log.exception("%s stopped and will be tried again", self._name)
            self._something_new.wait(LOOK_EVERY_SECONDS)
            self._something_new.clear()
