"""Where texts and lines begin and end (XPath Functions and Operators 3.1, 5.6.1.1 and 5.6.2)."""

from __future__ import annotations

from engine.feel.patterns.tree import Edge


def at_edge(edge: Edge, text: str, position: int) -> bool:
    """Whether the position, from 0, is at such an edge of the text."""
    if edge is Edge.START:
        return position == 0
    if edge is Edge.END:
        return position == len(text)
    if edge is Edge.LINE_START:
        return position == 0 or (position < len(text) and text[position - 1] == "\n")
    return position == len(text) or text[position] == "\n"
