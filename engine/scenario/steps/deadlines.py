"""Deadlines with their arithmetic, and what is said when they come near."""

from __future__ import annotations

from sqlalchemy import select

from engine.runtime.models import DeadlineRecord, Reminder, UserTask
from engine.scenario.compare import differences, differing, require_same
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text
from engine.scenario.steps.registry import CASE, PROCESS, Key, kind
from engine.scenario.values import show

COLUMNS = {
    "start": ("start_date", "起算"),
    "due": ("due_date", "届满"),
    "amount": ("amount", "天数"),
    "unit": ("unit", "单位"),
    "provisional": ("provisional", "暂定"),
    "earliest": ("earliest_date", "最早"),
    "latest": ("latest_date", "最晚"),
}


@kind("期限", "deadline", "expectation", CASE, PROCESS, *(Key(zh=zh, en=en) for en, (_, zh) in
      COLUMNS.items()))  # fmt: skip
def _deadline(desk: Desk, step: Step) -> None:
    """按期限表这一行算过期限；多次时看最后一次。A deadline by this row of the table, the last."""
    rule = text(step.subject, "期限")
    keys = desk.scope_keys(step)
    rows = desk.all(
        select(DeadlineRecord)
        .where(DeadlineRecord.instance_key.in_(keys))
        .order_by(DeadlineRecord.key)
    )
    found = [row for row in rows if row.rule == rule]
    if not found:
        others = listed(dict.fromkeys(row.rule for row in rows)) or "无"
        raise StepFailed(
            f"没有按「{rule}」算过期限，算过的：{others}",
            f"no deadline was worked out by '{rule}', only by: {others}",
        )
    has = {word: getattr(found[-1], column) for column, word in COLUMNS.values()}
    wanted = {COLUMNS[key][1]: value for key, value in step.fields.items() if key in COLUMNS}
    wrong = list(differences(wanted, has))
    if wrong:
        raise differing(wrong, f"期限「{rule}」", f"deadline '{rule}'")


@kind("提醒", "reminder", "expectation", CASE, PROCESS, Key(zh="种类", en="kind"),
      Key(zh="收件", en="recipient"), Key(zh="时间", en="at"),
      Key(zh="次数", en="count"))  # fmt: skip
def _reminder(desk: Desk, step: Step) -> None:
    """就这项任务发过提醒；次数 0 是没有发过。Somebody was reminded of this task."""
    name = text(step.subject, "提醒")
    rows = desk.all(
        select(Reminder, UserTask.name.label("task_name"), UserTask.element_id)
        .join(UserTask, UserTask.key == Reminder.task_key)
        .where(UserTask.instance_key.in_(desk.scope_keys(step)))
        .order_by(Reminder.key)
    )
    beside = ("case", "process", "count")
    wanted = {key: value for key, value in step.fields.items() if key not in beside}
    sent = [
        row
        for row in rows
        if name in (row.task_name, row.element_id)
        and not list(
            differences(wanted, {"kind": row.kind, "recipient": row.recipient, "at": row.at})
        )
    ]
    if "count" in step.fields:
        require_same(step.fields["count"], len(sent), f"提醒「{name}」次数", f"reminders '{name}'")
        return
    if sent:
        return
    found = "；".join(f"{r.task_name} {r.kind}→{r.recipient} {show(r.at)}" for r in rows) or "无"
    raise StepFailed(f"没有这样的提醒，有的是：{found}", f"no such reminder, only: {found}")
