"""Tables: cells, columns, defaults, allowed values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, InputNotAllowed, OutputNotAllowed, WrongType
from tests.engine.dmn.builder import allowed, ask, item, table


@pytest.mark.parametrize(
    ("cell", "value", "matches"),
    [
        ("-", None, True),
        ("", "x", True),
        ('"a","b"', "b", True),
        ('not("a","b")', "b", False),
        ("[1..5)", 5, False),
        ("(1..5]", 5, True),
        ("< 3, > 7", 8, True),
        ('>= date("2024-03-26")', date(2024, 3, 26), True),
        ("null", None, True),
        ("null", 1, False),
        ("? > 2 and ? < 4", 3, True),
        ("limit", 7, True),
        ("> limit", 8, True),
        ("1", None, False),
        ("1", "1", False),
        ("list contains(?, 2)", [1, 2], True),
    ],
)
def test_a_cell_is_feel(cell: str, value: object, matches: bool) -> None:
    answer = ask(table([([cell], ["true"])]), x=value, limit=7)
    assert bool(answer.matched) is matches


def test_one_output_is_a_value_several_are_a_context() -> None:
    both = table([(["-"], ["x + 1", '"a"'])], outputs=("n", "s"))
    assert ask(both, x=1).result == {"n": Decimal(2), "s": "a"}


def test_an_input_that_is_missing_is_null() -> None:
    assert ask(table([(["null"], ['"missing"'])])).result == "missing"


def test_the_default_answers_if_nothing_matches() -> None:
    body = table([(["1"], ['"a"'])], defaults={"y": '"other"'})
    answer = ask(body, x=2)
    assert (answer.result, answer.defaulted, answer.matched) == ("other", True, ())


def test_a_value_that_is_not_listed_is_refused() -> None:
    body = table([(["-"], ["1"])], allowed={"x": '"a","b"'})
    assert ask(body, x="a").result == 1
    assert ask(body).result == 1
    with pytest.raises(InputNotAllowed) as caught:
        ask(body, x="c")
    assert caught.value.values["column"] == "x"


def test_an_output_that_is_not_listed_is_refused() -> None:
    body = table([(["-"], ['"c"'])], allowed={"y": '"a","b"'})
    with pytest.raises(OutputNotAllowed) as caught:
        ask(body, x=1)
    assert caught.value.values["row"] == 1


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(WrongType, match="number"):
        ask(table([(["-"], ["1"])], types={"x": "number"}), x="1")


def test_a_cell_that_is_no_feel_says_where_it_stands() -> None:
    with pytest.raises(DecisionFailed) as caught:
        ask(table([(["> > 1"], ["1"])]), x=1)
    assert caught.value.place is not None
    assert caught.value.place.file == "small.dmn"
    assert caught.value.place.line is not None


def test_outputs_of_rules_that_do_not_match_are_not_evaluated() -> None:
    body = table([(["1"], ["1 +"]), (["2"], ["2"])])
    assert ask(body, x=2).result == 2


def test_every_column_may_have_a_default() -> None:
    rules = [(["1"], ["1", '"a"'])]
    body = table(rules, outputs=("n", "s"), defaults={"n": "0", "s": "x"})
    assert ask(body, x="?").result == {"n": 0, "s": "?"}
    half = table(rules, outputs=("n", "s"), defaults={"n": "0"})
    assert ask(half, x="?").result == {"n": 0, "s": None}


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_the_default_of_a_list_is_in_a_list(policy: str) -> None:
    body = table([(["1"], ["1"])], policy=policy, defaults={"y": "0"})
    assert ask(body, x=2).result == [0]


def test_a_default_has_the_type_of_its_column() -> None:
    body = table([(["1"], ["1"])], defaults={"y": '"none"'}, types={"y": "number"})
    with pytest.raises(WrongType):
        ask(body, x=2)


def test_the_type_of_a_column_limits_its_values() -> None:
    kind = item("tKind", allowed("string", '"a","b"'))
    body = kind + table([(["-"], ["x"])], types={"x": "tKind", "y": "tKind"})
    assert ask(body, x="a").result == "a"
    with pytest.raises(WrongType, match='"a","b"'):
        ask(body, x="c")
