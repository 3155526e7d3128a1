"""The text of any value, as `string()` gives it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.errors import StringTooLong
from engine.feel.limits import MAX_STRING
from engine.feel.temporal_texts import Temporal, text_of
from engine.feel.values import Range, type_name


def string_of(value: object) -> str:
    """The text of `value`; strings stand bare alone and quoted inside lists and contexts.

    Raises `StringTooLong` as soon as it is.
    """
    return value if isinstance(value, str) else literal_of(value)


def literal_of(value: object) -> str:
    """`value` as it stands inside a list or a context. Raises `StringTooLong`."""
    text = _Text()
    _write(value, text.add)
    return "".join(text.parts)


class _Text:
    """A text in parts that may not become too long."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, part: str) -> None:
        self.length += len(part)
        if self.length > MAX_STRING:
            raise StringTooLong(length=self.length, limit=MAX_STRING)
        self.parts.append(part)


def _write(value: object, add: Callable[[str], None]) -> None:
    if isinstance(value, list):
        _write_list(value, add)
    elif isinstance(value, dict):
        _write_context(value, add)
    elif isinstance(value, Range):
        _write_range(value, add)
    else:
        add(_scalar_text(value))


def _scalar_text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, Temporal):
        return text_of(value)
    return type_name(value)


def _write_list(items: list[object], add: Callable[[str], None]) -> None:
    add("[")
    for position, item in enumerate(items):
        if position:
            add(", ")
        _write(item, add)
    add("]")


def _write_context(entries: dict[str, object], add: Callable[[str], None]) -> None:
    add("{")
    for position, (key, entry) in enumerate(entries.items()):
        add(f", {key}: " if position else f"{key}: ")
        _write(entry, add)
    add("}")


_MAX_EXPONENT = 6200


def number_text(number: Decimal) -> str:
    """Digits without an exponent and without trailing zeros."""
    if abs(number.adjusted()) > _MAX_EXPONENT:
        return str(number)  # no number of FEEL: only a host can give it
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _write_range(range_: Range, add: Callable[[str], None]) -> None:
    if range_.low is None:
        add("<= " if range_.high_included else "< ")
        _write(range_.high, add)
        return
    if range_.high is None:
        add(">= " if range_.low_included else "> ")
        _write(range_.low, add)
        return
    add("[" if range_.low_included else "(")
    _write(range_.low, add)
    add("..")
    _write(range_.high, add)
    add("]" if range_.high_included else ")")
