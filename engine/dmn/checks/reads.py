"""What input columns read, to know which of them depend on each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.dmn.checks.spots import names_brought
from engine.dmn.errors import NoSuchDecision
from engine.dmn.model import BusinessKnowledgeModel, Decision, Definitions
from engine.dmn.requirements import input_names, resolve, spoken_within
from engine.feel import FeelError, compile_expression, syntax
from engine.feel.expression import read_expression
from engine.feel.walk import parts_of

Steps = tuple[str, ...]
"""A variable and the entries below it."""

_OF_DATES = ("year", "month", "day", "weekday", "hour", "minute", "second", "time offset")
_OF_DURATIONS = ("years", "months", "days", "hours", "minutes", "seconds")
_PARTS = frozenset([*_OF_DATES, "timezone", *_OF_DURATIONS])
"""What dates, times and durations have behind the dot (DMN 1.5, table 60): few values each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reads:
    """The variables behind a column; `computed` if not each value of its type need be possible."""

    paths: frozenset[Steps]
    computed: bool

    def depends_with(self, other: Reads) -> bool:
        """Whether both hang on one variable, so that not every two values go together."""
        return any(_touch(one, two) for one in self.paths for two in other.paths)


def reads_of(source: str, home: Definitions, element: Decision | BusinessKnowledgeModel) -> Reads:
    """What the expression of a column in the table of `element` reads.

    A required decision stands for itself and the input data it is made from.
    """
    behind = _decisions_behind(home, element)
    names = spoken_within(home) | behind.keys()
    try:
        node = read_expression(source or "null", names)
        free = compile_expression(source or "null", names=names).names
    except FeelError:
        return Reads(paths=frozenset(), computed=True)
    paths = [path for path in _paths(node) if path[0] in free]
    below = {(name,) for path in paths for name in behind.get(path[0], ())}
    varies = any(path[0] in behind for path in paths)
    return Reads(
        paths=frozenset(paths) | below,
        computed=varies or not _is_free(node) or len(set(paths)) < len(paths),
    )


def _decisions_behind(
    home: Definitions, element: Decision | BusinessKnowledgeModel
) -> dict[str, frozenset[str]]:
    """The names of required decisions, with the input data behind each."""
    behind: dict[str, frozenset[str]] = {}
    for reference in element.information if isinstance(element, Decision) else ():
        try:
            there, found = resolve(home, reference)
        except NoSuchDecision:
            continue
        if isinstance(found, Decision):
            inputs = input_names(there, found)
            behind |= dict.fromkeys(names_brought(home, reference, found), inputs)
    return behind


def _paths(node: syntax.Node) -> Iterator[Steps]:
    pending = [node]
    while pending:
        part = pending.pop()
        path = _path(part)
        if path:
            yield path
        else:
            pending.extend(parts_of(part))


def _path(node: syntax.Node) -> Steps:
    """The steps of a path that starts at a variable; nothing for any other node."""
    steps: list[str] = []
    while isinstance(node, syntax.Path):
        steps.append(node.name)
        node = node.source
    return (node.name, *reversed(steps)) if isinstance(node, syntax.Name) else ()


def _is_free(node: syntax.Node) -> bool:
    """Whether a node is a variable, or a sum of variables and constants: it can have any value."""
    if isinstance(node, syntax.Arithmetic):
        return node.operator in "+-" and _is_free(node.left) and _is_free(node.right)
    path = _path(node)
    return isinstance(node, syntax.Literal) or (bool(path) and path[-1] not in _PARTS)


def _touch(one: Steps, other: Steps) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
