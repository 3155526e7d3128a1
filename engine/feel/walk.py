"""Going through a parsed expression."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel import syntax


def walk(node: syntax.Node) -> Iterator[syntax.Node]:
    """`node` and all nodes inside it."""
    pending: list[object] = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, syntax.Node):
            yield part
            pending.extend(getattr(part, name) for name in part.__dataclass_fields__)
        elif isinstance(part, tuple):
            pending.extend(part)
