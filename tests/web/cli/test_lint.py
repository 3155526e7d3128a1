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


TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
  <decision id="size" name="档次"><variable name="档次"/>
    <decisionTable id="size_table">
      <input label="金额">
        <inputExpression typeRef="number"><text>amount</text></inputExpression></input>
      <output name="size" label="档次" typeRef="string"/>
      <rule id="r1"><inputEntry><text>&lt; "5"</text></inputEntry>
        <outputEntry><text>"小"</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"大"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


def test_a_finding_of_a_table_names_decision_rule_column_and_cell(tmp_path):
    (tmp_path / "size.dmn").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(lint, [str(tmp_path), "--json"])
    assert result.exit_code == 1
    [found] = [one for one in json.loads(result.output) if one["rule"] == "type"]
    assert (found["decision"], found["rules"], found["column"]) == ("档次", [1], "金额")
    assert found["cell"] == '< "5"'
    assert found["line"] == 8
    assert found["file"].endswith("size.dmn")


def test_a_folder_is_checked_with_everything_in_it(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "size.dmn").write_text(TABLE.replace("&lt;", "amount &lt;"))
    (tmp_path / "broken.form").write_text("{", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nothing to check", encoding="utf-8")
    result = CliRunner().invoke(lint, [str(tmp_path)])
    assert result.exit_code == 1
    assert "broken.form" in result.output
    assert "2 个文件" in result.output


def test_a_table_may_import_from_the_files_beside_it(tmp_path):
    from tests.web.cli.test_decide import FEES, RATES

    (tmp_path / "rates.dmn").write_text(RATES, encoding="utf-8")
    (tmp_path / "fees.dmn").write_text(FEES, encoding="utf-8")
    assert CliRunner().invoke(lint, [str(tmp_path / "fees.dmn")]).exit_code == 0
    (tmp_path / "rates.dmn").unlink()
    alone = CliRunner().invoke(lint, [str(tmp_path / "fees.dmn")])
    assert alone.exit_code == 1
    assert " import: " in alone.output


def test_a_table_that_cannot_be_examined_in_full_gets_a_note_and_is_no_worse_for_it(tmp_path):
    both = TABLE.replace('&lt; "5"', "&lt; limit")
    (tmp_path / "size.dmn").write_text(both, encoding="utf-8")
    result = CliRunner().invoke(lint, [str(tmp_path), "--json"])
    assert result.exit_code == 0
    [note] = json.loads(result.output)
    assert (note["level"], note["rule"], note["decision"]) == ("note", "unsettled", "档次")
    assert note["column"] == "金额"
