"""Every kind of step: it does what it says, and when it is not so, it says what it found."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from engine.scenario import ScenarioResult, failure, kinds
from tests.engine.scenario.tiny import Play

BEGIN = """
场景: 一件小事
已知:
  - 流程目录: proc
  - 现在: 2024-03-26 09:00
  - 发起: mini
    人员: gc_jb01
    记作: 甲
    填写: {no: A1, name: 某公司, amount: 50}
"""
WAITING = BEGIN + "  - 办理: check\n    人员: gc_jb01\n"


def when(start: str, *steps: str) -> str:
    return start + "当:\n" + "\n".join(indent(step.strip("\n"), "  ") for step in steps) + "\n"


def then(start: str, *steps: str) -> str:
    return start + "那么:\n" + "\n".join(indent(step.strip("\n"), "  ") for step in steps) + "\n"


WRONG_EXPECTATIONS = [
    ("- 待办: 无", "待办应为：无；实为：check"),
    ("- 待办: [check, check]", "待办应为：check、check；实为：check"),
    ("- 没有任务: check", "不应有待办「check」"),
    ("- 任务: go", "没有待办「go」，现在的待办：check"),
    ("- 任务: chek", "流程图中没有「chek」；是否指：check"),
    ("- 任务: check\n  期限: 2024-04-01", "期限 应为 2024-04-01，实为 2024-04-02"),
    ("- 任务: check\n  候选组: [R1, R2]", "候选组 应为 [「R1」，「R2」]，实为 [「R1」]"),
    ("- 任务: check\n  表单: {opinion: 不同意}", "opinion 应为 「不同意」，实为 「同意」"),
    ("- 变量: {amount: 60}", "amount 应为 60，实为 50"),
    ("- 变量: {amonut: 60}", "amonut 应为 60，实为 没有"),
    ("- 变量: {amount: 50}\n  流程: 大事", "没有流程「大事」，有的是：mini"),
    ("- 状态: 已结束", "流程应为「已结束」，实为「进行中」"),
    ("- 状态: 进行中\n  结束于: done", "应结束于「done」，实际结束于「无」"),
    ("- 案件状态: 已立案", "应为 「已立案」，实为 空"),
    ("- 案件数: 2", "应为 2，实为 1"),
    ("- 条目: {年数: 1}", "没有名单条目"),
    ("- 走过: judge", "没有走过：judge"),
    ("- 没有走过: check", "不应走过，却走过了：check"),
    ("- 停在: wait", "没有停在：wait；实际停在：check"),
    ("- 定时: late\n  到期: 2024-03-30", "没有在等待，等待中的：无"),
    ("- 文书: prior_notice", "没有文书「prior_notice」，有的是：无"),
    ("- 决策: verdict", "没有问过决策「verdict」，问过的：无"),
    ("- 期限: WAIT", "没有按「WAIT」算过期限，算过的：CHECK"),
    ("- 期限: CHECK\n  天数: 7\n  起算: 2024-03-26", "天数 应为 7，实为 5"),
    ("- 提醒: check\n  种类: overdue", "没有这样的提醒，有的是：无"),
    ("- 历史: 办结\n  节点: check", "历史中没有这样的「办结」，有的是：无"),
    ("- 荣誉状态: {先进单位: 有效}", "没有荣誉「先进单位」"),
    ("- 不应授予的荣誉: 先进单位", "不应授予的荣誉"),
    ("- 惩戒措施: {M01: 已实施}", "条目没有措施"),
    ("- 前置审查: 通过\n  用途: 项目招投标\n  人员: gc_jb01\n  名称: 某公司", "前置审查"),
    ("- 前置审查记录: 1", "应为 1，实为 0"),
    ("- 历史: 发起\n  次数: 2", "应为 2，实为 1"),
    ("- 异常: letter", "「letter」没有异常"),
    ("- 部署记录: 改期限", "没有这样的部署记录，有的是：场景开始"),
    ("- 待办: check\n  案件: 乙", "没有名为「乙」的案件，有的是：甲"),
    ("- 任务: {a: b}", "「任务」应为文字"),
]


NEVER_WRONG_HERE = {"没有文书"}
"""Needs a case that made a letter: `tests/scenarios` has those."""


@pytest.mark.parametrize(("step", "said"), WRONG_EXPECTATIONS, ids=range(len(WRONG_EXPECTATIONS)))
def test_a_false_expectation_says_what_it_found(play: Play, step: str, said: str) -> None:
    # given a case that waits at its first task, when something else is expected
    result = play(then(BEGIN, step))
    # then the step fails, and says what there is instead
    assert result.failed_step is not None
    assert said in failure(result.failed_step)


def test_what_must_not_be_there_is_named_when_it_is(play: Play) -> None:
    waiting = then(WAITING, "- 定时: late\n  到期: 2024-03-29 00:00")
    assert "到期 应为 2024-03-29 00:00，实为 2024-03-30 00:00" in _why(play(waiting))


WRONG_ACTIONS = [
    ("- 发起: maxi\n  人员: gc_jb01", "没有流程「maxi」，有的是：mini"),
    ("- 发起: mini\n  人员: gc_jb01", "「编号」未填写"),
    ("- 发起: mini\n  人员: nobody", "nobody"),
    ("- 发起: mini\n  人员: gc_jb01\n  条目: 本案", "「本案」没有名单条目"),
    ("- 办理: judge\n  人员: gc_jb01", "没有待办「judge」，现在的待办：check"),
    ("- 办理: check\n  人员: gc_jb01\n  填写: {opinion: 好}", "「意见」"),
    ("- 办理: check\n  人员: dz_jb01", "被拒绝：您无权办理「check」"),
    ("- 办理: check\n  人员: gc_jb01\n  应被拒绝: 无权", "应被拒绝（无权），但是办成了"),
    ("- 办理: check\n  人员: dz_jb01\n  应被拒绝: 期限", "拒绝时应说「期限」，实际说的是：您无权"),
    ("- 打开: check\n  人员: dz_jb01", "任务属于其他单位"),
    ("- 认领: check\n  人员: dz_jb01", "您无权办理「check」"),
    ("- 取消认领: check\n  人员: dz_jb01", "您无权办理「check」"),
    ("- 转办: check\n  人员: gc_jb01\n  给: dz_jb01\n  理由: 休假", "对方不在候选组"),
    ("- 变更期限: check\n  人员: gc_jb01\n  至: 2024-04-10\n  理由: 复杂", "权限"),
    ("- 终止: 本案\n  人员: gc_jb01\n  理由: 登记错误", "权限"),
    ("- 时间到: 2024-03-25", "时钟不能倒走：现在是 2024-03-26 09:00"),
    ("- 时间到: 下周", "「时间到」应为日期或时刻"),
    ("- 停机: 2024-03-25\n  恢复: 2024-03-27", "停机不能早于现在"),
    ("- 收到: MSG_GO", "没有流程在等待消息「MSG_GO」"),
    ("- 收到: MSG_GOO", "没有流程等待消息「MSG_GOO」；是否指：MSG_GO"),
    ("- 部署: 再来一次\n  人员: cz_lc01", "没有改动，没有部署"),
    ("- 部署: 改\n  人员: gc_jb01\n  改表: {表: deadlines, 行: WAIT, 列: amount, 改为: 4}", "权限"),
    ("- 部署: 改\n  人员: cz_lc01\n  改表: {表: deadlines, 行: WEIT, 列: amount, 改为: 4}",
     "没有行「WEIT」，有的是：CHECK、WAIT"),
    ("- 部署: 改\n  人员: cz_lc01\n  改表: {表: deadlines, 行: WAIT, 列: days, 改为: 4}",
     "没有列「days」，有的是：key、amount、unit、roll"),
    ("- 部署: 改\n  人员: cz_lc01\n  换文件: {other.bpmn: x}", "流程文件中没有"),
    ("- 公布日历: 假\n  录入: gc_jb01\n  批准: gc_jb02\n  放假: 2024-03-28", "权限"),
    ("- 重算期限: 本案\n  人员: gc_jb01", "权限"),
    ("- 问前置审查: 某公司\n  人员: gc_jb01\n  用途: 项目招投标", "前置审查"),
    (("- 荣誉: 先进单位\n  人员: gc_jb01\n  当事人: {name: 某公司, code: 91000000MA00000157}\n"
     "  领域: 社保\n  授予日期: 2024-03-01"), "荣誉"),
    ("- 处理荣誉: 先进单位\n  人员: gc_xb02\n  说明: 收回", "没有荣誉「先进单位」"),
    ("- 重试异常: letter\n  人员: gc_xb02", "「letter」没有异常"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "said"), WRONG_ACTIONS, ids=range(len(WRONG_ACTIONS)))
def test_an_action_that_cannot_be_done_says_why(play: Play, step: str, said: str) -> None:
    assert said in _why(play(when(BEGIN, step)))


def test_every_kind_of_step_is_tried_beside_this_file() -> None:
    shown = "".join(
        file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py")
    )
    for kind in kinds().values():
        if kind.sort != "setting" and kind.en != "do" and kind.zh not in NEVER_WRONG_HERE:
            assert f"- {kind.zh}:" in shown, kind.zh


def test_a_case_goes_its_way(play: Play) -> None:
    # given a case of a small amount
    story = (
        WAITING
        + """
