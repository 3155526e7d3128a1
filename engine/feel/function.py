"""Functions as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.feel.errors import WrongArguments
from engine.feel.syntax import Type
from engine.feel.values import FunctionValue, from_python

if TYPE_CHECKING:
    from engine.feel.session import Session


NamedTypes = Mapping[str, Type]
"""Types the host defines, by name."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function declares: a `function<…>` type, and the named types it speaks of.

    A parameter without a type is of type Any; the result is None where nothing is known of it.
    """

    type: Type
    types: NamedTypes


@dataclass(frozen=True, eq=False)
class Function(FunctionValue):
    """A function an expression can call.

    `parameters` are its names in order; `call` takes the arguments by position, as FEEL values,
    and may raise `Fault` to answer null with a warning. A list of one is not unwrapped for it.
    `signature` tells `instance of` its types; without one only the number of parameters counts.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., object]
    signature: Signature | None = field(default=None, kw_only=True)

    def invoke(self, session: Session, arguments: Sequence[object]) -> object:
        """Call with positional arguments. Raises `Fault`."""
        if len(arguments) != len(self.parameters):
            raise WrongArguments(
                function=self.name, expected=", ".join(self.parameters), found=len(arguments)
            )
        session.settle()
        try:
            return from_python(self.call(*arguments))
        finally:
            session.resume()

    def invoke_named(self, session: Session, arguments: Mapping[str, object]) -> object:
        """Call with named arguments; names must be those of the parameters. Raises `Fault`."""
        if set(arguments) != set(self.parameters):
            raise WrongArguments(
                function=self.name,
                expected=", ".join(self.parameters),
                found=", ".join(arguments),
            )
        return self.invoke(session, [arguments[name] for name in self.parameters])
