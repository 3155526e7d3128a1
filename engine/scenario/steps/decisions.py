"""Decision tables: what was asked and what they answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from engine.feel import decode
from engine.runtime.models import DecisionRecord
from engine.scenario.compare import differences, differing
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text
from engine.scenario.steps.registry import CASE, PROCESS, Key, kind


@kind("决策", "decision", "expectation", CASE, PROCESS, Key(zh="结果", en="result"),
      Key(zh="命中", en="rules"), Key(zh="版本", en="version"), Key(zh="次数", en="count"),
      Key(zh="第几次", en="nth"))  # fmt: skip
def _decision(desk: Desk, step: Step) -> None:
    """这张表最后一次（或第几次）的结果、命中的行、版本。The last answer of a table."""
    name = text(step.subject, "决策")
    records = _records(desk, step)
    found = [row for row in records if name in (row.decision_id, row.decision_name)]
    if not found:
        others = listed(dict.fromkeys(row.decision_name for row in records)) or "无"
        raise StepFailed(
            f"没有问过决策「{name}」，问过的：{others}",
            f"decision '{name}' was not asked; asked were: {others}",
        )
    nth = step.fields.get("nth")
    number = int(text(nth, "第几次")) if nth is not None else len(found)
    if not 1 <= number <= len(found):
        raise StepFailed(f"只问过 {len(found)} 次", f"it was asked {len(found)} times only")
    row = found[number - 1]
    has = {
        "result": decode(row.result),
        "rules": [rule.get("rule") for rule in row.matched],
        "version": row.version,
        "count": len(found),
    }
    words = {"result": "结果", "rules": "命中", "version": "版本", "count": "次数"}
    wanted = {words[key]: value for key, value in step.fields.items() if key in words}
    if "rules" in step.fields and not isinstance(step.fields["rules"], list):
        wanted["命中"] = [step.fields["rules"]]
    wrong = list(differences(wanted, {words[key]: value for key, value in has.items()}))
    if wrong:
        raise differing(wrong, f"决策「{row.decision_name}」", f"decision '{row.decision_id}'")


def _records(desk: Desk, step: Step) -> list[Row[Any]]:
    keys = desk.scope_keys(step)
    return desk.all(
        select(DecisionRecord)
        .where(DecisionRecord.instance_key.in_(keys))
        .order_by(DecisionRecord.key)
    )
