"""Values as text and back."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    NotDecodable,
    NotEncodable,
    Range,
    YearMonthDuration,
    compile_expression,
    decode,
    encode,
    plain,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Values:
    """Makes random values, the same in every run."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def value(self, depth: int = 0) -> object:
        makers = [self.scalar, self.scalar, self.temporal]
        if depth < 4:
            makers += [lambda: self.list(depth), lambda: self.context(depth)]
        return self._random.choice(makers)()

    def scalar(self) -> object:
        r = self._random
        number = Decimal(r.randrange(-(10**20), 10**20)).scaleb(r.randrange(-10, 5))
        text = "".join(r.choice('aZ9 "\\\n\t@/😀列入\u2028') for _ in range(r.randrange(8)))
        return r.choice([None, True, False, number, text])

    def temporal(self) -> object:
        r = self._random
        day = date.fromordinal(r.randrange(1, 3_652_059))
        zone = r.choice([None, UTC, SHANGHAI, timezone(timedelta(hours=-5, minutes=-30))])
        clock = time(r.randrange(24), r.randrange(60), r.randrange(60), r.randrange(10**6), zone)
        length = timedelta(microseconds=r.randrange(-(10**15), 10**15))
        months = YearMonthDuration(r.randrange(-5000, 5000))
        return r.choice([day, clock, datetime.combine(day, clock), length, months])

    def list(self, depth: int) -> object:
        return [self.value(depth + 1) for _ in range(self._random.randrange(4))]

    def context(self, depth: int) -> object:
        keys = ["@date", "@", "@@x", "键 一", "a", ""]
        chosen = self._random.sample(keys, self._random.randrange(4))
        return {key: self.value(depth + 1) for key in chosen}


@pytest.mark.parametrize("seed", range(300))
def test_a_value_comes_back_as_it_was(seed: int) -> None:
    value = Values(seed).value()
    text = encode(value)
    assert decode(text) == value
    assert encode(decode(text)) == text
    json.loads(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567890.123456789012345678901234"), "1234567890.123456789012345678901234"),
        (Decimal("1.50"), "1.50"),
        (3, "3"),
        (0.1, "0.1"),
        (date(2024, 3, 26), '{"@date":"2024-03-26"}'),
        (time(10, 30), '{"@time":"10:30:00"}'),
        (
            datetime(2024, 3, 26, tzinfo=SHANGHAI),
            '{"@datetime":"2024-03-26T00:00:00@Asia/Shanghai"}',
        ),
        (timedelta(days=1, hours=2), '{"@duration":"P1DT2H"}'),
        (YearMonthDuration(14), '{"@duration":"P1Y2M"}'),
        (Range(Decimal(1), None, True, False), '{"@range":[1,null,true,false]}'),
        ({"@date": "x"}, '{"@@date":"x"}'),
        ((1, "甲"), '[1,"甲"]'),
    ],
)
def test_the_text_of_a_value(value: object, text: str) -> None:
    assert encode(value) == text


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), Decimal("Infinity")])
def test_what_is_no_value_is_not_encoded(value: object) -> None:
    with pytest.raises(NotEncodable):
        encode(value)


def test_a_function_is_not_encoded() -> None:
    with pytest.raises(NotEncodable):
        encode([compile_expression("function(x) x").evaluate({}).value])


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"@date":"yesterday"}', '{"@range":3}'])
def test_a_text_that_is_no_value_is_not_decoded(text: str) -> None:
    with pytest.raises(NotDecodable):
        decode(text)


def test_plain_values_are_what_json_can_write() -> None:
    value = {
        "n": Decimal("3.00"),
        "x": Decimal("1234.56"),
        "d": date(2024, 3, 26),
        "t": datetime(2024, 3, 26, tzinfo=SHANGHAI),
        "p": [YearMonthDuration(3), timedelta(days=1), None, True],
    }
    assert json.loads(json.dumps(plain(value))) == {
        "n": 3,
        "x": 1234.56,
        "d": "2024-03-26",
        "t": "2024-03-26T00:00:00+08:00",
        "p": ["P3M", "P1D", None, True],
    }


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("to json(12.50)", "12.50"),
        ('to json("引\\"号")', '"引\\"号"'),
        ("to json(null)", "null"),
        ("to json([1, true, null])", "[1,true,null]"),
        ('to json({a: date("2024-03-26"), "@b": 1})', '{"a":"2024-03-26","@b":1}'),
        ('to json(duration("P1M"))', '"P1M"'),
        ("to json([1..3))", '"[1..3)"'),
    ],
)
def test_a_value_as_json_for_others(expression: str, text: str) -> None:
    assert compile_expression(expression).evaluate({}).value == text


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ('from json("1.50")', "1.5"),
        ('from json("\\"a\\"")', '"a"'),
        ('from json("[1, {\\"a\\": null}]")', "[1, {a: null}]"),
        ('from json("\\"2024-03-26\\"")', '"2024-03-26"'),
        ('from json("{\\"@date\\": \\"2024-03-26\\"}")', '{"@date": "2024-03-26"}'),
    ],
)
def test_a_json_text_as_a_value(expression: str, same: str) -> None:
    assert compile_expression(f"{expression} = {same}").evaluate({}).value is True


@pytest.mark.parametrize(
    "expression", ['from json("{")', 'from json("NaN")', "to json(function(a) a)", 'from json("")']
)
def test_what_json_cannot_say_is_null_with_a_reason(expression: str) -> None:
    answer = compile_expression(expression).evaluate({})
    assert answer.value is None
    assert answer.warnings
