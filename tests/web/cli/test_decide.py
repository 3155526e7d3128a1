"""`chengxin decide`: a decision asked at the command line, of a file or of the installation."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from click.testing import CliRunner, Result

from engine.shipped import shipped_folder
from tests.web.cli.test_work import chengxin, new_installation, prepared
from web.cli import main

__all__ = ["chengxin", "new_installation", "prepared"]
DEADLINES = shipped_folder("dmn") / "deadlines.dmn"
RATES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="rates" name="rates"
    namespace="https://example.invalid/rates">
  <decision id="rate" name="费率"><variable name="费率"/>
    <literalExpression><text>0.5</text></literalExpression></decision>
</definitions>"""
FEES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="fees" name="fees"
    namespace="https://example.invalid/fees">
  <import importType="https://www.omg.org/spec/DMN/20230324/MODEL/" name="rates"
      namespace="https://example.invalid/rates"/>
  <decision id="fee" name="滞纳金"><variable name="滞纳金"/>
    <informationRequirement>
      <requiredDecision href="https://example.invalid/rates#rate"/></informationRequirement>
    <literalExpression><text>amount * rates.费率</text></literalExpression></decision>
</definitions>"""


def decide(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["decide", *map(str, arguments)])


@pytest.fixture
def fees(tmp_path):
    (tmp_path / "rates.dmn").write_text(RATES, encoding="utf-8")
    (tmp_path / "fees.dmn").write_text(FEES, encoding="utf-8")
    return tmp_path / "fees.dmn"


def test_the_answer_is_written_as_json() -> None:
    asked = decide(DEADLINES, "--context", '{"key": "PUBLISH"}')
    assert asked.exit_code == 0
    assert json.loads(asked.stdout)["unit"] == "WD"


def test_the_explanation_names_version_inputs_rule_and_outputs() -> None:
    asked = decide(DEADLINES, "--context", '{"key": "PUBLISH"}', "--explain")
    told = json.loads(asked.stdout)
    assert told["hash"] == sha256(DEADLINES.read_bytes()).hexdigest()
    assert told["inputs"][0]["value"] == "PUBLISH"
    [rule] = told["matched"]
    assert rule["rule"] > 0
    assert rule["id"]
    assert rule["outputs"] == told["result"]


def test_a_file_may_build_on_the_files_beside_it(fees) -> None:
    asked = decide(fees, "--context", '{"amount": 200}', "--explain")
    told = json.loads(asked.stdout)
    assert told["result"] == 100
    assert told["required"][0]["name"] == "费率"


def test_of_several_topmost_decisions_one_must_be_chosen(tmp_path) -> None:
    file = tmp_path / "two.dmn"
    file.write_text(
        RATES.replace("</definitions>", "") + '<decision id="other" name="另一"/></definitions>',
        encoding="utf-8",
    )
    asked = decide(file, "--context", "{}")
    assert asked.exit_code == 2
    assert "rate、other" in asked.stderr
    assert decide(file, "--decision", "费率", "--context", "{}").stdout == "0.5\n"


def test_what_the_file_does_not_have_is_refused(fees) -> None:
    asked = decide(fees, "--decision", "fines", "--context", "{}")
    assert asked.exit_code == 1
    assert "fines" in asked.stderr
    assert "fee" in asked.stderr


def test_the_installation_answers_by_the_version_in_force(chengxin) -> None:
    asked = chengxin("decide", "deadlines", "--context", '{"key": "PUBLISH"}', "--explain")
    told = json.loads(asked.stdout)
    assert (told["file"], told["version"]) == ("deadlines.dmn", 1)
    assert told["result"]["unit"] == "WD"
    assert chengxin("decide", "no_such", "--context", "{}").exit_code == 1
