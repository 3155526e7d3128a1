"""The variables of a case."""

from __future__ import annotations

from sqlalchemy import select

from engine.feel import decode
from engine.runtime.models import Variable
from engine.scenario.compare import differences, differing, value_at
from engine.scenario.desk import Desk
from engine.scenario.model import Step
from engine.scenario.steps.reading import context
from engine.scenario.steps.registry import CASE, PROCESS, kind


@kind("变量", "variables", "expectation", CASE, PROCESS)
def _variables(desk: Desk, step: Step) -> None:
    """这些变量（可写 case.amount_due 这样的路径）有这些值。Variables, by name or path.

    What the instance the case began with does not have is looked for in its other procedures.
    """
    found: dict[str, object] = {}
    if "process" not in step.fields:
        for root in desk.roots(desk.case(step)):
            found |= variables_of(desk, root)
    found |= variables_of(desk, desk.instance_of(step).key)
    listed = [
        difference
        for path, expected in context(step.subject, "变量").items()
        for difference in differences(expected, value_at(found, path), path)
    ]
    if listed:
        raise differing(listed, "变量", "variables")


def variables_of(desk: Desk, instance_key: int) -> dict[str, object]:
    """The variables of an instance; those of inner scopes where the instance has none."""
    rows = desk.all(
        select(Variable)
        .where(Variable.instance_key == instance_key)
        .order_by(Variable.scope_open, Variable.changed_at)
    )
    inner = {row.name: decode(row.value) for row in rows if row.scope_id}
    return inner | {row.name: decode(row.value) for row in rows if not row.scope_id}