经过:
  - 那么:
      - 停在: wait
      - 历史: 办结
        人员: gc_jb01
        详情: {answers: {opinion: 同意}}
  - 当:
      - 收到: go
    那么:
      - 状态: 已结束
        结束于: done
      - 决策: 结论
        结果: 小额
        命中: 2
        次数: 1
      - 没有走过: [late, letter]
"""
    )
    # when it is played, then everything is found
    result = play(story)
    assert result.passed, _why(result)
    # and the report and the coverage say where it went
    part = result.coverage.processes["mini"]
    assert {"check", "go", "judge", "done"} <= part.elements
    assert {"late", "letter"} <= set(part.missing())
    assert "节点 9/11（81 %）" in part.words()
    assert result.coverage.svg().count("<svg") == 2


def test_an_incident_that_nobody_announced_fails_the_step(play: Play) -> None:
    large = WAITING.replace("amount: 50", "amount: 500")
    why = _why(play(when(large, "- 收到: MSG_GO")))
    assert "发生异常：「letter」" in why
    assert "no_such_letter" in why


def test_an_incident_may_be_announced_and_looked_at(play: Play) -> None:
    large = WAITING.replace("amount: 50", "amount: 500")
    story = when(large, "- 收到: MSG_GO\n  会有异常: no_such_letter")
    assert play(then(story, "- 异常: letter")).passed
    assert "应当没有异常，却有：letter" in _why(play(then(story, "- 异常: 无")))
    wrong = when(large, "- 收到: MSG_GO\n  会有异常: 缺纸")
    assert "应有异常「缺纸」，实际" in _why(play(wrong))


def test_nothing_is_played_after_the_first_failure(play: Play) -> None:
    result = play(then(BEGIN, "- 待办: 无", "- 待办: check"))
    assert [step.outcome for step in result.steps][-2:] == ["failed", "skipped"]


def test_a_server_that_was_down_does_later_what_was_due(play: Play) -> None:
    story = when(WAITING, "- 停机: 2024-03-29 22:00\n  恢复: 2024-03-30 08:00")
    result = play(
        then(
            story,
            "- 状态: 已结束",
            "- 历史: 定时到期\n  时间: 2024-03-30 08:00\n  详情: {due_at: 2024-03-30 00:00}",
        )
    )
    assert result.passed, _why(result)


def test_a_rehearsal_may_change_a_cell_before_anything_happens(play: Play) -> None:
    story = WAITING.replace(
        "  - 现在", "  - 改表: deadlines\n    行: WAIT\n    列: amount\n    改为: 10\n  - 现在", 1
    )
    result = play(then(story, "- 定时: late\n  到期: 2024-04-06"))
    assert result.passed, _why(result)


def test_a_changed_table_holds_for_cases_started_later(play: Play) -> None:
    story = (
        BEGIN
        + """
