"""`chengxin lint` for people and for programs."""

import json

import pytest
from click.testing import CliRunner

from tests.engine.bpmn.lint.pages import diagrams
from web.cli.lint import lint


@pytest.fixture
def files(tmp_path):
    wrong, right = diagrams("missing-form")
    (tmp_path / "wrong.bpmn").write_bytes(wrong)
    (tmp_path / "right.bpmn").write_bytes(right)
    (tmp_path / "known.form").write_text('{"id": "known_form"}')
    return tmp_path


def test_a_diagram_without_errors_ends_well(files):
    result = CliRunner().invoke(lint, [str(files / "right.bpmn"), "--beside", str(files)])
    assert result.exit_code == 0
    assert "0 个错误" in result.output


def test_an_error_is_said_with_file_line_element_and_both_languages(files):
    file = str(files / "wrong.bpmn")
    result = CliRunner().invoke(lint, [file, "--beside", str(files)])
    assert result.exit_code == 1
    [line] = [line for line in result.output.splitlines() if "missing-form" in line]
    assert line.startswith(f"{file}:4 [task] error missing-form: 用户任务「审核」")
    assert " / The form 'unknown_form' of the user task" in line


def test_without_surroundings_nobody_knows_that_the_form_is_missing(files):
    assert CliRunner().invoke(lint, [str(files / "wrong.bpmn")]).exit_code == 0


def test_programs_get_every_finding_of_every_file_as_json(files):
    (files / "broken.bpmn").write_text("<a>")
    arguments = [str(files / "broken.bpmn"), str(files / "wrong.bpmn"), "--json"]
    result = CliRunner().invoke(lint, [*arguments, "--beside", str(files)])
    findings = json.loads(result.output)
    assert {finding["rule"] for finding in findings} >= {"xml", "missing-form"}
    assert set(findings[0]) == {"file", "line", "element", "level", "rule", "zh", "en"}
