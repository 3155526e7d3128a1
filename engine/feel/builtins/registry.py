"""How a built-in function is declared, chosen and called.

A function is declared by its FEEL signature:

    @FUNCTIONS.add("substring(string: string, start position: number, length?: number)")

`name?` may be left out, `*name` takes all further arguments (as the only parameter, also one list
of them, unless they are lists themselves), and a type ending in `?` also takes null and may be
left out of a named call. A function declared several times has several signatures; a call
takes the first that fits. Arguments are converted as the standard says: one value to a list of
it where a list is wanted, a list of one to its item where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException
from enum import Enum
from functools import cached_property
from typing import TypeVar

from engine.feel.builtins.kinds import KINDS, MISMATCH
from engine.feel.errors import (
    ArgumentDoesNotFit,
    DateOutOfRange,
    Fault,
    NumberOutOfRange,
    WrongArguments,
)
from engine.feel.function import Function
from engine.feel.session import Session
from engine.feel.values import type_name

Implementation = TypeVar("Implementation", bound=Callable[..., object])

_LONG = frozenset([str, list, dict])
"""Types whose values take time to go through."""

_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>.*)\)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a signature."""

    name: str
    kind: str
    optional: bool
    variadic: bool
    nullable: bool
    implied: bool

    @property
    def unwraps(self) -> bool:
        """Whether one list may stand for several arguments."""
        return self.variadic and self.kind != "list"

    @classmethod
    def read(cls, text: str) -> Parameter:
        name, _, kind = (part.strip() for part in text.partition(":"))
        return cls(
            name=name.strip("*?"),
            kind=kind.rstrip("?") or "any",
            optional=name.endswith("?"),
            variadic=name.startswith("*"),
            nullable=kind.endswith("?") or kind in ("any", ""),
            implied=kind.endswith("?"),
        )

    def converted(self, argument: object, function: str) -> object:
        """`argument` as this parameter wants it. Raises `ArgumentDoesNotFit`."""
        if argument is None and self.nullable:
            return None
        convert = KINDS[self.kind]
        value = MISMATCH if argument is None else convert(argument)
        if value is MISMATCH and isinstance(argument, list) and len(argument) == 1:
            value = convert(argument[0])
        if value is MISMATCH:
            raise ArgumentDoesNotFit(
                function=function,
                parameter=self.name,
                expected=self.kind,
                found=type_name(argument),
            )
        return value


class Work(Enum):
    """What a call counts as steps besides itself."""

    NOTHING = "nothing: it looks at one thing, or gives what was there"
    RESULT = "the length of the list or string it makes"
    FLAT = "the length of the lists and strings it takes and makes"
    DEEP = "all that is inside the values it takes, and the length of what it makes"


_READING = frozenset([Work.FLAT, Work.DEEP])


@dataclass(frozen=True)
class Signature:
    """One way to call a function."""

    function: str
    parameters: tuple[Parameter, ...]
    implementation: Callable[..., object]
    in_session: bool
    work: Work = Work.FLAT
    steps: int = 0

    @cached_property
    def fewest(self) -> int:
        return sum(not p.optional for p in self.parameters)

    @cached_property
    def names(self) -> list[str]:
        return [parameter.name for parameter in self.parameters]

    @cached_property
    def most(self) -> int | None:
        return None if any(p.variadic for p in self.parameters) else len(self.parameters)

    def takes(self, count: int) -> bool:
        return self.fewest <= count and (self.most is None or count <= self.most)

    def call(self, session: Session, arguments: Sequence[object]) -> object:
        """Call with positional arguments, the count of which is right. Raises `Fault`."""
        if self.work in _READING:
            self._count(session, arguments)
        try:
            converted = self._converted(arguments)
            if self.in_session:
                result = self.implementation(session, *converted)
            else:
                result = self.implementation(*converted)
        except DecimalException:
            raise NumberOutOfRange from None
        except OverflowError:
            raise DateOutOfRange from None
        kind = type(result)
        if kind is int:
            return Decimal(result)  # type: ignore[arg-type]
        if kind in _LONG and self.work is not Work.NOTHING:
            session.count_length(result)
        return result

    def _count(self, session: Session, arguments: Sequence[object]) -> None:
        if self.steps:
            session.step(self.steps)
        for argument in arguments:
            if type(argument) in _LONG:
                if self.work is Work.DEEP:
                    session.weigh(argument)
                else:
                    session.count_length(argument)

    def _converted(self, arguments: Sequence[object]) -> list[object]:
        last = len(self.parameters) - 1
        if self.parameters and self.parameters[last].variadic:
            rest, parameter = list(arguments[last:]), self.parameters[last]
            if parameter.unwraps and not last and len(rest) == 1 and isinstance(rest[0], list):
                rest = rest[0]
            tail = [parameter.converted(item, self.function) for item in rest]
            return [*self._one_each(arguments[:last]), tail]
        return self._one_each(arguments)

    def _one_each(self, arguments: Sequence[object]) -> list[object]:
        return [
            parameter.converted(argument, self.function)
            for parameter, argument in zip(self.parameters, arguments, strict=False)
        ]

    def positional(self, arguments: Mapping[str, object]) -> list[object] | None:
        """Named arguments in order; None if the names are not those of this signature."""
        if not {parameter.name for parameter in self.parameters}.issuperset(arguments):
            return None
        ordered: list[object] = []
        for position, parameter in enumerate(self.parameters):
            if parameter.name in arguments:
                ordered.append(arguments[parameter.name])
            elif parameter.implied:
                ordered.append(None)
            elif not parameter.optional or position < len(arguments):
                return None
        return ordered

    def __str__(self) -> str:
        names = (f"*{p.name}" if p.variadic else p.name for p in self.parameters)
        return f"({', '.join(names)})"


