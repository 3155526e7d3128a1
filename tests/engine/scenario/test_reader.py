"""Reading scenario files: strict, with every fault named where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.scenario import Scenario, ScenarioInvalid, run_scenario
from engine.scenario.values import filled, laid_over

Read = Callable[[str], tuple[Scenario, ...]]

WRONG_FILES = [
    ("场景: 甲\n已知:\n  - 现在是: 2024-01-01", 3, "不认识「现在是」，是否指「现在」？"),
    ("场景: 甲\n那麼: []", 2, "不认识「那麼」，是否指「那么」？"),
    ("场景: 甲\n当:\n  - 办理: 核对\n    用户: a", 4, "不认识「用户」？可以写：人员、填写、案件"),
    ("场景: 甲\n当:\n  - 办理: 核对", 3, "「办理」还要写：人员"),
    ("场景: 甲\n当:\n  - 待办: 无", 3, "「待办」是应有的结果，写在「那么」里"),
    ("场景: 甲\n那么:\n  - 时间到: 2024-01-01", 3, "「时间到」是要做的事，写在「当」里"),
    ("场景: 甲\n当:\n  - 现在: 2024-01-01", 3, "「现在」写在「已知」里"),
    ("场景: 甲\n当:\n  办理: 核对", 3, "应为步骤的列表"),
    ("场景: 甲\n当:\n  - 办理", 3, "一步应写成「做什么: …」"),
    ("场景: 甲\n当: []\n经过: []", 2, "写了「经过」的，「当」应写在「经过」之中"),
    ("场景: 甲\n场景: 乙", 2, "键「场景」重复"),
    ("说明: 无题\n当: []", 1, "缺少「场景: 标题」"),
    ("说明: 只有说明", None, "没有场景"),
    ("场景: 甲\n引用: 没有.yaml", None, "不能读取"),
    ("场景: [甲", 1, "不是正确的 YAML"),
    ("场景: 甲\n资料: {丁: 2024-02-30}", 2, "没有 2024-02-30 这一天"),
    ("场景: 甲\n资料: {丁: 1}\n那么:\n  - 案件数: ${丙}", 4, "没有叫「丙」的资料或参数"),
    ("场景: 甲\n当:\n  - 照做: 登记", 3, "不认识「登记」"),
    ("场景: 甲\n做法: {登记: {步骤: []}}\n当:\n  - {照做: 登记, 其中: {甲: 1}}", 4, "不认识「甲」"),
    ("场景: 甲\n做法: {登记: {参数: {甲: null}, 步骤: []}}\n当:\n  - 照做: 登记", 4,
     "做法「登记」还要给出：甲"),
    ("场景: 甲\n做法: {登记: {步骤: [{照做: 登记}]}}\n当:\n  - 照做: 登记", 2,
     "做法互相照做得太深"),
    ("场景: 甲\n当:\n  - 时间到: 2024-01-01\n    应被拒绝: []", 3, "要写拒绝时应说的话"),
    ("场景: &a [*a]", 1, "引用了自己"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), WRONG_FILES, ids=range(len(WRONG_FILES)))
def test_a_fault_is_named_with_its_line(read: Read, text: str, line: int | None, said: str) -> None:
    with pytest.raises(ScenarioInvalid) as caught:
        read(text)
    problem = caught.value.problems[0]
    assert said in problem.zh
    assert problem.en
    assert problem.place.line == line


def test_every_fault_of_a_file_is_named_at_once(read: Read) -> None:
    with pytest.raises(ScenarioInvalid) as caught:
        read("场景: 甲\n当:\n  - 办里: 核对\n  - 办理: 核对\n  - 待办: 无")
    assert [problem.place.line for problem in caught.value.problems] == [3, 4, 5]
    assert "有 3 处错误" in caught.value.message()


def test_english_words_mean_the_same(read: Read) -> None:
    zh = "场景: 甲\n已知:\n  - 现在: 2024-01-01\n当:\n  - 办理: a\n    人员: b\n    应被拒绝: c"
    en = (
        "scenario: 甲\ngiven:\n  - now: 2024-01-01\n"
        "when:\n  - complete: a\n    user: b\n    refused: c"
    )
    chinese, english = read(zh)[0], read(en)[0]
    assert [(s.kind, s.subject, s.fields, s.refused) for _, _, s in chinese.steps()] == [
        (s.kind, s.subject, s.fields, s.refused) for _, _, s in english.steps()
    ]


def test_documents_share_what_stands_before_them(read: Read) -> None:
    text = """
资料: {金额: 100.50}
做法:
  等到: {参数: {日子: 2024-01-02}, 步骤: [{时间到: "${日子}"}]}
---
场景: 一
当: [{照做: 等到}]
---
场景: 二
当: [{照做: 等到, 其中: {日子: 2024-01-03}}]
"""
    one, two = read(text)
    assert [step.subject for _, _, step in one.steps()] == ["等到", date(2024, 1, 2)]
    assert [step.subject for _, _, step in two.steps()] == ["等到", date(2024, 1, 3)]
    assert [step.depth for _, _, step in two.steps()] == [0, 1]


def test_plain_values_mean_what_a_person_means(read: Read) -> None:
    text = (
        "场景: 甲\n那么:\n  - 变量: {a: 86400.00, b: 010, c: 341702190001010017, d: 12:30, e: no}"
    )
    (step,) = (step for _, _, step in read(text)[0].steps())
    assert step.subject == {
        "a": Decimal("86400.00"), "b": "010", "c": "341702190001010017", "d": "12:30", "e": "no",
    }  # fmt: skip


def test_blocks_lie_over_each_other_entry_by_entry() -> None:
    names: dict[str, object] = {"甲": {"a": 1, "b": {"c": 2, "d": 3}}}
    assert filled({"<<": "${甲}", "b": {"c": 9}}, names) == {"a": 1, "b": {"c": 9, "d": 3}}
    assert filled("第 ${甲.b.c} 号", names) == "第 2 号"
    assert laid_over([{"a": 1, "l": [1]}, {"l": [2]}]) == {"a": 1, "l": [2]}


def test_a_place_of_a_step_in_a_used_file_is_that_file(read: Read, tmp_path: Path) -> None:
    # given a routine in another file, whose step cannot be done
    shared = "做法:\n  做:\n    步骤:\n      - 时间到: 明天\n"
    (tmp_path / "shared.yaml").write_text(shared, encoding="utf-8")
    text = "场景: 甲\n引用: shared.yaml\n已知:\n  - 流程目录: proc\n  - 现在: 2024-01-01\n"
    (story,) = read(text + "当:\n  - 照做: 做\n")
    # when it is played
    failed = run_scenario(story).failed_step
    # then the failure names that file and line
    assert failed is not None
    assert failed.step.place.file.endswith("shared.yaml")
    assert failed.step.place.line == 4
