"""The benchmarks of FEEL and DMN: what they measure is right, whatever it costs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from engine.feel import compile_expression
from web.cli.bench.aims import line, missed
from web.cli.bench.command import bench
from web.cli.bench.dmn_side import EXPRESSIONS, TableSide
from web.cli.bench.rows import expected, questions


def test_the_measured_table_answers_every_question_as_plain_python_does() -> None:
    TableSide()  # asks each question once and refuses a wrong answer
    answers = {expected(question) for question in questions()}
    assert None in answers
    assert len(answers) > 15


def test_the_measured_expressions_have_values_but_for_the_one_that_is_at_fault() -> None:
    answers = [compile_expression(text).evaluate(questions()[0]) for text in EXPRESSIONS]
    assert [text for text, a in zip(EXPRESSIONS, answers, strict=True) if a.warnings] == [
        "missing + 1"
    ]


def test_nothing_is_kept_of_evaluations_of_expressions_and_tables() -> None:
    _, blocks = TableSide().growth(20_000, warming=10_000)
    assert blocks < 2_000


@pytest.mark.parametrize(
    ("name", "figures", "expected_misses"),
    [
        ("feel", {"ratio": 15.0}, []),
        ("feel", {"ratio": 15.1}, ["ratio"]),
        ("dmn", {"decisions_per_second": 4999, "peak_growth_mib": 0.1}, ["decisions_per_second"]),
        ("dmn", {"decisions_per_second": 5000, "peak_growth_mib": 2.1}, ["peak_growth_mib"]),
        ("history", {"ratio": 100.0}, []),
    ],
)
def test_a_missed_aim_is_named(
    name: str, figures: dict[str, float], expected_misses: list[str]
) -> None:
    assert [aim.figure for aim in missed(name, figures)] == expected_misses


def test_figures_are_called_in_both_languages_with_their_aims() -> None:
    assert line("feel", "ratio", 3.2) == "  比值 / ratio: 3.2（目标 aim ≤ 15）"


def test_the_command_measures_in_a_process_of_its_own_and_prints_json() -> None:
    result = CliRunner().invoke(bench, ["feel", "--json"])
    figures = json.loads(result.stdout)["feel"]
    assert set(figures) == {"comparison_ns", "python_ns", "ratio"}
    assert min(figures.values()) > 0
