"""Text from a page, an import file or the API → the typed value of a field.

What is read here is lenient about spelling (`2025/6/20`, `12,345.60`, `是`) and strict about
meaning: a date that does not exist is refused, a number is exact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from engine.clock import in_shanghai
from engine.forms.components import (
    Checkbox,
    Choice,
    DateTimeInput,
    ExpressionField,
    Field,
    FilePicker,
    NumberInput,
    TextInput,
)
from engine.forms.errors import BadValue
from engine.forms.paths import as_rows

MAX_TEXT = 100_000
"""Characters in one text field, whatever the form says."""

YEARS = range(1850, 2201)
"""Years of dates that are accepted."""

_TRUE = frozenset({"true", "on", "1", "是", "有", "√", "✓", "✔", "y", "yes", "对"})
_FALSE = frozenset({"false", "off", "0", "否", "无", "×", "n", "no", "不", "非"})
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?[分秒]?")
_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_EXCEL_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")
_EXCEL_EPOCH = date(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?|[+-]?\d{1,4}(,\d{4})+(\.\d*)?")
_COARSE = re.compile(r"[;；\n]")
_FINE = re.compile(r"[、，,]")


def is_empty(value: object) -> bool:
    """Null, text of blanks, or a list without items."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())


def empty_value(field: Field) -> object:
    """What form-js submits for a field nobody filled."""
    match field:
        case TextInput():
            return ""
        case Checkbox():
            return False
        case Choice(many=True) | FilePicker():
            return []
        case _:
            return None


def read_value(field: Field, raw: object) -> object:
    """The typed value of `raw`; raises `BadValue`. Options are compared elsewhere."""
    match field:
        case TextInput(kind=kind):
            return read_text(raw, lines=kind == "textarea")
        case NumberInput(as_text=as_text):
            number = read_number(raw)
            return f"{number:f}" if as_text and number is not None else number
        case DateTimeInput(subtype="date"):
            return read_date(raw)
        case DateTimeInput(subtype="time"):
            return read_time(raw)
        case DateTimeInput():
            return read_datetime(raw)
        case Checkbox():
            return read_boolean(raw)
        case FilePicker():
            return [_read_key(item) for item in as_list(raw)]
        case Choice(many=True):
            return [_tidy(item) for item in as_list(raw)]
        case Choice():
            return None if is_empty(raw) else _tidy(raw)
        case ExpressionField():
            return raw
    return raw


def read_text(raw: object, *, lines: bool) -> str:
    """Text without control characters; one line without blanks around it."""
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | Decimal | int | float):
        raise BadValue("应为文字", "text is expected")
    text = raw if isinstance(raw, str) else _number_as_text(raw)
    if len(text) > MAX_TEXT:
        raise BadValue(f"超过 {MAX_TEXT:,} 字", f"more than {MAX_TEXT:,} characters")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return text if lines else " ".join(text.split("\n")).strip()


def _number_as_text(number: Decimal | int | float) -> str:
    exact = Decimal(str(number))
    return f"{exact:.0f}" if exact == exact.to_integral_value() else f"{exact:f}"


