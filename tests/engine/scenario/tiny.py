"""A tiny procedure: one task, a wait, a table, a letter that cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.scenario import ScenarioResult
from tests.builders.diagram import (
    diagram,
    end,
    gateway,
    message,
    message_catch,
    rule_task,
    service_task,
    start,
    timer_catch,
    user_task,
)

MINI = diagram(
    "mini",
    start(form="begin"),
    user_task("check", groups="R1", form="check", due='=deadline("CHECK", today())',
              properties={"organisation": "CZ-GC"}),
    gateway("wait", "event"),
    message_catch("go", "m1"),
    timer_catch("late", '=end of day(deadline("WAIT", today()))'),
    gateway("arrived"),
    rule_task("judge", "verdict", "verdict"),
    gateway("split"),
    service_task("letter", "documents.produce", headers={"template": "no_such_letter"}),
    gateway("joined"),
    end("done"),
    flows="start -> check -> wait; wait -> go -> arrived; wait -> late -> arrived; "
    "arrived -> judge -> split; split -[amount > 100]-> letter -> joined; "
    "split -[*]-> joined; joined -> done",
    properties={"businessKey": "=no", "subject": "=name"},
    extra=message("m1", "MSG_GO", "no"),
)  # fmt: skip

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="{0}_file" '
    'name="{0}" namespace="t">'
)


def table(id_: str, name: str, source: str, outputs: str, *rules: tuple[str, ...]) -> bytes:
    """A decision table with one input; outputs are `name` or `name:type`, cells FEEL."""
    columns = [column.partition(":") for column in outputs.split()]
    drawn = "".join(
        f'<output id="{id_}_o{n}" name="{name}" typeRef="{kind or "string"}"/>'
        for n, (name, _, kind) in enumerate(columns)
    )
    rows = "".join(
        f'<rule id="{id_}_r{n}"><inputEntry id="{id_}_r{n}i"><text>{_xml(cells[0])}</text>'
        "</inputEntry>"
        + "".join(
            f'<outputEntry id="{id_}_r{n}o{m}"><text>{_xml(cell)}</text></outputEntry>'
            for m, cell in enumerate(cells[1:])
        )
        + "</rule>"
        for n, cells in enumerate(rules)
    )
    return (
        f'{HEAD.format(id_)}<decision id="{id_}" name="{name}"><decisionTable id="{id_}_table" '
        f'hitPolicy="FIRST"><input id="{id_}_in" label="{source}"><inputExpression '
        f'id="{id_}_expression"><text>{source}</text></inputExpression></input>'
        f"{drawn}{rows}</decisionTable></decision></definitions>"
    ).encode()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


DEADLINES = table(
    "deadlines", "期限参数", "key", "amount:number unit roll",
    ('"CHECK"', "5", '"WD"', ""), ('"WAIT"', "3", '"ND"', ""), ("", "0", '"WD"', ""),
)  # fmt: skip
VERDICT = table("verdict", "结论", "amount", "result", ("> 100", '"大额"'), ("", '"小额"'))
BEGIN = """{"type": "default", "id": "begin", "schemaVersion": 18, "components": [
  {"type": "textfield", "id": "a", "key": "no", "label": "编号", "validate": {"required": true}},
  {"type": "textfield", "id": "b", "key": "name", "label": "名称", "validate": {"required": true}},
  {"type": "number", "id": "c", "key": "amount", "label": "金额", "defaultValue": 50}]}"""
CHECK = """{"type": "default", "id": "check", "schemaVersion": 18, "components": [
  {"type": "textarea", "id": "d", "key": "opinion", "label": "意见", "defaultValue": "同意",
   "validate": {"required": true, "minLength": 2}}]}"""

Write = Callable[[str], Path]
Play = Callable[[str], ScenarioResult]
