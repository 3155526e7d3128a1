"""A case has several procedures: steps find what lies in any of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from engine.clock import VirtualClock
from engine.identity import SYSTEM
from engine.register.models import CaseFile, Entry, Party
from engine.runtime import OutsideJob, Runtime, SourceFile, outside_job
from engine.runtime.commands import Deploy, StartInstance
from engine.scenario import ScenarioResult, failure
from engine.scenario.family import family, number_of_cases
from engine.store import Base, open_database
from engine.store.database import IN_MEMORY
from tests.builders.diagram import (
    call,
    diagram,
    end,
    message,
    message_catch,
    script,
    service_task,
    start,
    timer,
    timer_catch,
    user_task,
)
from tests.engine.scenario.tiny import Play

PUBLISH = {"messageName": "MSG_LISTED", "correlationKey": "=no", "variables": "={no: no}"}
MESSAGES = message("listed", "MSG_LISTED", "no") + message("gone", "MSG_GONE", "mark")
BY_MESSAGE = '<bpmn:messageEventDefinition messageRef="listed"/>'

LIST = diagram(
    "list", start(), user_task("decide", groups="R1"),
    service_task("tell", "runtime.publish_message", headers=PUBLISH), end("listed_end"),
    flows="start -> decide -> tell -> listed_end", properties={"businessKey": "=no"},
)  # fmt: skip
PUBLICATION = diagram(
    "publication", start("told", inner=BY_MESSAGE), script("mark_it", 'no + "/1"', "mark"),
    user_task("put_up", groups="R1"), call("check_it", "check"), message_catch("gone_now", "gone"),
    end("down"), flows="told -> mark_it -> put_up -> check_it -> gone_now -> down",
    properties={"businessKey": "=no"}, extra=MESSAGES,
)  # fmt: skip
CHECK = diagram(
    "check", start("check_begin"), user_task("look", groups="R1"), end("seen"),
    flows="check_begin -> look -> seen",
)  # fmt: skip
PUNISHMENT = diagram(
    "punishment", start("told_too", inner=BY_MESSAGE), user_task("inform", groups="R1"),
    timer_catch("year_over", "P1Y", "timeDuration"), end("over"),
    flows="told_too -> inform -> year_over -> over",
    properties={"businessKey": "=no"}, extra=MESSAGES,
)  # fmt: skip
REPAIR = diagram(
    "repair", start("apply"), user_task("inform", groups="R1"), end("repaired"),
    flows="apply -> inform -> repaired", properties={"businessKey": "=about"},
)  # fmt: skip
NIGHTLY = diagram(
    "nightly", start("every_night", inner=timer("R/2024-01-01T00:00:00+08:00/P1D", "timeCycle")),
    end("slept"), flows="every_night -> slept",
)  # fmt: skip

BEGIN = """
场景: 一件案件的几个流程
已知:
  - 流程目录: several
  - 现在: 2024-03-26 09:00
  - 发起: list
    人员: gc_jb01
    记作: 甲
    填写: {no: A1}
  - 办理: decide
    人员: gc_jb01
"""


@pytest.fixture
def several(tmp_path: Path, play: Play) -> Play:
    """Play a scenario beside a listing that begins publication and punishment by a message."""
    folder = tmp_path / "several"
    folder.mkdir()
    for name, content in {
        "list": LIST, "publication": PUBLICATION, "punishment": PUNISHMENT, "check": CHECK,
        "repair": REPAIR, "nightly": NIGHTLY,
    }.items():  # fmt: skip
        (folder / f"{name}.bpmn").write_bytes(content)
    return play


def test_steps_find_what_lies_in_the_other_procedures_of_the_case(several: Play) -> None:
    result = several(
        BEGIN
        + """
那么:
  - 状态: 已结束
    结束于: listed_end
  - 状态: 进行中
    流程: publication
  - 待办: [put_up, inform]
  - 待办: inform
    流程: punishment
  - 任务: put_up
    候选组: R1
  - 没有任务: put_up
    流程: punishment
  - 变量: {mark: A1/1, no: A1}
  - 停在: [put_up, inform]
  - 走过: [decide, told, told_too]
  - 没有走过: decide
    流程: publication
  - 历史: 发起
    次数: 3
  - 历史: 办结
    流程: list
    次数: 1
  - 异常: 无
  - 案件数: 1
"""
    )
    assert result.passed, _why(result)


def test_of_two_tasks_of_one_name_the_procedure_chooses(several: Play) -> None:
    result = several(
        BEGIN
        + """
当:
  - 发起: repair
    人员: gc_jb01
    关联案件: 甲
    填写: {about: A1}
  - 办理: inform
    流程: repair
    人员: gc_jb01
那么:
  - 状态: 已结束
    流程: repair
  - 任务: inform
    流程: punishment
  - 案件数: 1
"""
    )
    assert result.passed, _why(result)


def test_a_procedure_of_another_matter_is_a_case_of_its_own(several: Play) -> None:
    other = "\n当:\n  - 发起: repair\n    人员: gc_jb01\n    填写: {about: B7}\n"
    result = several(
        BEGIN
        + other
        + """
那么:
  - 待办: inform
  - 待办: [put_up, inform]
    案件: 甲
  - 案件数: 2
"""
    )
    assert result.passed, _why(result)
    claimed = BEGIN + other.replace("    填写", "    关联案件: 甲\n    填写")
    assert "业务号「B7」不是案件「甲」的案号或条目编号" in _why(several(claimed))


def test_a_message_goes_by_the_key_that_the_case_waits_for(several: Play) -> None:
    # given a publication that waits by a key which is not the number of the case
    result = several(
        BEGIN
        + """
