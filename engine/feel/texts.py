"""The text of any value, as `string()` gives it."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from engine.feel.limits import bounded_string
from engine.feel.temporal import text_of
from engine.feel.values import Range, YearMonthDuration, type_name


def string_of(value: object) -> str:
    """The text of `value`; strings stand bare alone and quoted inside lists and contexts."""
    return value if isinstance(value, str) else bounded_string(literal_of(value))


def literal_of(value: object) -> str:
    """`value` as it stands inside a list or a context."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date | time | timedelta | YearMonthDuration):
        return text_of(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal_of(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {literal_of(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Range):
        return _range_text(value)
    return type_name(value)


def number_text(number: Decimal) -> str:
    """Digits without an exponent and without trailing zeros."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _range_text(range_: Range) -> str:
    if range_.low is None:
        return f"{'<=' if range_.high_included else '<'} {literal_of(range_.high)}"
    if range_.high is None:
        return f"{'>=' if range_.low_included else '>'} {literal_of(range_.low)}"
    opening, closing = "[" if range_.low_included else "(", "]" if range_.high_included else ")"
    return f"{opening}{literal_of(range_.low)}..{literal_of(range_.high)}{closing}"
