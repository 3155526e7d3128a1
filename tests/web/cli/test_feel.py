"""`chengxin feel`: an expression asked at the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from web.cli import main


def feel(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["feel", *arguments])


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("0.1 + 0.2", "0.3"),
        ("-1 + 3", "2"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ('[1, "甲", null, {结果: true}]', '[1,"甲",null,{"结果":true}]'),
        ('date("2024-01-31") + duration("P1M")', '"2024-02-29"'),
        ("[1..3)", '"[1..3)"'),
    ],
)
def test_the_value_is_written_as_json_with_all_its_digits(expression: str, answer: str) -> None:
    assert feel(expression).stdout == answer + "\n"


def test_variables_come_as_json_also_names_of_several_words_and_dates() -> None:
    context = {"applied on": {"@date": "2026-03-10"}, "party": {"first name": "乙"}}
    asked = feel("party.first name + string(applied on.month)", "--context", json.dumps(context))
    assert asked.stdout == '"乙3"\n'


def test_variables_come_from_a_file(tmp_path) -> None:
    (tmp_path / "case.json").write_text('{"金额": 12000.50}', encoding="utf-8")
    assert feel("金额 * 2", "--context", f"@{tmp_path / 'case.json'}").stdout == "24001.00\n"


@pytest.mark.parametrize(
    ("cell", "value", "answer"),
    [
        ("[1..5]", "3", "true"),
        ("-", "3", "true"),
        ('"A","B"', '"C"', "false"),
        ("not(null)", "null", "false"),
        ('< date("2024-01-01")', 'date("2023-12-31")', "true"),
    ],
)
def test_a_cell_tests_a_value(cell: str, value: str, answer: str) -> None:
    assert feel(cell, "--unary", value).stdout == answer + "\n"


def test_why_a_result_is_null_is_told_beside_it() -> None:
    asked = feel("1 + amount")
    assert asked.exit_code == 0
    assert asked.stdout == "null\n"
    assert "5: 没有名为「amount」的变量。" in asked.stderr


def test_periods_and_working_days_are_those_of_the_product() -> None:
    assert feel('add working days(date("2026-09-30"), 1)').stdout == '"2026-10-08"\n'
    assert feel('deadline("PUBLISH", date("2026-09-28"))').stdout == '"2026-10-13"\n'


def test_a_text_that_is_no_expression_is_refused_with_the_place() -> None:
    asked = feel("1 +")
    assert asked.exit_code == 1
    assert "第 4 个字符" in asked.stderr
    assert "At character 4" in asked.stderr


def test_variables_that_are_no_object_are_refused() -> None:
    for context in ("[1]", "{", "@nowhere.json"):
        asked = feel("1", "--context", context)
        assert asked.exit_code == 2
        assert "--context" in asked.stderr