当:
  - 办理: put_up
    人员: gc_jb01
  - 办理: look
    流程: publication
    人员: gc_jb01
  - 收到: MSG_GONE
那么:
  - 状态: 已结束
    流程: publication
  - 状态: 进行中
    流程: punishment
  - 待办: inform
"""
    )
    assert result.passed, _why(result)


def test_timers_of_the_other_procedures_fall_due(several: Play) -> None:
    result = several(
        BEGIN
        + """
  - 办理: inform
    人员: gc_jb01
当:
  - 时间到: 2024-04-01
那么:
  - 定时: year_over
    到期: 2025-03-26 09:00
  - 定时: every_night
    到期: 2024-04-02
  - 案件数: 1
"""
    )
    assert result.passed, _why(result)


def test_one_procedure_of_a_case_is_ended_and_the_others_go_on(several: Play) -> None:
    result = several(
        BEGIN
        + """
当:
  - 终止: 甲
    流程: publication
    人员: gc_xb02
    理由: 撤销
那么:
  - 状态: 已终止
    流程: publication
  - 待办: inform
"""
    )
    assert result.passed, _why(result)


def test_a_procedure_that_the_case_does_not_have_is_named(several: Play) -> None:
    wrong = BEGIN + "\n那么:\n  - 待办: 无\n    流程: repair\n"
    assert "案件中没有办理过流程「repair」" in _why(several(wrong))


@outside_job("test.send_word")
def _send_word(job: OutsideJob) -> dict[str, object]:
    if job.header("fail_once") and job.idempotency_key not in TRIED:
        TRIED.add(job.idempotency_key)
        raise ConnectionError("no answer")
    return {"sent": job.header("word")}


TRIED: set[str] = set()


def test_what_acts_outside_is_done_after_each_step_and_as_time_goes_on(
    tmp_path: Path, play: Play
) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    headers = {"word": '="about " + no', "fail_once": "=fail"}
    (folder / "word.bpmn").write_bytes(
        diagram("word", start(), service_task("send", "test.send_word", headers=headers), end(),
                flows="start -> send -> end", properties={"businessKey": "=no"})
    )  # fmt: skip
    begin = BEGIN[: BEGIN.index("  - 发起")]
    result = play(
        begin
        + """
当:
  - 发起: word
    人员: gc_jb01
    填写: {no: A1, fail: false}
那么:
  - 状态: 已结束
  - 变量: {sent: about A1}
"""
    )
    assert result.passed, _why(result)
    result = play(
        begin
        + """
经过:
  - 当:
      - 发起: word
        人员: gc_jb01
        填写: {no: A2, fail: true}
    那么:
      - 停在: send
  - 当:
      - 时间到: 2024-03-26 09:01
    那么:
      - 状态: 已结束
"""
    )
    assert result.passed, _why(result)


def test_the_number_of_an_entry_leads_to_its_case_and_back() -> None:
    # given a case with an entry, and procedures whose business keys are the entry's number
    runtime = Runtime(open_database(IN_MEMORY), VirtualClock(datetime(2024, 3, 26)))
    Base.metadata.create_all(runtime.engine)
    runtime.execute(Deploy(files=[SourceFile(name="repair.bpmn", content=REPAIR)]))
    case, removal, repair, other = (
        runtime.execute(StartInstance(process_id="repair", user=SYSTEM, variables={"about": about}))
        for about in ("案1", "条1", "条1", "条2")
    )
    with runtime.engine.begin() as connection:
        _register(connection, case)
        # then each of them leads to all of them, and to nothing else
        for key in (case, removal, repair):
            assert family(connection, key) == [case, removal, repair]
        assert family(connection, other) == [other]
        assert number_of_cases(connection) == 2


def _register(connection: object, root_key: int) -> None:
    day, at = date(2024, 3, 26), VirtualClock(datetime(2024, 3, 26)).now()
    unit = {"organisation": "CZ", "organisation_path": "CZ/"}
    connection.execute(  # type: ignore[attr-defined]
        insert(Party).values(
            key=1, code="9", party_class="unit", name="某公司", details={}, changed_at=at
        )
    )
    connection.execute(  # type: ignore[attr-defined]
        insert(CaseFile).values(
            case_no="案1", party_key=1, root_key=root_key, source_unit="CZ", state="已列入",
            opened_date=day, **unit,
        )
    )  # fmt: skip
    connection.execute(  # type: ignore[attr-defined]
        insert(Entry).values(
            entry_no="条1", case_no="案1", party_key=1, decision_no="1", decision_date=day, years=1,
            last_day=day, status="已列入", measures=[], criteria=[], created_at=at, **unit,
        )
    )  # fmt: skip


def _why(result: ScenarioResult) -> str:
    failed = result.failed_step
    return failure(failed) if failed else ""


def test_steps_turn_to_the_newest_case_of_a_process(several: Play) -> None:
    # given a case of another matter, which the steps mean from then on
    other = "\n当:\n  - 发起: repair\n    人员: gc_jb01\n    填写: {about: B7}\n"
    # when the scenario turns to the newest listing
    turned = several(BEGIN + other + "  - 转到: list\n那么:\n  - 待办: [put_up, inform]\n")
    # then they mean its case
    assert turned.passed, _why(turned)
    nowhere = several(BEGIN + other + "  - 转到: check\n")
    assert "没有「check」的案件" in _why(nowhere)
