"""How the rules that match become one result."""

from __future__ import annotations

import pytest

from engine.dmn import AnyDisagrees, NoAggregate, RulesOverlap
from tests.engine.dmn.builder import ask, table

LOW_AND_ODD = [(["< 10"], ['"low"']), (["1,3,5"], ['"odd"']), (["5"], ['"low"'])]


def indexes(answer: object) -> list[int]:
    return [rule.index for rule in answer.matched]  # type: ignore[attr-defined]


def test_unique_answers_if_one_rule_matches() -> None:
    answer = ask(table(LOW_AND_ODD), x=2)
    assert (answer.result, indexes(answer)) == ("low", [1])


def test_unique_names_the_rules_that_match_together() -> None:
    # given a table that allows one match, when three rules match
    with pytest.raises(RulesOverlap) as caught:
        ask(table(LOW_AND_ODD), x=5)
    # then nobody guesses, and the message says which rules and for what
    assert caught.value.values["rows"] == "1、2、3"
    assert "x = 5" in caught.value.message("zh")
    assert caught.value.place is not None
    assert caught.value.place.element == "r3"


def test_first_takes_the_topmost() -> None:
    answer = ask(table(LOW_AND_ODD, policy="FIRST"), x=5)
    assert (answer.result, indexes(answer)) == ("low", [1])


def test_any_takes_what_all_say() -> None:
    same = [(["< 10"], ['"a"']), (["5"], ['"a"'])]
    answer = ask(table(same, policy="ANY"), x=5)
    assert (answer.result, indexes(answer)) == ("a", [1, 2])


def test_any_refuses_what_they_do_not_agree_on() -> None:
    with pytest.raises(AnyDisagrees) as caught:
        ask(table(LOW_AND_ODD, policy="ANY"), x=3)
    assert caught.value.values["rows"] == "1、2"


@pytest.mark.parametrize(
    ("policy", "result", "matched"),
    [
        ("PRIORITY", "odd", [2]),
        ("OUTPUT ORDER", ["odd", "low", "low"], [2, 1, 3]),
        ("RULE ORDER", ["low", "odd", "low"], [1, 2, 3]),
        ("COLLECT", ["low", "odd", "low"], [1, 2, 3]),
    ],
)
def test_the_order_of_several(policy: str, result: object, matched: list[int]) -> None:
    body = table(LOW_AND_ODD, policy=policy, allowed={"y": '"odd","low"'})
    answer = ask(body, x=5)
    assert (answer.result, indexes(answer)) == (result, matched)


NUMBERS = [(["> 0"], ["3"]), (["> 1"], ["1"]), (["> 2"], ["2.5"])]


@pytest.mark.parametrize(
    ("aggregation", "x", "result"),
    [
        ("SUM", 3, "6.5"),
        ("MIN", 3, "1"),
        ("MAX", 3, "3"),
        ("COUNT", 3, "3"),
        ("SUM", 0, "None"),
        ("MIN", 0, "None"),
        ("MAX", 0, "None"),
        ("COUNT", 0, "0"),
    ],
)
def test_collect_can_aggregate(aggregation: str, x: int, result: str) -> None:
    answer = ask(table(NUMBERS, policy="COLLECT", aggregation=aggregation), x=x)
    assert str(answer.result) == result


def test_an_aggregate_of_two_columns_has_no_meaning() -> None:
    body = table([(["-"], ["1", "2"])], outputs=("a", "b"), policy="COLLECT", aggregation="SUM")
    with pytest.raises(NoAggregate):
        ask(body, x=1)


def test_a_sum_with_a_text_in_it_is_null() -> None:
    body = table([(["-"], ["1"]), (["-"], ['"b"'])], policy="COLLECT", aggregation="SUM")
    assert ask(body, x=1).result is None


@pytest.mark.parametrize(
    ("policy", "result"),
    [
        ("UNIQUE", None),
        ("FIRST", None),
        ("ANY", None),
        ("PRIORITY", None),
        ("COLLECT", []),
        ("RULE ORDER", []),
        ("OUTPUT ORDER", []),
    ],
)
def test_what_nothing_matches_gives(policy: str, result: object) -> None:
    answer = ask(table([(["1"], ['"a"'])], policy=policy), x=2)
    assert (answer.result, answer.matched) == (result, ())
