"""Overlaps, gaps and dead rules."""

from __future__ import annotations

import pytest

from engine.dmn import DmnFinding, check_decisions
from tests.engine.dmn.builder import model, table


def found(body: str, check: str) -> list[DmnFinding]:
    return [finding for finding in check_decisions(model(body)) if finding.check == check]


def test_two_rules_of_a_unique_table_overlap() -> None:
    # given a table that allows one match, with ranges that touch
    body = table([(["[1..5]"], ["1"]), (["[5..9]"], ["2"])], types={"x": "number"})
    # when it is checked
    [finding] = found(body, "overlap")
    # then both rules and the input they share are named, with the line of the second
    assert finding.rules == (1, 2)
    assert finding.level == "error"
    assert "x = 5" in finding.zh
    assert "x = 5" in finding.en
    assert finding.place.line == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"a"', 'not("a")'),
        ("< 5", ">= 5"),
        ("true", "false"),
        ("null", "1"),
        ("[1..5)", "[5..9]"),
    ],
)
def test_rules_apart_do_not_overlap(one: str, other: str) -> None:
    assert found(table([([one], ["1"]), ([other], ["2"])]), "overlap") == []


def test_overlap_needs_every_column() -> None:
    rules = [(["1", '"a"'], ["1"]), (["1", '"b"'], ["2"]), (["-", '"b"'], ["3"])]
    [finding] = found(table(rules, inputs=("x", "z")), "overlap")
    assert finding.rules == (2, 3)


def test_any_may_overlap_with_the_same_answer() -> None:
    same = [(["< 5"], ["1"]), (["< 9"], ["1"])]
    other = [(["< 5"], ["1"]), (["< 9"], ["2"])]
    assert found(table(same, policy="ANY"), "overlap") == []
    assert found(table(other, policy="ANY"), "overlap")[0].level == "warning"


@pytest.mark.parametrize("policy", ["FIRST", "PRIORITY", "COLLECT", "RULE ORDER"])
def test_other_policies_may_overlap(policy: str) -> None:
    body = table([(["-"], ["1"]), (["1"], ["2"])], policy=policy, allowed={"y": "1,2"})
    assert found(body, "overlap") == []


def test_what_depends_on_other_variables_is_not_held_against_a_rule() -> None:
    body = table([(["> limit"], ["1"]), (["starts with(?, code)"], ["2"]), (["1"], ["3"])])
    assert [f.check for f in check_decisions(model(body))] == []


def test_a_gap_between_ranges_is_shown() -> None:
    body = table([(["< 5"], ["1"]), (["> 5"], ["2"])], types={"x": "number"})
    [finding] = found(body, "gap")
    assert finding.level == "warning"
    assert "x = 5" in finding.zh


def test_a_gap_in_listed_values_is_shown_with_all_columns() -> None:
    rules = [(['"a"', "true"], ["1"]), (['"b"', "-"], ["2"])]
    body = table(
        rules, inputs=("x", "z"), types={"x": "string", "z": "boolean"}, allowed={"x": '"a","b"'}
    )
    [finding] = found(body, "gap")
    assert 'x = "a"，z = false' in finding.zh


@pytest.mark.parametrize(
    "body",
    [
        table([(['"a"'], ["1"])]),
        table([(["1"], ["1"])], defaults={"y": "0"}, types={"x": "boolean"}),
        table([(["true"], ["1"])], policy="COLLECT", types={"x": "boolean"}),
        table([(["true"], ["1"]), (["-"], ["2"])], policy="FIRST", types={"x": "boolean"}),
        table([(["< 5"], ["1"]), (["[5..8)"], ["2"]), ([">= 8"], ["2"])], types={"x": "number"}),
    ],
)
def test_no_gap_is_seen_where_none_can_be(body: str) -> None:
    assert found(body, "gap") == []


def test_a_rule_behind_others_that_take_all_is_dead() -> None:
    rules = [(["> 0"], ["1"]), (["> 5"], ["2"]), (["-"], ["3"])]
    [finding] = found(table(rules, policy="FIRST"), "unreachable")
    assert finding.rules == (2,)


