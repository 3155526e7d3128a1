"""Values of variables as text and back, without loss; and as plain JSON for others to read.

Numbers are JSON numbers with all their digits. What JSON has no form for is an object with one
marked key: {"@date": "2024-03-26"}, "@time", "@datetime", "@duration", "@range". A context key
that begins with @ gets a second one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from json.encoder import encode_basestring

from engine.feel.errors import Fault, NotAFeelValue, NotDecodable, NotEncodable, ValueTooDeep
from engine.feel.limits import MAX_NESTING
from engine.feel.sizes import bounded_value
from engine.feel.temporal import (
    read_date,
    read_date_time,
    read_duration,
    read_time,
)
from engine.feel.temporal_texts import Temporal, iso_text, text_of
from engine.feel.texts import literal_of
from engine.feel.values import NUMBERS, Range, YearMonthDuration, from_python, type_name
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime


def encode(value: object) -> str:
    """`value` as text.

    Raises `NotEncodable` for functions and what is no FEEL value, `ValueTooLarge` and
    `ValueTooDeep`.
    """
    return _written(value, marks=True)


def json_text(value: object) -> str:
    """`value` as JSON for others: numbers with all digits, temporal values and ranges as text.

    Raises as `encode`.
    """
    return _written(value, marks=False)


def read_json(text: str) -> object:
    """The value that a JSON text says; what looks like a date stays a string.

    Raises `NotDecodable` and `ValueTooDeep`.
    """
    try:
        numbers = NUMBERS.create_decimal
        value = json.loads(
            text, parse_int=numbers, parse_float=numbers, parse_constant=_no_constant
        )
    except (ValueError, RecursionError, DecimalException):
        raise NotDecodable(text=text[:80]) from None
    return bounded_value(value)


def _written(value: object, *, marks: bool) -> str:
    try:
        parts: list[str] = []
        _write(bounded_value(from_python(value)), parts.append, marks)
        return "".join(parts)
    except NotAFeelValue as fault:
        raise NotEncodable(found=fault.values["found"]) from None
    except RecursionError:
        raise ValueTooDeep(limit=MAX_NESTING) from None


def _write(value: object, write: Callable[[str], object], marks: bool) -> None:
    """Write `value`; with `marks`, what JSON has no form for as an object with a marked key."""
    if isinstance(value, str):
        write(encode_basestring(value))
    elif value is None or isinstance(value, bool):
        write({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, Decimal):
        write(_number(value))
    elif isinstance(value, list):
        _write_list(value, write, marks)
    elif isinstance(value, dict):
        named = {_marked_key(key): entry for key, entry in value.items()} if marks else value
        _write_entries(named, write, marks)
    elif isinstance(value, Range):
        if marks:
            _write_range(value, write)
        else:
            write(encode_basestring(literal_of(value)))
    else:
        tag = _TAGS.get(type(value))
        if tag is None:
            raise NotEncodable(found=type_name(value))
        text = text_of(value)  # type: ignore[arg-type]
        write(f'{{"{tag}":"{text}"}}' if marks else f'"{text}"')


_TAGS: dict[type, str] = {
    date: "@date",
    time: "@time",
    datetime: "@datetime",
    timedelta: "@duration",
    YearMonthDuration: "@duration",
    WideDate: "@date",
    WideTime: "@time",
    WideDateTime: "@datetime",
    WideDuration: "@duration",
}


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise NotEncodable(found=str(number))
    return str(number)


def _marked_key(key: str) -> str:
    return "@" + key if key.startswith("@") else key


def _write_list(items: list[object], write: Callable[[str], object], marks: bool) -> None:
    write("[")
    for position, item in enumerate(items):
        if position:
            write(",")
        _write(item, write, marks)
    write("]")


def _write_entries(entries: dict[str, object], write: Callable[[str], object], marks: bool) -> None:
    write("{")
    for position, (key, entry) in enumerate(entries.items()):
        write(("," if position else "") + encode_basestring(key) + ":")
        _write(entry, write, marks)
    write("}")


def _write_range(range_: Range, write: Callable[[str], object]) -> None:
    write('{"@range":')
    _write(
        [range_.low, range_.high, range_.low_included, range_.high_included],
        write,
        marks=True,
    )
    write("}")


def decode(text: str) -> object:
    """The value `encode` made `text` of. Raises `NotDecodable`."""
    try:
        return json.loads(
            text,
            parse_int=NUMBERS.create_decimal,
            parse_float=NUMBERS.create_decimal,
            parse_constant=_no_constant,
            object_hook=_read_object,
        )
    except (ValueError, TypeError, RecursionError, DecimalException, Fault):
        raise NotDecodable(text=text[:80]) from None


def _no_constant(text: str) -> object:
    raise ValueError(text)


def _read_object(entries: dict[str, object]) -> object:
    if len(entries) == 1:
        tag, content = next(iter(entries.items()))
        read = _READERS.get(tag)
        if read is not None:
            return read(content)
    return {key[1:] if key.startswith("@") else key: entry for key, entry in entries.items()}


def _read_range(content: list[object]) -> Range:
    low, high, low_included, high_included = content
    return Range(low, high, low_included is True, high_included is True)


_READERS: dict[str, Callable[..., object]] = {
    "@date": read_date,
    "@time": read_time,
    "@datetime": read_date_time,
    "@duration": read_duration,
    "@range": _read_range,
}


def plain(value: object) -> object:
    """`value` as JSON of the standard library can write it.

    Whole numbers become int, those beyond a float text, other numbers float (nearest; exact
    values need `encode`), temporal values and ranges their ISO text. Raises `NotEncodable`,
    `ValueTooLarge` and `ValueTooDeep`.
    """
    try:
        return _plain(bounded_value(value))
    except RecursionError:
        raise ValueTooDeep(limit=MAX_NESTING) from None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, WideDateTime):
        return iso_text(value)
    if isinstance(value, Temporal):
        return text_of(value)
    if value is None or isinstance(value, bool | str | int | float):
        return value
    if isinstance(value, Decimal):
        return _plain_number(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, Range):
        return literal_of(value)
    raise NotEncodable(found=type_name(value))


def _plain_number(number: Decimal) -> int | float | str:
    if number.adjusted() > _MAX_EXPONENT:
        return str(number) if number else 0
    return int(number) if number == number.to_integral_value() else float(number)


_MAX_EXPONENT = 307
