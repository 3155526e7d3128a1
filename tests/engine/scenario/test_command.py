"""`chengxin scenario`: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.engine.scenario.test_steps import BEGIN
from tests.engine.scenario.tiny import Write
from web.cli.scenario import scenario


def test_a_passing_file_ends_with_0_and_draws_where_it_went(write: Write, tmp_path: Path) -> None:
    picture = tmp_path / "out.svg"
    done = CliRunner().invoke(
        scenario, [str(write(BEGIN + "那么:\n  - 待办: check\n")), "--coverage", str(picture)]
    )
    assert done.exit_code == 0, done.output
    assert "✓ 一件小事" in done.output
    assert "1 个场景：1 个通过，0 个未通过" in done.output
    drawn = picture.read_text(encoding="utf-8")
    assert "mini：节点 2/11（18 %）" in drawn
    assert "未走过：" in drawn


def test_a_failing_file_ends_with_1_and_says_which_step(write: Write) -> None:
    done = CliRunner().invoke(scenario, [str(write(BEGIN + "那么:\n  - 待办: 无\n"))])
    assert done.exit_code == 1
    assert "✗ 待办 无" in done.output
    assert "story.yaml:11" in done.output
    assert "待办应为：无；实为：check" in done.output


def test_json_has_every_step_and_the_coverage(write: Write) -> None:
    done = CliRunner().invoke(scenario, [str(write(BEGIN + "那么:\n  - 待办: 无\n")), "--json"])
    told = json.loads(done.output)
    assert told["passed"] is False
    assert told["scenarios"][0]["steps"][-1]["outcome"] == "failed"
    assert told["scenarios"][0]["steps"][-1]["en"].startswith("expected open tasks: none")
    assert told["coverage"][0]["of_elements"] == 11


def test_a_file_that_cannot_be_read_ends_with_2(write: Write) -> None:
    done = CliRunner().invoke(scenario, [str(write("场景: 甲\n当:\n  - 办里: 核对")), "--english"])
    assert done.exit_code == 2
    assert "did you mean '办理'?" in done.output
