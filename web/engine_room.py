"""How a view reaches the engine: the runtime of this process, its clock, a connection to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import current_app

from engine.clock import Clock
from engine.runtime import Runtime

if TYPE_CHECKING:
    from sqlalchemy import Connection


def the_runtime() -> Runtime:
    """The runtime of this process."""
    return cast("Runtime", current_app.extensions["chengxin"])


def the_clock() -> Clock:
    """The one clock."""
    return the_runtime().clock


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for queries, given back at the end of the block.

    Short on purpose: what was read before a command is out of date after it.
    """
    with the_runtime().reading() as connection:
        yield connection
