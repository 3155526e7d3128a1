"""How the rules that match become one result."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.dmn import AnyDisagrees, NoAggregate, NoPriorities, RulesOverlap
from engine.feel import YearMonthDuration
from tests.engine.dmn.builder import allowed, ask, item, table

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


@pytest.mark.parametrize(
    ("aggregation", "outputs", "result"),
    [
        ("MIN", ['"b"', '"a"'], "a"),
        ("MAX", ['"b"', '"a"'], "b"),
        ("MIN", ['@"2026-02-09"', '@"2026-02-08"'], date(2026, 2, 8)),
        ("MAX", ['@"PT1H"', '@"PT90M"'], timedelta(minutes=90)),
        ("SUM", ['@"PT1H"', '@"PT90M"'], timedelta(minutes=150)),
        ("SUM", ['@"P1Y"', '@"P2M"'], YearMonthDuration(14)),
        ("SUM", ['@"P1Y"', '@"P2D"'], None),
        ("SUM", ['"a"', '"b"'], None),
        ("SUM", ['"a"'], None),
        ("MIN", ["1", '"a"'], None),
        ("MIN", ["true", "false"], None),
        ("MAX", ["1", "null"], None),
        ("COUNT", ["null", '"a"'], 2),
    ],
)
def test_what_can_be_aggregated(aggregation: str, outputs: list[str], result: object) -> None:
    rules = [(["-"], [output]) for output in outputs]
    assert ask(table(rules, policy="COLLECT", aggregation=aggregation), x=1).result == result


def test_the_type_of_an_output_lists_its_priorities_too() -> None:
    grade = item("tGrade", allowed("string", '"odd","low"'))
    body = grade + table(LOW_AND_ODD, policy="PRIORITY", types={"y": "tGrade"})
    assert ask(body, x=5).result == "odd"


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
@pytest.mark.parametrize("listed", [None, "[1..3]"])
def test_without_priorities_nobody_guesses(policy: str, listed: str | None) -> None:
    rules = [(["< 10"], ["1"]), (["5"], ["2"])]
    body = table(rules, policy=policy, allowed={"y": listed} if listed else {})
    assert ask(body, x=1).matched
    with pytest.raises(NoPriorities) as caught:
        ask(body, x=5)
    assert caught.value.values["rows"] == "1、2"
    assert policy in caught.value.message("zh")


def test_several_columns_are_ranked_from_left_to_right() -> None:
    rules = [(["-"], ['"b"', '"x"']), (["-"], ['"a"', '"y"']), (["-"], ['"a"', '"x"'])]
    columns = {"one": '"a","b"', "two": '"x","y"'}
    body = table(rules, outputs=("one", "two"), policy="OUTPUT ORDER", allowed=columns)
    answer = ask(body, x=1)
    assert indexes(answer) == [3, 2, 1]
    assert answer.result == [
        {"one": "a", "two": "x"}, {"one": "a", "two": "y"}, {"one": "b", "two": "x"},
    ]  # fmt: skip


def test_several_columns_are_collected_as_contexts() -> None:
    rules = [(["1"], ["1", "2"]), (["-"], ["3", "4"])]
    answer = ask(table(rules, outputs=("a", "b"), policy="COLLECT"), x=1)
    assert answer.result == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


@pytest.mark.parametrize("rules", [LOW_AND_ODD, [(["-"], ["1"]), (["-"], ["null"])]])
def test_any_does_not_take_null_for_agreement(rules: list[tuple[list[str], list[str]]]) -> None:
    with pytest.raises(AnyDisagrees):
        ask(table(rules, policy="ANY"), x=3)
