"""How a value reads on a page: dates with their weekday, amounts with their commas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.clock import in_shanghai
from engine.errors import Language
from engine.forms.paths import as_rows

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_YES_NO: dict[Language, tuple[str, str]] = {"zh": ("是", "否"), "en": ("yes", "no")}


def shown(value: object, language: Language = "zh") -> str:
    """`value` in words; nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return _YES_NO[language][0 if value else 1]
        case str():
            return value
        case Decimal() | int() | float():
            return number_shown(Decimal(str(value)))
        case datetime():
            return f"{day_shown(in_shanghai(value).date(), language)} {in_shanghai(value):%H:%M}"
        case date():
            return day_shown(value, language)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case Mapping():
            return _context_shown(value, language)
        case list() | tuple():
            comma = "、" if language == "zh" else ", "
            return comma.join(shown(item, language) for item in as_rows(value))
        case _:
            return str(value)


def _context_shown(value: Mapping[object, object], language: Language) -> str:
    for name in ("label", "name", "title"):
        if isinstance(value.get(name), str):
            return str(value[name])
    semicolon = "；" if language == "zh" else "; "
    return semicolon.join(f"{key}: {shown(item, language)}" for key, item in value.items())


def day_shown(day: date, language: Language = "zh") -> str:
    """`2026-02-13（周五）`."""
    weekday = _WEEKDAYS[language][day.weekday()]
    return f"{day:%Y-%m-%d}（{weekday}）" if language == "zh" else f"{day:%Y-%m-%d} ({weekday})"


def number_shown(number: Decimal, digits: int | None = None) -> str:
    """A number to read: grouped only where it has decimals, so that a year stays a year."""
    if not number.is_finite():
        return str(number)
    if digits:
        return f"{number:,.{digits}f}"
    if number == number.to_integral_value():
        return f"{number:.0f}"
    return f"{number.normalize():,f}"


def number_typed(number: Decimal, digits: int | None = None) -> str:
    """A number as it stands in an input: no commas, never in scientific notation."""
    if digits:
        return f"{number:.{digits}f}"
    whole = number == number.to_integral_value()
    return f"{number:.0f}" if whole else f"{number.normalize():f}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SECTIONS = ("", "万", "亿", "万亿")


def amount_in_capitals(amount: Decimal) -> str:
    """An amount in yuan in Chinese capitals (`壹万贰仟叁佰肆拾伍元陆角柒分`).

    Empty for what has no such form: negative, a fraction of a fen, or 10^16 and more.
    """
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 16:
        return ""
    fen = amount * 100
    if fen != fen.to_integral_value():
        return ""
    yuan, cents = divmod(int(fen), 100)
    words = _whole_in_capitals(yuan) + "元" if yuan else ""
    jiao, rest = divmod(cents, 10)
    if not cents:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif yuan:
        words += "零"
    return words + (_DIGITS[rest] + "分" if rest else "整")


def _whole_in_capitals(number: int) -> str:
    sections: list[str] = []
    position = 0
    while number:
        number, section = divmod(number, 10_000)
        words = _section_in_capitals(section)
        if section:
            gap = "零" if section < 1000 and number else ""
            sections.append(gap + words + _SECTIONS[position])
        elif sections and not sections[-1].startswith("零"):
            sections.append("零")
        position += 1
    return "".join(reversed(sections)).rstrip("零")


def _section_in_capitals(section: int) -> str:
    words = ""
    for unit, divisor in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit = section // divisor % 10
        if digit:
            words += _DIGITS[digit] + unit
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")
