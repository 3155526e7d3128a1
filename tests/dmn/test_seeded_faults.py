"""A fault put into a copy of a shipped table is found: where it is, and with an example."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from lxml import etree

from engine.dmn import DmnFinding, check_decisions, read_decisions
from tests.dmn.bureau import DMN

Table = etree._Element


class Seeded:
    """A copy of a shipped file in which something can be changed."""

    def __init__(self, file: str, decision: str) -> None:
        self.file = f"{file}.dmn"
        self.root = etree.fromstring((DMN / self.file).read_bytes())
        self.decision = self.root.find(f"{{*}}decision[@id='{decision}']")
        self.table = self.decision.find("{*}decisionTable")

    def cell(self, rule: int, column: int) -> etree._Element:
        """The text of a condition; both counted from 1."""
        return self._rule(rule).findall("{*}inputEntry")[column - 1].find("{*}text")

    def output(self, rule: int, column: int) -> etree._Element:
        """The text of an output; both counted from 1."""
        return self._rule(rule).findall("{*}outputEntry")[column - 1].find("{*}text")

    def asks(self, column: int) -> etree._Element:
        """The text of an input expression."""
        return self.table.findall("{*}input")[column - 1].find("{*}inputExpression/{*}text")

    def remove(self, rule: int) -> None:
        """Take a rule away."""
        self.table.remove(self._rule(rule))

    def repeat(self, rule: int) -> etree._Element:
        """Put a copy of a rule right behind it."""
        twin = copy.deepcopy(self._rule(rule))
        for element in twin.iter():
            if element.get("id"):
                element.set("id", element.get("id") + "_again")
        self._rule(rule).addnext(twin)
        return twin

    def found(self, check: str) -> list[DmnFinding]:
        """What the check of this name says now."""
        model = read_decisions(etree.tostring(self.root), self.file)
        return [one for one in check_decisions(model) if one.check == check]

    def _rule(self, rule: int) -> etree._Element:
        return self.table.findall("{*}rule")[rule - 1]


def test_an_overlap_is_found_with_an_input_that_both_rules_match() -> None:
    # given the repair periods, in which a rule reaches one year too far
    seeded = Seeded("repair_eligibility", "repair_minimum_months")
    assert seeded.found("overlap") == []
    seeded.cell(3, 2).text = ">= 1"
    # when the copy is checked
    [finding] = seeded.found("overlap")
    # then both rules are named, with the year they share
    assert (finding.level, finding.rules) == ("error", (2, 3))
    assert finding.decision == "修复前最短公示月数"
    assert "national-2026" in finding.zh
    assert "= 1" in finding.zh
    assert "= 1" in finding.en


def test_an_overlap_of_escalations_names_the_days() -> None:
    seeded = Seeded("escalation", "escalation")
    seeded.cell(4, 2).text = "[2..6)"
    [finding] = seeded.found("overlap")
    assert finding.rules == (4, 6)
    assert "= 5" in finding.zh


def test_a_gap_is_found_with_an_input_that_no_rule_matches() -> None:
    seeded = Seeded("escalation", "escalation")
    assert seeded.found("gap") == []
    seeded.cell(6, 2).text = "> 6"
    [finding, *others] = seeded.found("gap")
    assert others == []
    assert "true" in finding.zh.lower()
    assert any(f"= {days}" in finding.zh for days in ("5", "5.5", "6"))


def test_a_removed_rule_leaves_a_gap() -> None:
    seeded = Seeded("repair_eligibility", "repair_minimum_months")
    seeded.remove(1)
    [finding] = seeded.found("gap")
    assert "seed-2021" in finding.zh


def test_a_rule_behind_one_that_matches_everything_is_dead() -> None:
    seeded = Seeded("precheck", "precheck")
    assert seeded.found("unreachable") == []
    seeded.cell(1, 1).text = seeded.cell(1, 2).text = ""
    dead = seeded.found("unreachable")
    assert [one.rules for one in dead] == [(2,), (3,), (4,)]
    assert all("第 1 行先命中" in one.zh for one in dead)
    assert "rule 1 comes first at" in dead[0].en


def test_a_rule_that_nothing_can_match_is_dead() -> None:
    seeded = Seeded("escalation", "escalation")
    seeded.cell(4, 3).text = '"province"'
    [finding] = seeded.found("unreachable")
    assert finding.rules == (4,)
    assert '"province"（试过的如 办理单位层级 = "city"）' in finding.zh


def test_a_text_in_a_column_of_numbers_is_found_with_column_and_cell() -> None:
    seeded = Seeded("repair_eligibility", "repair_minimum_months")
    seeded.cell(2, 2).text = '<= "1"'
    [finding] = seeded.found("type")
    assert (finding.level, finding.rules, finding.cell) == ("error", (2,), '<= "1"')
    assert finding.column in finding.zh
    assert '<= "1"' in finding.en


def test_an_output_of_another_type_is_found() -> None:
    seeded = Seeded("repair_eligibility", "repair_minimum_months")
    seeded.output(2, 1).text = '"3"'
    [finding] = seeded.found("type")
    assert finding.rules == (2,)


def test_an_output_outside_the_allowed_values_is_found() -> None:
    seeded = Seeded("escalation", "escalation")
    assert seeded.found("not-allowed") == []
    seeded.output(6, 1).text = '"sever"'
    [finding] = seeded.found("not-allowed")
    assert (finding.level, finding.rules, finding.cell) == ("error", (6,), '"sever"')


@pytest.mark.parametrize(
    ("file", "decision", "change", "meant"),
    [
        ("escalation", "escalation", lambda s: _write(s.asks(2), "overdue_dw"), "overdue_wd"),
        ("precheck", "precheck", lambda s: _write(s.asks(1), "activ_entries"), "active_entries"),
        (
            "numbering",
            "numbering",
            lambda s: _write(s.output(1, 1), 'deciding_organn.number_mark + "案"'),
            "deciding_organ",
        ),
    ],
)
def test_a_misspelt_variable_is_found_with_what_was_meant(
    file: str, decision: str, change: Callable[[Seeded], None], meant: str
) -> None:
    seeded = Seeded(file, decision)
    assert seeded.found("unknown-name") == []
    change(seeded)
    [finding] = seeded.found("unknown-name")
    assert f"是否应为「{meant}」？" in finding.zh
    assert f"Did you mean '{meant}'?" in finding.en


def test_a_misspelt_function_is_found_with_what_was_meant() -> None:
    seeded = Seeded("completeness", "notice_completeness")
    text = seeded.cell(1, 1)
    text.text = text.text.replace("matches(", "match(")
    [finding] = seeded.found("unknown-function")
    assert (finding.level, finding.rules) == ("error", (1,))
    assert "是否应为「matches」？" in finding.zh


def test_a_call_with_an_argument_too_few_is_found() -> None:
    seeded = Seeded("completeness", "notice_completeness")
    seeded.cell(1, 1).text = "matches(case.facts)"
    [finding] = seeded.found("arguments")
    assert "matches(input, pattern, flags)" in finding.zh


def test_a_repeated_rule_is_found() -> None:
    seeded = Seeded("defence_outcome", "defence_outcome")
    assert seeded.found("duplicate") == []
    seeded.repeat(3)
    [finding] = seeded.found("duplicate")
    assert finding.rules == (3, 4)


def test_a_column_that_no_rule_asks_about_is_found() -> None:
    seeded = Seeded("escalation", "escalation")
    assert seeded.found("unused") == []
    for rule in range(1, 7):
        seeded.cell(rule, 3).text = "-"
    [column] = [one for one in seeded.found("unused") if one.column]
    assert column.column in column.zh


def test_input_data_that_nothing_reads_is_found() -> None:
    seeded = Seeded("precheck", "precheck")
    assert seeded.found("unused") == []
    seeded.asks(1).text = "0"
    seeded.asks(2).text = "0"
    names = {
        word for one in seeded.found("unused") for word in ("active_entries",) if word in one.zh
    }
    assert names == {"active_entries"}


def test_a_cell_that_is_no_feel_is_found_with_its_text() -> None:
    seeded = Seeded("escalation", "escalation")
    seeded.cell(4, 2).text = "[2..5"
    [finding] = seeded.found("unreadable")
    assert (finding.rules, finding.cell) == ((4,), "[2..5")
    assert "[2..5" in finding.zh


def _write(text: etree._Element, words: str) -> None:
    text.text = words
