"""How a view reaches the engine: the runtime of this process, its clock, a connection to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from flask import current_app

from engine.clock import Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Runtime(Protocol):
    """What the web needs of the engine's runtime."""

    @property
    def engine(self) -> Engine: ...

    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, kw_only=True)
class BareRuntime:
    """A database and a clock, and no procedures: enough to sign in."""

    engine: Engine
    clock: Clock


def the_runtime() -> Any:
    """The runtime of this process: `execute(command)` and what else `engine.runtime` offers."""
    return current_app.extensions["chengxin"]


def the_clock() -> Clock:
    """The one clock."""
    return cast("Clock", the_runtime().clock)


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for queries, given back at the end of the block.

    Short on purpose: what was read before a command is out of date after it.
    """
    with the_runtime().engine.connect() as connection:
        yield connection
