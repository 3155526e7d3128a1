"""Incidents: what failed and waits for a person."""

from __future__ import annotations

from sqlalchemy import select

from engine.runtime.commands import RetryIncident
from engine.runtime.models import Incident
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text, user_of
from engine.scenario.steps.registry import CASE, PROCESS, USER, kind


@kind("重试异常", "retry", "action", USER, CASE, PROCESS)
def _retry(desk: Desk, step: Step) -> None:
    """重试这个节点的异常。Try again what failed at this element."""
    name = text(step.subject, "重试异常")
    ids = desk.element_ids(name)
    rows = desk.all(
        select(Incident.key, Incident.element_id)
        .where(Incident.instance_key.in_(desk.scope_keys(step)), Incident.resolved_at.is_(None))
        .order_by(Incident.key)
    )
    found = [row for row in rows if row.element_id in ids]
    if not found:
        raise StepFailed(f"「{name}」没有异常", f"'{name}' has no incident")
    desk.execute(RetryIncident(incident_key=found[-1].key, user=desk.user(user_of(step))))


@kind("异常", "incident", "expectation", CASE, PROCESS)
def _incident(desk: Desk, step: Step) -> None:
    """这个节点有异常；写“无”的，本案没有异常。An open incident at this element, or none."""
    rows = desk.all(
        select(Incident).where(
            Incident.instance_key.in_(desk.scope_keys(step)), Incident.resolved_at.is_(None)
        )
    )
    found = "；".join(f"{desk.element_name(row.element_id)}：{row.message_zh}" for row in rows)
    if step.subject in (None, "无", "none"):
        if rows:
            raise StepFailed(f"应当没有异常，却有：{found}", f"there are incidents: {found}")
        return
    ids = desk.element_ids(text(step.subject, "异常"))
    if not any(row.element_id in ids for row in rows):
        raise StepFailed(
            f"「{step.subject}」没有异常；有的是：{found or '无'}",
            f"'{step.subject}' has no incident; there are: {found or 'none'}",
        )
