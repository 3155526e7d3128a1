"""Tree → the pattern of Python's `re` that matches the same."""

from __future__ import annotations

from engine.feel.patterns.charset import EVERYTHING, CharSet
from engine.feel.patterns.tree import (
    Border,
    Capture,
    Character,
    Choice,
    Edge,
    Node,
    Reference,
    Repeat,
    Sequence,
)

_EDGES = {
    Edge.START: r"\A",
    Edge.END: r"\Z",
    Edge.LINE_START: r"(?:\A|(?<=\n)(?!\Z))",
    Edge.LINE_END: r"(?=\n|\Z)",
}


def translated(node: Node) -> str:
    """The text for `re.compile`, without flags; nodes that refer to groups have none."""
    match node:
        case Character(members=members):
            return _character(members)
        case Border(edge=edge):
            return _EDGES[edge]
        case Sequence(parts=parts):
            return "".join(_alone(part) for part in parts)
        case Choice(branches=branches):
            return "|".join(translated(branch) for branch in branches)
        case Capture(body=body):
            return f"({translated(body)})"
        case Repeat(body=body, least=least, most=most, greedy=greedy):
            text = translated(body)
            if not isinstance(body, Character | Capture):
                text = f"(?:{text})"
            bounds = f"{{{least},{'' if most is None else most}}}"
            return f"{text}{bounds}{'' if greedy else '?'}"
        case Reference():
            raise AssertionError("a reference is not translated")


def _alone(node: Node) -> str:
    text = translated(node)
    return f"(?:{text})" if isinstance(node, Choice) else text


def _character(members: CharSet) -> str:
    if not members:
        return r"(?!)"
    if members == EVERYTHING:
        return r"(?s:.)"
    only = members.single()
    if only is not None:
        return _code(ord(only))
    spans = (
        _code(first) if first == last else f"{_code(first)}-{_code(last)}"
        for first, last in members.ranges()
    )
    return f"[{''.join(spans)}]"


def _code(code: int) -> str:
    character = chr(code)
    return character if character.isascii() and character.isalnum() else f"\\U{code:08x}"
