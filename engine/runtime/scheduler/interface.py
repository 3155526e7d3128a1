"""What keeps time going: something that sweeps often enough, in this process or in others."""

from __future__ import annotations

from typing import Protocol


class Scheduler(Protocol):
    """Does until it is stopped what `Runtime.sweep` does."""

    def start(self) -> None: ...

    def stop(self) -> None: ...
