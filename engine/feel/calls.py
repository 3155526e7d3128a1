"""Calls of built-in functions that no signature takes, found without evaluating anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel import syntax
from engine.feel.builtins import BUILTINS, Builtin
from engine.feel.walk import walk


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCall:
    """A call that can only give null: `wanted` are the signatures, `found` what stands there."""

    function: str
    wanted: str
    found: str
    offset: int


def wrong_calls(node: syntax.Node, called: frozenset[str]) -> Iterator[WrongCall]:
    """The wrong calls in a parsed text; `called` are the functions it does not define itself."""
    for part in walk(node):
        if not isinstance(part, syntax.Call | syntax.NamedCall):
            continue
        name = part.function.name if isinstance(part.function, syntax.Name) else ""
        builtin = BUILTINS.get(name) if name in called else None
        if builtin is not None and not _is_taken(builtin, part):
            yield WrongCall(
                function=name,
                wanted="、".join(f"{name}{signature}" for signature in builtin.signatures),
                found=_found(part),
                offset=part.offset,
            )


def _is_taken(builtin: Builtin, call: syntax.Call | syntax.NamedCall) -> bool:
    if isinstance(call, syntax.Call):
        return any(signature.takes(len(call.arguments)) for signature in builtin.signatures)
    given: dict[str, object] = dict(call.arguments)
    return any(signature.positional(given) is not None for signature in builtin.signatures)


def _found(call: syntax.Call | syntax.NamedCall) -> str:
    if isinstance(call, syntax.Call):
        return str(len(call.arguments))
    return ", ".join(name for name, _ in call.arguments)