def read_number(raw: object) -> Decimal | None:
    """An exact number: commas between digits, full-width digits, `¥` and `元` are understood."""
    if is_empty(raw):
        return None
    if isinstance(raw, bool):
        raise BadValue("应为数字", "a number is expected")
    if isinstance(raw, Decimal | int | float):
        text = str(raw)
    elif isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).replace(" ", "").replace("_", "")
        text = text.removeprefix("¥").removeprefix("￥").removeprefix("CNY").removesuffix("元")
    else:
        raise BadValue("应为数字", "a number is expected")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if isinstance(raw, str) and not _NUMBER.fullmatch(text):
        if re.fullmatch(r"[\d.,]+[万亿]", text):
            raise BadValue("请写成元，不要写「万」「亿」", "write the full amount in yuan")
        raise BadValue(f"「{_short(raw)}」不是数字", f"'{_short(raw)}' is not a number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadValue("应为数字", "a number is expected") from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise BadValue("数字过大或过小", "the number is out of range")
    return number


def read_date(raw: object) -> date | None:
    """A real day: ISO, `2025/6/20`, `2025年6月20日`, `20250620`, an Excel date or serial number."""
    if isinstance(raw, datetime):
        return in_shanghai(raw).date()
    if isinstance(raw, date):
        return raw
    if is_empty(raw):
        return None
    text = _text(raw)
    day = re.split(r"[T ]", text, maxsplit=1)
    if len(day) == 2 and not _midnight(day[1]):
        raise BadValue("应只有日期，没有时刻", "a date without a time is expected")
    return _day(day[0])


def read_time(raw: object) -> time | None:
    """A time of day, to the minute or second, without a zone."""
    if isinstance(raw, time):
        return raw.replace(tzinfo=None)
    if isinstance(raw, datetime):
        return in_shanghai(raw).time().replace(tzinfo=None)
    if is_empty(raw):
        return None
    return _clock_time(_ZONE.sub("", _text(raw)))


def read_datetime(raw: object) -> datetime | None:
    """An instant; one without a zone is Shanghai time, a day alone is its first minute."""
    if isinstance(raw, datetime):
        return in_shanghai(raw)
    if isinstance(raw, date):
        return in_shanghai(datetime(raw.year, raw.month, raw.day))  # noqa: DTZ001
    if is_empty(raw):
        return None
    text = _text(raw)
    if _ZONE.search(text) and "T" in text:
        try:
            instant = in_shanghai(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            raise _not_a_date(text) from None
        _plausible(instant.date(), text)
        return instant
    parts = re.split(r"[T ]+", text, maxsplit=1)
    day = _day(parts[0])
    at = _clock_time(parts[1]) if len(parts) == 2 else time()
    return in_shanghai(datetime.combine(day, at))


def read_boolean(raw: object) -> bool:
    """`是`, `true`, `on`, `1`, `√` … ; empty is false."""
    if isinstance(raw, bool):
        return raw
    if is_empty(raw):
        return False
    word = _text(raw).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise BadValue(f"「{_short(word)}」应写「是」或「否」", f"'{_short(word)}' must be yes or no")


def as_list(raw: object) -> list[object]:
    """A list of what is not empty; a single value is a list of one."""
    if is_empty(raw):
        return []
    items = as_rows(raw) if not isinstance(raw, str) else [raw]
    items = items if items or isinstance(raw, list | tuple) else [raw]
    return [item for item in items if not is_empty(item)]


def split_list(text: str, is_item: Callable[[str], bool]) -> list[str]:
    """The items of one cell, divided by ； or a line break, else by 、 or ，.

    What `is_item` knows is not divided further: an item's own label may hold a comma.
    """
    items: list[str] = []
    for part in (part.strip() for part in _COARSE.split(text)):
        pieces = [part] if is_item(part) else [piece.strip() for piece in _FINE.split(part)]
        items.extend(piece for piece in pieces if piece)
    return items


def _read_key(raw: object) -> int:
    if isinstance(raw, int | Decimal | str) and not isinstance(raw, bool):
        text = str(raw).strip()
        if text.isdecimal() and len(text) <= 18:
            return int(text)
    raise BadValue("附件编号不对", "not the key of an attachment")


def _tidy(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _text(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise BadValue("格式不对", "not in the expected form")
    return unicodedata.normalize("NFKC", str(raw)).strip()


def _day(text: str) -> date:
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
        try:
            return _plausible(date(year, month, day), text)
        except ValueError:
            raise BadValue(f"没有 {text} 这一天", f"there is no such day as {text}") from None
    if _EXCEL_SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(Decimal(text)))
    raise _not_a_date(text)


def _plausible(day: date, text: str) -> date:
    """A day of a year somebody can have meant; `0206` for `2026` is a slip."""
    if not YEARS.start <= day.year < YEARS.stop:
        raise BadValue(f"「{_short(text)}」的年份不对", f"the year of '{_short(text)}' is wrong")
    return day


def _midnight(text: str) -> bool:
    return bool(re.fullmatch(r"0{1,2}:00(:00(\.0+)?)?(Z|[+-]\d{2}:?\d{2})?", text.strip()))


def _clock_time(text: str) -> time:
    match = _TIME.fullmatch(text.strip())
    try:
        if match:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        pass
    raise BadValue(f"「{_short(text)}」不是时刻", f"'{_short(text)}' is not a time of day")


def _not_a_date(text: str) -> BadValue:
    return BadValue(
        f"「{_short(text)}」不是日期，应写成 2025-06-20 这样",
        f"'{_short(text)}' is not a date such as 2025-06-20",
    )


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
