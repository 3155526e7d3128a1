"""Cases: started, ended before their time, and what has become of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select

from engine.feel import plain
from engine.register import entry_of_case
from engine.register.models import CaseFile, Entry
from engine.runtime.commands import CancelInstance, StartInstance
from engine.runtime.models import ProcessInstance
from engine.scenario.compare import differences, differing, require_same
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.family import number_of_cases
from engine.scenario.model import Step
from engine.scenario.steps.reading import context, text, user_of
from engine.scenario.steps.registry import CASE, PROCESS, REASON, USER, Key, kind
from engine.scenario.values import laid_over, show

DATA = Key(zh="填写", en="data")
THIS_CASE = ("本案", "this case")
STATES = {"active": "进行中", "completed": "已结束", "cancelled": "已终止", "suspended": "已中止"}
ENTRY = {
    "编号": "entry_no",
    "案号": "case_no",
    "决定书文号": "decision_no",
    "决定日期": "decision_date",
    "年数": "years",
    "最后一日": "last_day",
    "公示期限": "publish_due_date",
    "送达期限": "serve_due_date",
    "送达日期": "decision_served_date",
    "整改期限": "rectify_due_date",
    "状态": "status",
    "措施": "measures",
    "情形": "criteria",
}


@kind("发起", "start", "action", USER, DATA, Key(zh="单位", en="organisation"),
      Key(zh="记作", en="as"), Key(zh="关联案件", en="for case"),
      Key(zh="条目", en="entry"))  # fmt: skip
def _start(desk: Desk, step: Step) -> None:
    """按登记表单发起一件流程；“关联案件”的，是那件案件的另一个流程；写“条目”的，登记表单的条目编号
    就是那件案件（或“本案”）的条目。Start a process by its form.
    """
    name, for_case = step.fields.get("as"), step.fields.get("for case")
    data = context(laid_over(step.fields.get("data")), "填写")
    if "entry" in step.fields:
        data = {"entry_no": _entry_no(desk, text(step.fields["entry"], "条目")), **data}
    head = desk.case_named(text(for_case, "关联案件")) if for_case is not None else None
    key = desk.execute(
        StartInstance(
            process_id=desk.process(text(step.subject, "发起")),
            user=desk.user(user_of(step)),
            variables=data,
            organisation=str(step.fields.get("organisation") or ""),
            business_key=desk.instance(head).business_key if head is not None else None,
        )
    )
    if head is not None and key not in desk.roots(head):
        number = desk.instance(key).business_key
        raise StepFailed(
            f"流程的业务号「{number}」不是案件「{for_case}」的案号或条目编号",
            f"business key '{number}' is not the number of case '{for_case}' or of its entry",
        )
    desk.opened(key, text(name, "记作") if name is not None else None)


@kind("转到", "turn to", "action", Key(zh="记作", en="as"))
def _turn_to(desk: Desk, step: Step) -> None:
    """以后各步都指这个流程最新的一件，如别的流程以消息启动的新案件。From here on the steps mean the
    newest instance of a process, such as a new case that another procedure began by a message.
    """
    wanted = text(step.subject, "转到")
    rows = desk.all(
        select(ProcessInstance.key)
        .where(
            ProcessInstance.process_id == desk.process(wanted),
            ProcessInstance.parent_key.is_(None),
        )
        .order_by(ProcessInstance.key.desc())
        .limit(1)
    )
    if not rows:
        raise StepFailed(f"没有「{wanted}」的案件", f"there is no case of '{wanted}'")
    name = step.fields.get("as")
    desk.opened(rows[0].key, text(name, "记作") if name is not None else None)


def _entry_no(desk: Desk, case: str) -> str:
    """The number of the entry a case led to. Raises `StepFailed` if it led to none."""
    here = case in THIS_CASE and case not in desk.cases
    key = desk.current if here and desk.current is not None else desk.case_named(case)
    found = desk.all(
        select(Entry.entry_no)
        .join(CaseFile, CaseFile.case_no == Entry.case_no)
        .where(CaseFile.root_key.in_(desk.roots(key)))
        .order_by(Entry.key.desc())
    )
    if not found:
        raise StepFailed(f"「{case}」没有名单条目", f"'{case}' has led to no entry")
    return str(found[0].entry_no)


@kind("终止", "cancel", "action", USER, Key(zh="理由", en="reason", required=True), PROCESS)
def _cancel(desk: Desk, step: Step) -> None:
    """终止一件案件或它的一个流程（写案件名，或者“本案”）。End a case before its time."""
    name = text(step.subject, "终止")
    here = name in THIS_CASE and name not in desk.cases
    of_case = step if here else replace(step, fields={**step.fields, "case": name})
    desk.execute(
        CancelInstance(
            instance_key=desk.instance_of(of_case).key,
            user=desk.user(user_of(step)),
            reason=text(step.fields["reason"], REASON.zh),
        )
    )


@kind("状态", "state", "expectation", CASE, PROCESS, Key(zh="结束于", en="end"))
def _state(desk: Desk, step: Step) -> None:
    """流程的状态：进行中、已结束、已终止，以及在哪个结束事件结束。"""
    row = desk.instance_of(step)
    wanted = text(step.subject, "状态")
    if wanted not in (row.state, STATES.get(row.state)):
        raise StepFailed(
            f"流程应为「{wanted}」，实为「{STATES.get(row.state, row.state)}」{_where(desk, row)}",
            f"the process is {row.state}, expected {wanted}{_where(desk, row)}",
        )
    end = step.fields.get("end")
    if end is not None and row.end_element_id not in desk.element_ids(text(end, "结束于")):
        found = desk.element_name(row.end_element_id) if row.end_element_id else "无"
        raise StepFailed(
            f"应结束于「{end}」，实际结束于「{found}」", f"ended at '{found}', expected '{end}'"
        )


@kind("案件状态", "case state", "expectation", CASE)
def _case_state(desk: Desk, step: Step) -> None:
    """案件台账上的状态。The state of the case in the register."""
    rows = desk.all(
        select(CaseFile.state).where(CaseFile.root_key.in_(desk.roots(desk.case(step))))
    )
    found = rows[0].state if rows else None
    require_same(text(step.subject, "案件状态"), found, "案件状态", "state of the case")


@kind("案件数", "cases", "expectation")
def _cases(desk: Desk, step: Step) -> None:
    """一共发起了几件；同案的其他流程和定时开始的流程不计。How many cases there are."""
    with desk.runtime.reading() as connection:
        found = number_of_cases(connection)
    require_same(step.subject, found, "案件数", "cases")


@kind("条目", "entry", "expectation", CASE)
def _entry(desk: Desk, step: Step) -> None:
    """名单条目的各项，或者“无”。The entry in the list, or none."""
    roots = desk.roots(desk.case(step))
    case_no = desk.all(select(CaseFile.case_no).where(CaseFile.root_key.in_(roots)))
    found = None
    if case_no:
        with desk.runtime.reading() as connection:
            view = entry_of_case(connection, case_no[0].case_no)
        if view is not None:
            found = desk.one(select(Entry).where(Entry.entry_no == view.entry_no))
    if step.subject in ("无", "none", None):
        if found is not None:
            raise StepFailed(
                f"应当没有名单条目，却有 {found.entry_no}",
                f"there should be no entry, but there is {found.entry_no}",
            )
        return
    if found is None:
        raise StepFailed("没有名单条目", "there is no entry")
    _compare_entry(step, {name: plain_or(found, name) for name in ENTRY.values()})


def plain_or(row: object, name: str) -> object:
    """A column; of measures their ids, by which a scenario names them."""
    value = getattr(row, name)
    if name == "measures":
        return [measure.get("id") for measure in value]
    return plain(value) if isinstance(value, list) else value


def _compare_entry(step: Step, found: dict[str, object]) -> None:
    expected = context(step.subject, "条目")
    unknown = [name for name in expected if name not in ENTRY and name not in ENTRY.values()]
    if unknown:
        raise StepFailed(
            f"条目没有「{listed(unknown)}」，可写：{listed(ENTRY)}",
            f"an entry has no {listed(unknown)}; there is: {listed(ENTRY.values())}",
        )
    wanted = {ENTRY.get(name, name): value for name, value in expected.items()}
    found_differences = list(differences(wanted, found))
    if found_differences:
        raise differing(found_differences, "名单条目", "entry")


def _where(desk: Desk, row: Row[Any]) -> str:
    tasks = desk.open_tasks([each.key for each in desk.instances(row.root_key)])
    return f"（{show(', '.join(task.name for task in tasks))}）" if tasks else ""
