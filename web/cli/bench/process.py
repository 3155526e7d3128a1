"""The process that is measured: user tasks in a row, fifteen variables."""

from __future__ import annotations

from decimal import Decimal

TASKS = 10

VARIABLES: dict[str, object] = {
    "party_name": "示例甲机械有限公司",
    "party_code": "91000000MA00000157",
    "criteria": [Decimal(3)],
    "amount_due": Decimal("249800.00"),
    "amount_outstanding": Decimal("86400.00"),
    "facts": "单位欠缴社会保险费，被责令限期缴纳，到期仍未缴纳。" * 3,
    "reasons": "符合实施方案第二部分第（一）项规定的情形。",
    "act_no": "示例社监字〔2025〕1号",
    "act_date": "2025-06-08",
    "served_date": "2025-06-10",
    "due_date": "2025-06-20",
    "insurance_type": ["养老", "工伤"],
    "source_unit": "CZ-GC-JB",
    "years": Decimal(1),
    "conduct_evidenced": True,
}


def sequence(tasks: int = TASKS) -> bytes:
    """A diagram of user tasks in a row."""
    names = [f"task_{number}" for number in range(1, tasks + 1)]
    nodes = "".join(
        f'<bpmn:userTask id="{name}" name="{name}"><bpmn:extensionElements><zeebe:userTask/>'
        '<zeebe:assignmentDefinition candidateGroups="clerks"/></bpmn:extensionElements>'
        "</bpmn:userTask>"
        for name in names
    )
    return _document(nodes, list(zip(["start", *names], [*names, "end"], strict=True)))


def loop() -> bytes:
    """A diagram with one user task that is done again and again until `done` is true."""
    nodes = (
        '<bpmn:exclusiveGateway id="entry"/>'
        '<bpmn:userTask id="again" name="again"><bpmn:extensionElements><zeebe:userTask/>'
        '<zeebe:assignmentDefinition candidateGroups="clerks"/></bpmn:extensionElements>'
        "</bpmn:userTask>"
        '<bpmn:exclusiveGateway id="more" default="back"/>'
    )
    leave = (
        '<bpmn:sequenceFlow id="leave" sourceRef="more" targetRef="end">'
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=done = true'
        "</bpmn:conditionExpression></bpmn:sequenceFlow>"
        '<bpmn:sequenceFlow id="back" sourceRef="more" targetRef="entry"/>'
    )
    return _document(nodes + leave, [("start", "entry"), ("entry", "again"), ("again", "more")])


def _document(nodes: str, flows: list[tuple[str, str]]) -> bytes:
    drawn = "".join(
        f'<bpmn:sequenceFlow id="flow_{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(flows)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" '
        'targetNamespace="bench">'
        '<bpmn:process id="bench" name="bench" isExecutable="true">'
        f'<bpmn:startEvent id="start"/>{nodes}<bpmn:endEvent id="end"/>{drawn}'
        "</bpmn:process></bpmn:definitions>"
    ).encode()
