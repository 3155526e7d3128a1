"""Steps about channels: how they are served in a scenario, and what they were given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.scenario import ScenarioResult, failure, read_scenarios, run_scenario

Play = Callable[[str], ScenarioResult]
BLOCKS = Path(__file__).parents[2] / "scenarios" / "blocks"
BEGIN = """
场景: 公示
引用:
  - {blocks}/parties.yaml
  - {blocks}/cases.yaml
  - {blocks}/routines.yaml
  - {blocks}/publication.yaml
已知:
  - 现在: 2025-04-25 16:00
  - 渠道配置: own.yaml
  - 照做: 列入并送达
    其中: {{决定日期: 2025-06-10, 签发时间: 2025-06-10 09:00}}
  - 照做: 直接送达
    其中: {{送达时间: 2025-06-10 08:30}}
  - 照做: 备好公示内容
  - 照做: 门户公示
    其中: {{时间: 2025-06-10 09:00}}
那么:
"""


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """play("- 公示: C1"): the scenario with these expectations, all channels served by a person
    but the portal."""
    (tmp_path / "own.yaml").write_text(
        "channels: {C1: {adapter: portal}, C2: {adapter: manual}, C3: {adapter: 'off'}}", "utf-8"
    )

    def run(then: str) -> ScenarioResult:
        file = tmp_path / "s.yaml"
        lines = "".join(f"  {line}\n" for line in then.strip().splitlines())
        file.write_text(BEGIN.format(blocks=BLOCKS) + lines, encoding="utf-8")
        return run_scenario(read_scenarios(file)[0])

    return run


def why(result: ScenarioResult) -> str:
    failed = result.failed_step
    return failure(failed) if failed else ""


@pytest.mark.slow
def test_a_scenario_sees_what_a_channel_was_given(play: Play) -> None:
    result = play("""
- 公示: C1
  动作: publish
  办法: portal
  迟延: 0
  内容: {name: 示例甲机械有限公司}
- 公示: C3
  份数: 0
- 任务: 外部渠道办理
- 提醒: 外部渠道办理
  种类: overdue
  次数: 0
""")
    assert result.passed, why(result)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("- 公示: C1\n  迟延: 3", "迟延 应为 3"),
        ("- 公示: C1\n  内容: {name: 示例乙}", "示例乙"),
        ("- 公示: C2", "没有办理过"),
        ("- 公示: C1\n  份数: 2", "应为 2"),
    ],
)
def test_what_a_channel_was_not_given_fails(play: Play, then: str, words: str) -> None:
    assert words in why(play(then))