当:
  - 部署: 等待改为 10 日
    人员: cz_lc01
    改表: {表: deadlines, 行: WAIT, 列: amount, 改为: 10}
  - 发起: mini
    人员: gc_jb01
    记作: 乙
    填写: {no: A2, name: 另一公司}
  - 办理: check
    人员: gc_jb01
  - 办理: check
    人员: gc_jb01
    案件: 甲
那么:
  - 定时: late
    到期: 2024-04-06
  - 定时: late
    案件: 甲
    到期: 2024-03-30
  - 案件数: 2
"""
    )
    result = play(story)
    assert result.passed, _why(result)


def test_a_calendar_moves_deadlines(play: Play, tmp_path: Path) -> None:
    # given two people who may enter and approve calendars
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    story = (
        BEGIN.replace("  - 现在", "  - 单位人员: people.yaml\n  - 现在")
        + """
当:
  - 公布日历: 临时放假
    放假: [2024-03-28 … 2024-03-29]
    录入: cal1
    批准: cal1
    应被拒绝: 不得为同一人
  - 公布日历: 临时放假
    放假: [2024-03-28 … 2024-03-29]
    录入: cal1
    批准: cal2
  - 重算期限: 全部
    人员: cal1
那么:
  - 任务: check
    期限: 2024-04-07
  - 历史: 期限重算
    人员: cal1
"""
    )
    # when two working days fall away, then the task is due two working days later
    result = play(story)
    assert result.passed, _why(result)


PEOPLE = """
roles: [{code: CAL, name: 日历, name_en: Calendar, may: [calendar.edit, calendar.approve]}]
users:
  - {login: cal1, name: 录入, unit: CZ-XB, roles: [CAL], post: 日历, post_en: Calendar}
  - {login: cal2, name: 批准, unit: CZ-XB, roles: [CAL], post: 日历, post_en: Calendar}
"""


def test_a_setting_after_the_first_action_is_refused(play: Play) -> None:
    late = BEGIN + "  - 改表: deadlines\n    行: WAIT\n    列: amount\n    改为: 10\n"
    assert "要写在第一件事之前" in _why(play(late))


def test_without_a_time_nothing_happens(play: Play) -> None:
    assert "还没有说现在是什么时候" in _why(play(BEGIN.replace("  - 现在: 2024-03-26 09:00\n", "")))


def _why(result: ScenarioResult) -> str:
    failed = result.failed_step
    return failure(failed) if failed else ""
