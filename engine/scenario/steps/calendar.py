"""Holiday notices, and deadlines worked out again after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.calendar import SpecialDay, read_notice
from engine.runtime.commands import ApproveCalendar, EnterCalendar, RecomputeDeadlines
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import day, text, user_of
from engine.scenario.steps.registry import CASE, USER, Key, kind


@kind("公布日历", "calendar", "action", Key(zh="录入", en="entered by", required=True),
      Key(zh="批准", en="approved by", required=True), Key(zh="年", en="year"),
      Key(zh="放假", en="rest"), Key(zh="上班", en="work"), Key(zh="全文", en="text"),
      Key(zh="单位", en="organisation"))  # fmt: skip
def _calendar(desk: Desk, step: Step) -> None:
    """一人录入放假安排、另一人批准；写放假和上班的日期，或通知全文。Put a calendar in force."""
    year = step.fields.get("year")
    organisation = step.fields.get("organisation")
    notice = desk.execute(
        EnterCalendar(
            user=desk.user(text(step.fields["entered by"], "录入")),
            title=text(step.subject, "公布日历"),
            days=_days(step),
            year=int(text(year, "年")) if year is not None else None,
            organisation_path=text(organisation, "单位") if organisation is not None else "",
        )
    )
    approver = desk.user(text(step.fields["approved by"], "批准"))
    desk.execute(ApproveCalendar(user=approver, notice_key=notice))


@kind("重算期限", "recompute", "action", USER, CASE)
def _recompute(desk: Desk, step: Step) -> None:
    """按现行日历重算本案（或“全部”案件）的期限。Work deadlines out again by the new calendar."""
    wanted = text(step.subject, "重算期限")
    user = desk.user(user_of(step))
    if wanted in ("全部", "all"):
        roots = list(desk.cases.values())
    else:
        here = wanted in ("本案", "this case") and wanted not in desk.cases
        roots = [desk.case(step) if here else desk.case_named(wanted)]
    instances = dict.fromkeys(row.key for root in roots for row in desk.instances(root))
    for key in instances:
        desk.execute(RecomputeDeadlines(instance_key=key, user=user))


def _days(step: Step) -> list[SpecialDay]:
    if step.fields.get("text") is not None:
        return list(read_notice(text(step.fields["text"], "全文")).layer().days)
    title = text(step.subject, "公布日历")
    return [
        SpecialDay(day=each, working=working, name=title)
        for name, working in (("rest", False), ("work", True))
        for entry in _list(step.fields.get(name))
        for each in _range(entry)
    ]


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _range(entry: object) -> Iterator[date]:
    first, _, last = str(entry).partition("…")
    start, end = day(first.strip(), "日期"), day((last or first).strip(), "日期")
    if end < start:
        raise StepFailed(f"日期倒置：{entry}", f"the days run backwards: {entry}")
    for number in range((end - start).days + 1):
        yield start + timedelta(days=number)
