"""Is everything there that the letter must say? Everything missing is named at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from engine.documents.data import look_up
from engine.documents.errors import DocumentIncomplete
from engine.documents.template import Field, Kind, Template


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """A field that is missing or holds something else than it should; `path` is where.

    `zh` and `en` name it together with `clause`, the clause that asks for it, if one is known.
    """

    path: str
    zh: str
    en: str
    clause: str | None = None


def require_complete(template: Template, data: Mapping[str, object]) -> None:
    """Raise `DocumentIncomplete` with all that `data` lacks for `template`."""
    lacking = lacks(template, data)
    if lacking:
        raise DocumentIncomplete(
            title=template.title,
            title_en=template.title_en,
            count=len(lacking),
            missing=lacking,
            missing_zh="、".join(lack.zh for lack in lacking),
            missing_en=", ".join(lack.en for lack in lacking),
        )


def lacks(template: Template, data: Mapping[str, object]) -> tuple[Lack, ...]:
    """What `data` (plain, as from `snapshot`) lacks for `template`, in the template's order."""
    return tuple(lack for field in template.fields for lack in _lacks(field, data))


def _lacks(field: Field, data: Mapping[str, object]) -> Iterator[Lack]:
    if not _is_asked_for(field, data):
        return
    if field.alternative and _first(data, field.alternative) not in (False, *_NOTHING):
        return
    for place, value in look_up(data, field.path):
        if _is_empty(value):
            if not field.optional:
                yield _lack(field, place)
        elif not _FITS[field.kind](value):
            yield _lack(field, place, *_EXPECTED[field.kind])
        elif field.values and value not in field.values:
            yield _lack(field, place, "或".join(field.values), " or ".join(field.values))


def _lack(field: Field, place: str, expected_zh: str = "", expected_en: str = "") -> Lack:
    position = place[place.rfind("[") + 1 : place.rfind("]")] if "[" in place else ""
    notes_zh = (position and f"第{position}项", expected_zh and f"应为{expected_zh}", field.clause)
    notes_en = (position and f"item {position}", expected_en and f"should be {expected_en}")
    return Lack(
        path=place,
        zh=field.zh + "".join(f"（{note}）" for note in notes_zh if note),
        en=field.en + "".join(f" ({note})" for note in (*notes_en, field.clause) if note),
        clause=field.clause,
    )


_NOTHING: tuple[object, ...] = (None, "", [], {})


def _is_asked_for(field: Field, data: Mapping[str, object]) -> bool:
    return all(_first(data, other) in values for other, values in field.when.items())


def _first(data: Mapping[str, object], path: str) -> object:
    return next((value for _, value in look_up(data, path)), None)


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


_FITS: Mapping[Kind, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str | int) and not isinstance(value, bool),
    "date": _is_date,
    "number": _is_number,
    "list": lambda value: isinstance(value, list),
    "flag": lambda value: isinstance(value, bool),
    "any": lambda value: True,
}
_EXPECTED: Mapping[Kind, tuple[str, str]] = {
    "text": ("文字", "text"),
    "date": ("日期", "a date"),
    "number": ("数字", "a number"),
    "list": ("列表", "a list"),
    "flag": ("是或否", "true or false"),
    "any": ("任意值", "anything"),
}
