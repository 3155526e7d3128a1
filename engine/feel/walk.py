"""Going through a parsed expression."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel import syntax


def walk(node: syntax.Node) -> Iterator[syntax.Node]:
    """`node` and all nodes inside it."""
    pending = [node]
    while pending:
        part = pending.pop()
        yield part
        pending.extend(parts_of(part))


def parts_of(node: syntax.Node) -> Iterator[syntax.Node]:
    """The nodes a node is made of."""
    pending = [getattr(node, name) for name in node.__dataclass_fields__]
    while pending:
        part = pending.pop()
        if isinstance(part, syntax.Node):
            yield part
        elif isinstance(part, tuple):
            pending.extend(part)
