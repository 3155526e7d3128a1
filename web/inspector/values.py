"""Values of variables as a page shows them: their type in words, short or as indented JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.feel import YearMonthDuration, plain
from web.inspector.masking import Mask

SHORT = 72
"""So many characters of JSON stand in a line; longer ones unfold."""

TYPES: tuple[tuple[type | tuple[type, ...], object], ...] = (
    (bool, _l("是非")),
    (str, _l("文本")),
    ((int, float, Decimal), _l("数字")),
    (datetime, _l("日期时间")),
    (date, _l("日期")),
    (time, _l("时间")),
    ((timedelta, YearMonthDuration), _l("时长")),
    ((list, tuple), _l("列表")),
    (Mapping, _l("上下文")),
)


@dataclass(frozen=True, kw_only=True)
class ShownValue:
    """A value for the page. `json` is empty if `text` says all."""

    type: str
    text: str
    json: str = ""


def shown(value: object, mask: Mask) -> ShownValue:
    """`value` as the page shows it, numbers of persons masked."""
    kind = type_words(value)
    plainly = mask.value(_plain(value))
    if isinstance(plainly, Mapping | list):
        one_line = json.dumps(plainly, ensure_ascii=False)
        if len(one_line) <= SHORT:
            return ShownValue(type=kind, text=one_line)
        summary = _("%(count)s 项", count=len(plainly))
        return ShownValue(
            type=kind, text=summary, json=json.dumps(plainly, ensure_ascii=False, indent=2)
        )
    return ShownValue(type=kind, text=scalar(plainly))


def scalar(value: object) -> str:
    """A single value in words: yes and no, a dash for nothing."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)


def line_of(value: object, mask: Mask) -> str:
    """`value` on one line, as an input or output of a decision."""
    plainly = mask.value(_plain(value))
    if isinstance(plainly, Mapping | list):
        return json.dumps(plainly, ensure_ascii=False)
    return scalar(plainly)


def type_words(value: object) -> str:
    """The type of a value in words."""
    if value is None:
        return _("空")
    for types, words in TYPES:
        if isinstance(value, types):
            return str(words)
    return type(value).__name__


def _plain(value: object) -> object:
    try:
        return plain(value)
    except (TypeError, ValueError):
        return str(value)
