"""Where a case has been and where it waits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select

from engine.runtime.models import ElementInstance, Timer, TokenState
from engine.scenario.compare import differences, differing
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import at, text, texts
from engine.scenario.steps.registry import CASE, PROCESS, Key, kind


@kind("走过", "passed", "expectation", CASE, PROCESS)
def _passed(desk: Desk, step: Step) -> None:
    """案件走过了这些节点或连线。The case went through these elements or flows."""
    been = passed(desk, desk.scope_keys(step))
    missing = [name for name in texts(step.subject, "走过") if not desk.element_ids(name) & been]
    if missing:
        raise StepFailed(
            f"没有走过：{listed(missing)}", f"the case did not pass: {listed(missing)}"
        )


@kind("没有走过", "not passed", "expectation", CASE, PROCESS)
def _not_passed(desk: Desk, step: Step) -> None:
    """案件没有走过这些节点或连线。The case did not go through these elements or flows."""
    been = passed(desk, desk.scope_keys(step))
    gone = [name for name in texts(step.subject, "没有走过") if desk.element_ids(name) & been]
    if gone:
        raise StepFailed(
            f"不应走过，却走过了：{listed(gone)}", f"the case passed {listed(gone)}, it should not"
        )


@kind("停在", "waits at", "expectation", CASE, PROCESS)
def _waits_at(desk: Desk, step: Step) -> None:
    """案件停在这些节点（可以还有别的）。The case waits at these elements, perhaps at others too."""
    keys = desk.scope_keys(step)
    rows = desk.all(
        select(ElementInstance.element_id).where(
            ElementInstance.instance_key.in_(keys), ElementInstance.state == "active"
        )
    )
    here = {row.element_id for row in rows}
    missing = [name for name in texts(step.subject, "停在") if not desk.element_ids(name) & here]
    if missing:
        found = listed(desk.element_name(id_) for id_ in sorted(here)) or "无"
        raise StepFailed(
            f"没有停在：{listed(missing)}；实际停在：{found}",
            f"the case does not wait at {listed(missing)}; it waits at: {found}",
        )


@kind("定时", "timer", "expectation", CASE, PROCESS, Key(zh="到期", en="due", required=True))
def _timer(desk: Desk, step: Step) -> None:
    """这个定时事件（也可以是定时开始的流程的开始事件）将在此刻发生。This timer will fire then."""
    name = text(step.subject, "定时")
    timers = _start_timers(desk)
    if desk.current is not None or step.fields.get("case") is not None:
        of_case = Timer.instance_key.in_(desk.scope_keys(step))
        timers += desk.all(select(Timer).where(of_case).order_by(Timer.key))
    ids = desk.element_ids(name)
    found = [timer for timer in timers if timer.element_id in ids]
    if not found:
        others = listed(desk.element_name(timer.element_id) for timer in timers) or "无"
        raise StepFailed(
            f"定时事件「{name}」没有在等待，等待中的：{others}",
            f"timer '{name}' is not armed; armed: {others}",
        )
    expected = {"到期": at(step.fields["due"], "到期")}
    wrong = list(differences(expected, {"到期": found[-1].due_at}))
    if wrong:
        raise differing(wrong, f"定时事件「{name}」", f"timer '{name}'")


def _start_timers(desk: Desk) -> list[Row[Any]]:
    return desk.all(
        select(Timer).where(Timer.process_definition_key.is_not(None)).order_by(Timer.key)
    )


def passed(desk: Desk, keys: Collection[int]) -> set[str]:
    """The ids of all elements and flows that some instances went through."""
    elements = desk.all(
        select(ElementInstance.element_id).where(ElementInstance.instance_key.in_(keys))
    )
    states = desk.all(select(TokenState.flows).where(TokenState.instance_key.in_(keys)))
    return {row.element_id for row in elements} | {flow for row in states for flow in row.flows}
