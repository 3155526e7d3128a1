"""Types: `instance of`, the named types of the host, and what parameters take."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.feel import Environment, Evaluation, FeelSyntaxError, compile_expression, read_type

TYPES = {
    "tPerson": read_type("context<name: string, age: number>"),
    "tPeople": read_type("list<tPerson>"),
    "tNode": read_type("context<value: number, children: list<tNode>>"),
    "tGrade": read_type("string"),
    "imp.tScore": read_type("number"),
    "t Long Name": read_type("number"),
    "tRule": read_type("function<tPerson> -> boolean"),
    "tEgg": read_type("tHen"),
    "tHen": read_type("tEgg"),
}
NAMES = ["t Long Name"]


def ask(source: str, **variables: object) -> Evaluation:
    expression = compile_expression(source, names=NAMES)
    return expression.evaluate(variables, Environment(types=TYPES))


@pytest.mark.parametrize(
    ("source", "belongs"),
    [
        ('"A" instance of tGrade', True),
        ("1 instance of tGrade", False),
        ("null instance of tGrade", False),
        ("1 instance of imp.tScore", True),
        ("1 instance of t Long Name", True),
        ('{name: "甲", age: 1} instance of tPerson', True),
        ('{name: "甲", age: 1, more: 2} instance of tPerson', True),
        ('{name: "甲", age: null} instance of tPerson', True),
        ('{name: "甲"} instance of tPerson', False),
        ('[{name: "甲", age: 1}] instance of tPeople', True),
        ('{name: "甲", age: 1} instance of tPeople', False),
        ('[{name: "甲", age: 1}, null] instance of tPeople', True),
        ("[1] instance of list<imp.tScore>", True),
        ('["1"] instance of list<imp.tScore>', False),
        ("[] instance of tPeople", True),
        ("null instance of Null", True),
        ("1 instance of Null", False),
        ("1 instance of Any", True),
        ("null instance of Any", False),
        ("[1] instance of list", True),
        ("{a: 1} instance of context<>", True),
        ("[1..2] instance of range<imp.tScore>", True),
        ('["a".."b"] instance of range<number>', False),
        ('@"2026-02-09" instance of date and time', False),
    ],
)
def test_a_value_belongs_to_a_type(source: str, belongs: bool) -> None:
    assert ask(source).value is belongs


def test_a_type_may_contain_itself() -> None:
    tree = "{value: 1, children: [{value: 2, children: []}]} instance of tNode"
    assert ask(tree).value is True
    assert ask(tree.replace("2", '"2"')).value is False


@pytest.mark.parametrize("name", ["tNobody", "tEgg"])
def test_an_unknown_type_is_null_and_said(name: str) -> None:
    answer = ask(f"1 instance of {name}")
    assert answer.value is None
    assert answer.warnings[0].kind == "NoSuchType"


@pytest.mark.parametrize(
    ("function", "type_", "belongs"),
    [
        ('function() "a"', "function<> -> string", True),
        ("function() 1", "function<> -> string", False),
        ('function(a, b) "a"', "function<string, number> -> string", True),
        ('function(a: string, b: number) "a"', "function<string, number> -> string", True),
        ('function(a: string, b: string) "a"', "function<string, number> -> string", False),
        ('function(a: string) "a"', "function<string, string> -> string", False),
        # parameters may take more, the result may be more
        (
            "function(a: context<a: string>) {b: 1, c: 2}",
            "function<context<a: string, b: string>> -> context<b: number>",
            True,
        ),
        (
            "function(a: context<a: string, b: string>) true",
            "function<context<a: string>> -> boolean",
            False,
        ),
        ("function(a: number) {b: 1}", "function<number> -> context<b: number, c: number>", False),
        ("function(p: context<name: string>) p.name = 1", "tRule", True),
        ("function(p: number) true", "tRule", False),
        ("function(a: number) a + 1", "function<number> -> string", True),  # not known: not held
        ("function() [1, 2]", "function<> -> list<number>", True),
        ("function() []", "function<> -> list<number>", True),
        ('function() ["a"]', "function<> -> list<number>", False),
        ("function() function(a: number) 1", "function<> -> function<number> -> number", True),
        ("function() 1", "function", True),
        ("function() 1", "function<> -> Any", True),
        ("function() null", "function<> -> number", True),
    ],
)
def test_a_function_belongs_to_a_type_of_functions(
    function: str, type_: str, belongs: bool
) -> None:
    assert ask(f"({function}) instance of {type_}").value is belongs


def test_types_that_contain_themselves_are_compared() -> None:
    assert ask("(function(a: tNode) true) instance of function<tNode> -> boolean").value is True


@pytest.mark.parametrize(
    ("parameter", "argument", "found"),
    [
        ("number", [1], 1),
        ("list<number>", 1, [1]),
        ("tPeople", {"name": "甲", "age": 1}, [{"name": "甲", "age": 1}]),
        ("date and time", date(2026, 2, 9), datetime(2026, 2, 9, tzinfo=UTC)),
        ("Any", [1], [1]),
        ("number", None, None),
    ],
)
def test_an_argument_is_converted_as_the_standard_says(
    parameter: str, argument: object, found: object
) -> None:
    assert ask(f"(function(a: {parameter}) a)(x)", x=argument).value == found


@pytest.mark.parametrize(
    ("parameter", "argument"),
    [
        ("number", [1, 2]),
        ("number", "1"),
        ("date", datetime(2026, 2, 9, tzinfo=UTC)),
        ("list<date and time>", [date(2026, 2, 9)]),
        ("string", date(2026, 2, 9)),
        ("context<a: number>", {"a": [1]}),
    ],
)
def test_other_arguments_make_the_call_null(parameter: str, argument: object) -> None:
    answer = ask(f"(function(a: {parameter}) a)(x)", x=argument)
    assert answer.value is None
    assert answer.warnings[0].kind == "ArgumentDoesNotFit"


def test_a_text_that_is_no_type_is_refused() -> None:
    with pytest.raises(FeelSyntaxError):
        read_type("list<number")
