"""Random small tables, against every input there is: nothing is missed and nothing made up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import check_decisions
from engine.feel import compile_unary_tests
from tests.engine.dmn.builder import model, table
from tests.fuzz.effort import examples

LETTERS = ("a", "b", "c")
CELLS = {
    "x": st.sampled_from(["-", '"a"', '"b"', '"a","c"', 'not("a")', 'not("b","c")']),
    "n": st.sampled_from(["-", "1", "< 2", "[1..3]", "(1..3)", ">= 3", "not(2)", "1,4"]),
    "b": st.sampled_from(["-", "true", "false"]),
}
NUMBERS = (0, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5)
"""Every number and one between each two: cells speak of whole numbers from 1 to 4 only."""

RULES = st.lists(st.tuples(CELLS["x"], CELLS["n"], CELLS["b"]), min_size=1, max_size=6)
Rules = list[tuple[str, str, str]]


def small(rules: Rules, policy: str, order: Sequence[int] = ()) -> str:
    """A table whose rules answer 0, 1, …; `order` is that of their importance."""
    allowed = {"x": '"a","b","c"'} | ({"y": ",".join(map(str, order))} if order else {})
    return table(
        [(cells, [str(number)]) for number, cells in enumerate(rules)],
        inputs=("x", "n", "b"),
        types={"x": "string", "n": "number", "b": "boolean", "y": "number"},
        allowed=allowed,
        policy=policy,
    )


def matching(
    rules: Rules, *missing: None, numbers: Sequence[float] = NUMBERS
) -> list[frozenset[int]]:
    """For every input the rules that match it, counted from 1; with `None` also missing values."""
    tests = [[None if c == "-" else compile_unary_tests(c) for c in cells] for cells in rules]
    return [
        frozenset(
            number
            for number, row in enumerate(tests, start=1)
            if all(
                test is None or test.matches(value, {})
                for test, value in zip(row, values, strict=True)
            )
        )
        for values in product((*LETTERS, *missing), (*numbers, *missing), (True, False, *missing))
    ]


def found(rules: Rules, policy: str, check: str) -> set[tuple[int, ...]]:
    return said(small(rules, policy), check)


def said(body: str, check: str) -> set[tuple[int, ...]]:
    return {one.rules for one in check_decisions(model(body)) if one.check == check}


@examples(60)
@given(RULES)
def test_overlaps_are_the_pairs_that_match_one_input(rules: Rules) -> None:
    hits = matching(rules, None)
    together = {pair for hit in hits for pair in combinations(sorted(hit), 2)}
    assert found(rules, "UNIQUE", "overlap") == together


@examples(60)
@given(RULES)
def test_there_is_a_gap_where_an_input_has_no_rule(rules: Rules) -> None:
    has_gap = frozenset() in matching(rules, numbers=expected(rules))
    assert bool(found(rules, "FIRST", "gap")) is has_gap


def expected(rules: Rules) -> Sequence[float]:
    """The numbers that need a rule: all, or those written where a column only lists some."""
    cells = [number for _, number, _ in rules]
    if any(sign in cell for cell in cells for sign in ("<", ">", "..")):
        return NUMBERS
    written = {int(digit) for cell in cells for digit in cell if digit.isdigit()}
    return sorted(written) or NUMBERS[:1]


@examples(60)
@given(RULES)
def test_dead_rules_of_a_first_table_are_those_that_never_come_first(rules: Rules) -> None:
    first = {min(hit) for hit in matching(rules, None) if hit}
    dead = {(number,) for number in range(1, len(rules) + 1) if number not in first}
    assert found(rules, "FIRST", "unreachable") == dead


@examples(60)
@given(RULES, st.permutations(range(6)))
def test_dead_rules_of_a_priority_table_are_those_that_others_always_beat(
    rules: Rules, order: Sequence[int]
) -> None:
    body = small(rules, "PRIORITY", order)
    winning = {
        min(hit, key=lambda rule: order.index(rule - 1)) for hit in matching(rules, None) if hit
    }
    dead = {(number,) for number in range(1, len(rules) + 1) if number not in winning}
    assert said(body, "unreachable") == dead


BOTH = st.lists(st.tuples(CELLS["n"], CELLS["b"], CELLS["b"]), min_size=1, max_size=5)


@examples(80)
@given(BOTH)
def test_of_columns_about_one_variable_nothing_is_made_up(rules: Rules) -> None:
    # given a table that asks one number in three ways
    columns = ("n", "n > 2", "n > 3")
    types = {"n": "number", "n > 2": "boolean", "n > 3": "boolean"}
    hits = [
        frozenset(
            number
            for number, (first, second, third) in enumerate(rules, start=1)
            if admits(first, value) and admits(second, value > 2) and admits(third, value > 3)
        )
        for value in (Decimal(str(number)) for number in NUMBERS)
    ]
    answers = [(cells, ["1"]) for cells in rules]
    # when it is checked, then what is found is there
    unique = table(answers, inputs=columns, types=types)
    together = {pair for hit in hits for pair in combinations(sorted(hit), 2)}
    missing = overlaps_of_nothing(rules)
    assert said(unique, "overlap") <= together | missing
    first = table(answers, inputs=columns, types=types, policy="FIRST")
    assert not said(first, "gap") or frozenset() in hits
    assert {rule for (rule,) in said(first, "unreachable")}.isdisjoint(min(h) for h in hits if h)


def overlaps_of_nothing(rules: Rules) -> set[tuple[int, ...]]:
    """The pairs that match a missing number, of which nothing is more or less."""
    hit = [n for n, row in enumerate(rules, start=1) if all(admits(c, None) for c in row)]
    return set(combinations(hit, 2))


def admits(cell: str, value: object) -> bool:
    return cell == "-" or compile_unary_tests(cell).matches(value, {})
