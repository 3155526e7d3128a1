"""Taking the values of a step as what they must be, or failing with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.values import instant, show, typed


def text(value: object, what: str) -> str:
    """A text; a number is one too (codes, numbers of documents)."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise _wrong(what, "文字", "text", value)


def texts(value: object, what: str) -> list[str]:
    """A list of texts; one text alone is a list of one, 无 and [] are none."""
    if value in (None, "无", "none"):
        return []
    if isinstance(value, list):
        return [text(item, what) for item in value]
    return [text(value, what)]


def at(value: object, what: str) -> datetime:
    """An instant: `2024-03-26 09:00`, or a day for its first moment."""
    found = instant(value)
    if found is None:
        raise _wrong(what, "日期或时刻，如 2024-03-26 09:00", "a date, or 2024-03-26 09:00", value)
    return found


def day(value: object, what: str) -> date:
    """A day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(what, "日期，如 2024-03-26", "a date like 2024-03-26", value) from None


def context(value: object, what: str) -> dict[str, object]:
    """A context of typed values; nothing is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _wrong(what, "若干「名称: 值」", "entries of name and value", value)
    made = typed(value)
    assert isinstance(made, dict)
    return made


def user_of(step: Step) -> str:
    """The login of the step's user."""
    return text(step.fields.get("user"), "人员")


def _wrong(what: str, zh: str, en: str, value: object) -> StepFailed:
    return StepFailed(
        f"「{what}」应为{zh}，写的是 {show(value)}", f"'{what}' must be {en}, not {show(value)}"
    )
