"""What was done, by whom and when."""

from __future__ import annotations

from sqlalchemy import select

from engine.runtime.models import HistoryRecord
from engine.scenario.compare import differences, require_same
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text
from engine.scenario.steps.registry import CASE, PROCESS, REASON, Key, kind
from engine.scenario.values import show, typed

EVENTS = {
    "发起": "instance_started",
    "办结": "task_completed",
    "认领": "task_claimed",
    "取消认领": "task_unclaimed",
    "转办": "task_reassigned",
    "变更期限": "due_date_changed",
    "定时到期": "timer_fired",
    "收到消息": "message_correlated",
    "出现异常": "incident_created",
    "异常解决": "incident_resolved",
    "期限重算": "deadline_recomputed",
    "流程结束": "instance_completed",
    "流程终止": "instance_cancelled",
}


@kind("历史", "history", "expectation", CASE, PROCESS, Key(zh="节点", en="element"),
      Key(zh="人员", en="user"), Key(zh="时间", en="at"), REASON, Key(zh="详情", en="details"),
      Key(zh="次数", en="count"))  # fmt: skip
def _history(desk: Desk, step: Step) -> None:
    """办理历史中有这样一条（写“次数”的，正好这么多条）。The history has such a record."""
    word = text(step.subject, "历史")
    event = EVENTS.get(word, word)
    rows = desk.all(
        select(HistoryRecord)
        .where(HistoryRecord.instance_key.in_(desk.scope_keys(step)))
        .order_by(HistoryRecord.key)
    )
    name = step.fields.get("element")
    ids = desk.element_ids(text(name, "节点")) if name is not None else None
    wanted = {key: typed(step.fields[key]) for key in ("user", "at", "reason", "details")
              if key in step.fields}  # fmt: skip
    of_event = [
        row for row in rows if row.event == event and (ids is None or row.element_id in ids)
    ]
    found = [row for row in of_event if not list(differences(wanted, row._mapping))]
    if "count" in step.fields:
        require_same(step.fields["count"], len(found), f"历史「{word}」条数", f"records '{word}'")
    elif not found:
        others = "；".join(
            f"{desk.element_name(row.element_id) if row.element_id else ''} "
            f"{row.user or '系统'} {show(row.at)} {show(row.details, 80)}"
            for row in of_event[-5:]
        )
        raise StepFailed(
            f"历史中没有这样的「{word}」，有的是：{others or '无'}",
            f"history has no such '{word}', only: {others or 'none'}",
        )
