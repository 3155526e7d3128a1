"""Calls of built-in functions that no signature takes, found without evaluating anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.feel import syntax
from engine.feel.builtins import BUILTINS, Builtin
from engine.feel.walk import walk

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCall:
    """A call that can only give null: `wanted` are the signatures, `found` what stands there."""

    function: str
    wanted: str
    found: str
    offset: int


def wrong_calls(
    node: syntax.Node, called: frozenset[str], own: Mapping[str, Sequence[str]] = NOTHING
) -> Iterator[WrongCall]:
    """The wrong calls in a parsed text.

    `called` are the functions it does not define itself; of those the host defines, `own` has the
    parameters, all of which must be given.
    """
    for part in walk(node):
        if not isinstance(part, syntax.Call | syntax.NamedCall):
            continue
        name = part.function.name if isinstance(part.function, syntax.Name) else ""
        if name in called:
            wrong = _of_own(part, name, own[name]) if name in own else _of_builtin(part, name)
            if wrong is not None:
                yield wrong


def wrong_binding(
    function: str, given: Sequence[str], own: Mapping[str, Sequence[str]]
) -> WrongCall | None:
    """What is wrong with a call of `function` by names that is written as a box, if anything."""
    named = tuple((name, syntax.Literal(offset=0, value=None)) for name in given)
    call = syntax.NamedCall(
        offset=0, function=syntax.Name(offset=0, name=function), arguments=named
    )
    return next(wrong_calls(call, frozenset({function}), own), None)


def _of_own(
    call: syntax.Call | syntax.NamedCall, name: str, parameters: Sequence[str]
) -> WrongCall | None:
    if isinstance(call, syntax.Call):
        taken = len(call.arguments) == len(parameters)
    else:
        taken = {given for given, _ in call.arguments} == set(parameters)
    wanted = f"{name}({', '.join(parameters)})"
    return None if taken else _wrong(call, name, wanted)


def _of_builtin(call: syntax.Call | syntax.NamedCall, name: str) -> WrongCall | None:
    builtin = BUILTINS.get(name)
    if builtin is None or _is_taken(builtin, call):
        return None
    return _wrong(
        call, name, "、".join(dict.fromkeys(f"{name}{one}" for one in builtin.signatures))
    )


def _wrong(call: syntax.Call | syntax.NamedCall, name: str, wanted: str) -> WrongCall:
    return WrongCall(function=name, wanted=wanted, found=_found(call), offset=call.offset)


def _is_taken(builtin: Builtin, call: syntax.Call | syntax.NamedCall) -> bool:
    if isinstance(call, syntax.Call):
        return any(signature.takes(len(call.arguments)) for signature in builtin.signatures)
    given: dict[str, object] = dict(call.arguments)
    return any(signature.positional(given) is not None for signature in builtin.signatures)


def _found(call: syntax.Call | syntax.NamedCall) -> str:
    if isinstance(call, syntax.Call):
        return str(len(call.arguments))
    return ", ".join(name for name, _ in call.arguments)
