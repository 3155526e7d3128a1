"""Item definitions: what a value of a decision may be, and what FEEL can ask about it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, WrongType
from tests.engine.dmn.builder import (
    allowed,
    ask,
    component,
    input_data,
    item,
    knowledge,
    literal,
    typed,
)

ADDRESS = component("street", "string") + component("houses", "number", collection=True)
TYPES = (
    item("tGrade", allowed("string", '"A","B"'))
    + item("tGrades", "tGrade", collection=True)
    + item("tScores", allowed("number", ">= 0"), collection=True)
    + item("tFewScores", allowed("number", "count(?) <= 2", "typeConstraint"), collection=True)
    + item("tAddress", ADDRESS)
    + item("tPerson", component("name", "string") + component("home", "tAddress"))
    + item("tPeople", "tPerson", collection=True)
    + item("t Long Name", "number")
    + item("tNode", component("value", "number") + component("next", "tNode"))
    + item(
        "tTest",
        '<functionItem outputTypeRef="boolean"><parameters name="x" typeRef="number"/>'
        "</functionItem>",
    )
    + item("tDay", "feel:date")
    + item("tStart", "tHalf")
    + item("tHalf", "tStart")
)
HOME = {"street": "长江路", "houses": [1, 3]}


def asked(text: str, **facts: object) -> object:
    return ask(TYPES + literal("t", text), **facts).result


@pytest.mark.parametrize(
    ("text", "belongs"),
    [
        ('"A" instance of tGrade', True),
        ('"Z" instance of tGrade', True),  # allowed values are not part of the type
        ("1 instance of tGrade", False),
        ('["A"] instance of tGrades', True),
        ("p instance of tPerson", True),
        ("[p] instance of tPeople", True),
        ("[p, 1] instance of tPeople", False),
        ("p.home instance of tAddress", True),
        ('{street: "x"} instance of tAddress', False),
        ("1 instance of t Long Name", True),
        ("{value: 1, next: {value: 2, next: null}} instance of tNode", True),
        ("{value: 1, next: {value: true, next: null}} instance of tNode", False),
        ("(function(x: number) true) instance of tTest", True),
        ("(function(x: string) true) instance of tTest", False),
        ('(function(x: number) "no") instance of tTest', False),
        ("(function(x: tGrade) true) instance of function<tGrade> -> boolean", True),
        ('date("2026-02-09") instance of tDay', True),
        ("1 instance of tNobody", None),
        ("1 instance of tStart", None),
    ],
)
def test_feel_knows_the_types_of_the_file(text: str, belongs: bool | None) -> None:
    assert asked(text, p={"name": "甲", "home": HOME}) is belongs


@pytest.mark.parametrize(
    ("type_ref", "text", "result"),
    [
        ("number", "[1]", 1),
        ("tScores", "1", [1]),
        ("tScores", "[1, 2]", [1, 2]),
        ("dateTime", 'date("2026-02-09")', datetime(2026, 2, 9, tzinfo=UTC)),
        ("date and time", '@"2026-02-09"', datetime(2026, 2, 9, tzinfo=UTC)),
        ("feel:number", "1", 1),
        ("integer", "1", 1),
        ("tGrade", '["A"]', "A"),
        ("tGrade", "null", None),
        ("tNobody", "1", 1),
        ("Any", "[1]", [1]),
    ],
)
def test_a_result_is_converted_as_the_standard_says(
    type_ref: str, text: str, result: object
) -> None:
    assert ask(TYPES + typed("t", type_ref, text)).result == result


@pytest.mark.parametrize(
    ("type_ref", "text", "part", "expected"),
    [
        ("number", "[1, 2]", "", "number"),
        ("number", '"1"', "", "number"),
        ("date", '@"2026-02-09T00:00:00"', "", "date"),
        ("tGrade", '"C"', "", '"A","B"'),
        ("tGrades", '["A", "C"]', "[2]", '"A","B"'),
        ("tScores", "[1, -1]", "[2]", ">= 0"),
        ("tFewScores", "[1, 2, 3]", "", "count(?) <= 2"),
        ("tAddress", '{street: "x", houses: ["1"]}', ".houses[1]", "number"),
        ("tAddress", '{street: "x"}', ".houses", "list"),
        ("tPerson", '{name: "甲", home: {street: 1, houses: []}}', ".home.street", "string"),
        ("tTest", "function(x: string) true", "", "tTest"),
        ("list", "{}", "", ""),
    ],
)
def test_a_result_of_another_type_says_which_part_is_wrong(
    type_ref: str, text: str, part: str, expected: str
) -> None:
    if type_ref == "list":  # an item stands for a list of it
        assert ask(typed("t", type_ref, text)).result == [{}]
        return
    with pytest.raises(WrongType) as caught:
        ask(TYPES + typed("t", type_ref, text))
    assert caught.value.values["part"].strip() == part
    assert caught.value.values["expected"] == expected


def test_input_data_is_completed_with_null() -> None:
    body = TYPES + input_data("p", "tPerson") + literal("t", "p.home.houses", ["@p"])
    assert ask(body, p={"name": "甲", "home": {"street": "x"}}).result is None
    assert ask(body, p={"name": "甲", "home": HOME}).result == [1, 3]


def test_a_type_that_is_defined_by_itself_is_said_to_be_none() -> None:
    body = TYPES + input_data("x", "tStart") + literal("t", "x", ["@x"])
    with pytest.raises(DecisionFailed, match="tStart"):
        ask(body, x=[1])


def test_numbers_of_python_are_numbers() -> None:
    body = TYPES + input_data("scores", "tScores") + literal("t", "sum(scores)", ["@scores"])
    assert ask(body, scores=[1, 2.5]).result == Decimal("3.5")


def test_what_python_has_beside_feel_is_no_input() -> None:
    body = input_data("score", "number") + literal("t", "score", ["@score"])
    with pytest.raises(WrongType, match="complex"):
        ask(body, score=1j)


def test_parameters_are_converted_and_checked() -> None:
    double = knowledge("double", {"n": "number"}, "n * 2", result="number")
    assert ask(TYPES + double + literal("t", "double([4])", ["!double"])).result == 8
    answer = ask(TYPES + double + literal("t", '[double("4"), 1]', ["!double"]))
    assert answer.result == [None, 1]
    assert "string" in answer.warnings[0].message("en")


def test_a_function_that_gives_another_type_gives_null() -> None:
    wrong = knowledge("wrong", {}, '"a"', result="number")
    answer = ask(wrong + literal("t", "[wrong()]", ["!wrong"]))
    assert answer.result == [None]
    assert answer.warnings[0].kind == "ResultDoesNotFit"


def test_a_knowledge_model_belongs_to_the_type_of_its_functions() -> None:
    even = knowledge("is even", {"x": "number"}, "modulo(x, 2) = 0", result="boolean")
    body = TYPES + even + literal("t", "is even instance of tTest", ["!is even"])
    assert ask(body).result is True
    text = knowledge("is long", {"x": "string"}, "string length(x) > 9", result="boolean")
    body = TYPES + text + literal("t", "is long instance of tTest", ["!is long"])
    assert ask(body).result is False