@dataclass(frozen=True, eq=False)
class Builtin(Function):
    """A built-in function with its signatures."""

    signatures: tuple[Signature, ...] = ()

    @property
    def arity(self) -> tuple[int, int | None]:
        """Fewest and most arguments of all signatures."""
        most = [signature.most for signature in self.signatures]
        return (
            min(signature.fewest for signature in self.signatures),
            None if None in most else max(count for count in most if count is not None),
        )

    def invoke(self, session: Session, arguments: Sequence[object]) -> object:
        count = len(arguments)
        fault: Fault | None = None
        for signature in self.signatures:
            if signature.takes(count):
                try:
                    return signature.call(session, arguments)
                except ArgumentDoesNotFit as misfit:
                    fault = fault or misfit
        raise fault or self._wrong(str(count))

    def invoke_named(self, session: Session, arguments: Mapping[str, object]) -> object:
        fitting = [
            (signature, ordered)
            for signature in self.signatures
            if (ordered := signature.positional(arguments)) is not None
        ]
        if not fitting:
            raise self._wrong(", ".join(arguments))
        if len(fitting) > 1:  # before(point, range) and before(range, point) have the same names
            written = list(arguments)
            fitting.sort(key=lambda one: one[0].names != written)
        return self._first(session, fitting)

    def _first(
        self, session: Session, candidates: Sequence[tuple[Signature, Sequence[object]]]
    ) -> object:
        """The answer of the first signature whose types fit; else the fault of the first."""
        fault: Fault | None = None
        for signature, arguments in candidates:
            try:
                return signature.call(session, arguments)
            except ArgumentDoesNotFit as misfit:
                fault = fault or misfit
        assert fault is not None
        raise fault

    def _wrong(self, found: str) -> WrongArguments:
        expected = " / ".join(str(signature) for signature in self.signatures)
        return WrongArguments(function=self.name, expected=expected, found=found)


class Family(dict[str, Builtin]):
    """The functions of one module, in the order they are declared."""

    def add(
        self,
        *signatures: str,
        in_session: bool = False,
        work: Work = Work.FLAT,
        steps: int = 0,
    ) -> Callable[[Implementation], Implementation]:
        """Declare the decorated function under one or more FEEL signatures.

        With `in_session` it takes the `Session` first: for the environment, to count steps, or to
        call functions. A call counts `steps` and its `work`.
        """

        def declare(implementation: Implementation) -> Implementation:
            for text in signatures:
                self._declare(text, implementation, in_session, work, steps)
            return implementation

        return declare

    def _declare(
        self,
        text: str,
        implementation: Callable[..., object],
        in_session: bool,
        work: Work,
        steps: int,
    ) -> None:
        match = _SIGNATURE.fullmatch(text)
        assert match is not None, text
        name = match["name"]
        parts = [part for part in match["parameters"].split(",") if part.strip()]
        parameters = tuple(Parameter.read(part) for part in parts)
        signature = Signature(name, parameters, implementation, in_session, work, steps)
        known = self.get(name)
        if known is not None:
            self[name] = replace(known, signatures=(*known.signatures, signature))
            return
        names = tuple(parameter.name for parameter in parameters)
        self[name] = Builtin(name, names, implementation, (signature,))
