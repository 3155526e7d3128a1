"""The command bus: one command is one transaction; what it left to do is done after its commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class Command:
    """A wish to change something. Subclasses are frozen facts; each has one handler."""


C = TypeVar("C", bound=Command)
Handler = Callable[[Any, "Transaction"], object]

_HANDLERS: dict[type[Command], Handler] = {}


def handles(command_type: type[C]) -> Callable[[Handler], Handler]:
    """Register the handler of a command type; each type has exactly one."""

    def register(handler: Handler) -> Handler:
        if command_type in _HANDLERS:
            raise TypeError(f"{command_type.__name__} has a handler already")
        _HANDLERS[command_type] = handler
        return handler

    return register


def handler_of(command: Command) -> Handler:
    """The handler of a command. Raises `TypeError` for a type nobody handles."""
    try:
        return _HANDLERS[type(command)]
    except KeyError:
        raise TypeError(f"no handler for {type(command).__name__}") from None


def command_types() -> tuple[type[Command], ...]:
    """Every command type that has a handler."""
    return tuple(_HANDLERS)
