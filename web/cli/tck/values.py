"""Values as the kit writes them, and whether two of them agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from engine.feel import compile_expression

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_CONSTRUCTORS = {
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}
_NUMBERS = frozenset({"decimal", "double", "float", "integer", "int", "long"})
_TOLERANCE = Decimal("1e-8")


def nodes(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of a name, whatever their namespace."""
    return (
        child
        for child in parent
        if isinstance(child.tag, str) and etree.QName(child).localname == name
    )


def value_of(node: etree._Element) -> object:
    """The value inside a node: `list`, `component`s, or one `value`; null if it is nil."""
    listed = next(nodes(node, "list"), None)
    if listed is not None:
        return None if _is_nil(listed) else [value_of(item) for item in nodes(listed, "item")]
    components = list(nodes(node, "component"))
    if components:
        return {component.get("name") or "": value_of(component) for component in components}
    value = next(nodes(node, "value"), None)
    if value is None or _is_nil(value):
        return None
    return _typed((value.get(f"{_XSI}type") or "string").rpartition(":")[2], value.text or "")


def _is_nil(node: etree._Element) -> bool:
    return node.get(f"{_XSI}nil") == "true"


def _typed(kind: str, text: str) -> object:
    if kind in _CONSTRUCTORS:
        source = f'{_CONSTRUCTORS[kind]}("{text.strip()}")'
        return compile_expression(source).evaluate({}).value
    if kind == "boolean":
        return text.strip() == "true"
    if kind in _NUMBERS:
        return Decimal(text.strip())
    return text


def agrees(wanted: object, found: object) -> bool:
    """Whether a result is the one expected; numbers may differ in the ninth digit, as in the
    kit's own runner."""
    if isinstance(wanted, Decimal) and isinstance(found, Decimal):
        return abs(wanted - found) <= _TOLERANCE * max(Decimal(1), abs(wanted))
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(agrees, wanted, found))
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(
            agrees(entry, found[key]) for key, entry in wanted.items()
        )
    return type(wanted) is type(found) and wanted == found
