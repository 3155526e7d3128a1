"""`chengxin tck`: the compatibility kit from the command line."""

from __future__ import annotations

from click.testing import CliRunner

from tests.web.cli.tck.test_run import KIT
from web.cli import main


def test_the_report_counts_every_folder_and_the_total() -> None:
    asked = CliRunner().invoke(main, ["tck", str(KIT)])
    assert asked.exit_code == 0
    lines = asked.output.splitlines()
    assert "level-3/0002-service: passed 2 of 2" in lines
    assert lines[-1] == "合计 / total: passed 4 of 5"


def test_failures_are_listed_with_what_was_expected_and_why_it_differs() -> None:
    asked = CliRunner().invoke(main, ["tck", str(KIT), "--list-failures"])
    [failed] = [line for line in asked.output.splitlines() if line.startswith("FAILED")]
    assert "level-2/0001-greeting/003 In Java: expected 0.5403, found null (" in failed.replace(
        "  (", " ("
    )


def test_a_folder_without_test_cases_is_an_error(tmp_path) -> None:
    asked = CliRunner().invoke(main, ["tck", str(tmp_path)])
    assert asked.exit_code == 1
    assert "没有测试用例" in asked.output