def test_a_condition_nothing_meets_is_dead() -> None:
    [finding] = found(table([(["[9..1]"], ["1"]), (["5"], ["2"])]), "unreachable")
    assert finding.rules == (1,)


def test_a_last_row_that_catches_a_missing_value_is_not_dead() -> None:
    rules = [(["true"], ["1"]), (["false"], ["2"]), (["-"], ["3"])]
    assert found(table(rules, policy="FIRST", types={"x": "boolean"}), "unreachable") == []


def test_a_table_too_large_says_so() -> None:
    # given twenty columns of two values with a rule for each column
    columns = [f"c{n}" for n in range(20)]
    rules = [(["true" if n == m else "-" for m in range(20)], ["1"]) for n in range(20)]
    body = table(rules, inputs=columns, policy="FIRST", types=dict.fromkeys(columns, "boolean"))
    # when gaps are looked for, then the check ends
    assert found(body, "gap")


def test_a_table_of_a_thousand_rows_is_not_examined_at_length() -> None:
    body = table([([f'"{n}"'], [str(n)]) for n in range(1000)])
    assert [finding.check for finding in check_decisions(model(body))] == ["too-large"]


def test_an_overlap_in_a_long_table_is_found() -> None:
    rules = [([f'"{n}"'], [str(n)]) for n in range(300)]
    [finding] = found(table([*rules, (['"7"'], ["1"])]), "overlap")
    assert finding.rules == (8, 301)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ('duration("P1D")', 'duration("P3D")'),
        ('date("2024-01-01")', 'date("2024-03-01")'),
        ('date and time("2024-01-01T00:00:00Z")', 'date and time("2024-03-01T00:00:00Z")'),
        ('time("08:00:00")', 'time("12:00:00")'),
        ('duration("P1Y")', 'duration("P3Y")'),
        ('"a"', '"f"'),
        ("-5", "-1"),
    ],
)
def test_a_rule_between_two_ends_is_never_called_dead(low: str, high: str) -> None:
    rules = [([low], ["1"]), ([f"({low}..{high})"], ["2"]), ([f"[{low}..{high}]"], ["3"])]
    assert found(table(rules, policy="FIRST"), "unreachable") == []


def test_overlapping_ranges_of_days_and_of_durations_are_found() -> None:
    for low, high in (
        ('date("2024-01-01")', 'date("2024-03-01")'),
        ('duration("P1D")', 'duration("P3D")'),
    ):
        rules = [([f"({low}..{high})"], ["1"]), ([f"> {low}"], ["2"])]
        assert [one.rules for one in found(table(rules), "overlap")] == [(1, 2)]


def test_overlapping_ranges_of_texts_and_of_times_are_found() -> None:
    texts = ('["a".."f"]', '["g".."k"]', '["b".."h"]')
    times = ('< time("08:00:00")', '> time("09:00:00")', '>= time("07:00:00")')
    for cells in (texts, times):
        rules = [([cell], ["1"]) for cell in cells]
        assert [one.rules for one in found(table(rules), "overlap")] == [(1, 3), (2, 3)]


def test_of_columns_whose_values_cannot_be_made_nothing_is_said() -> None:
    local, zoned = "2024-01-01T00:00:00", "2024-01-01T00:00:00Z"
    rules = [([f'< date and time("{day}")'], ["1"]) for day in (local, zoned, local)]
    assert [one.check for one in check_decisions(model(table(rules)))] == ["duplicate"]


@pytest.mark.parametrize("cell", ["? * 2 = 7", "? + 1 > 3 and ? + 1 < 3.5", "-? = 5"])
def test_a_cell_that_calculates_with_the_value_is_never_called_dead(cell: str) -> None:
    body = table([([cell], ["1"]), (["-"], ["2"])], policy="FIRST", types={"x": "number"})
    assert found(body, "unreachable") == []


def test_a_cell_that_compares_the_value_itself_is_examined() -> None:
    body = table([(["? > 5 and ? < 8"], ["1"]), (["[7..9]"], ["2"])], types={"x": "number"})
    [finding] = found(body, "overlap")
    assert finding.rules == (1, 2)
