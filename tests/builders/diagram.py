"""Small diagrams for tests: only what a test is about, without a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">'
)


def diagram(
    process_id: str,
    *elements: str,
    flows: str = "",
    properties: Mapping[str, str] | None = None,
    extra: str = "",
) -> bytes:
    """A diagram with one process. `flows` is read as `a -> b -> c; b -[x > 1]-> d`.

    A flow in brackets carries a condition; `-[*]->` is the default flow of its source.
    """
    drawn, defaults = _flows(flows)
    body = "".join(elements)
    for source, flow in defaults.items():
        body = body.replace(f'id="{source}"', f'id="{source}" default="{flow}"', 1)
    props = _properties(properties or {})
    return (
        f'{HEAD}{extra}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">'
        f"{props}{body}{drawn}</bpmn:process></bpmn:definitions>"
    ).encode()


def start(id_: str = "start", *, form: str = "", inner: str = "") -> str:
    extension = f'<zeebe:formDefinition formId="{form}"/>' if form else ""
    return f'<bpmn:startEvent id="{id_}">{_extend(extension)}{inner}</bpmn:startEvent>'


def end(id_: str = "end", inner: str = "") -> str:
    return f'<bpmn:endEvent id="{id_}">{inner}</bpmn:endEvent>'


def user_task(
    id_: str,
    *,
    groups: str = "clerks",
    assignee: str = "",
    form: str = "",
    due: str = "",
    extension: str = "",
    properties: Mapping[str, str] | None = None,
    inner: str = "",
) -> str:
    named = f' assignee="{assignee}"' if assignee else ""
    parts = (
        "<zeebe:userTask/>"
        + (f'<zeebe:formDefinition formId="{form}"/>' if form else "")
        + f'<zeebe:assignmentDefinition candidateGroups="{groups}"{named}/>'
        + (f'<zeebe:taskSchedule dueDate="{_xml(due)}"/>' if due else "")
        + extension
        + _property_list(properties or {})
    )
    return f'<bpmn:userTask id="{id_}" name="{id_}">{_extend(parts)}{inner}</bpmn:userTask>'


def script(id_: str, expression: str, result: str) -> str:
    inside = f'<zeebe:script expression="={_xml(expression)}" resultVariable="{result}"/>'
    return f'<bpmn:scriptTask id="{id_}" name="{id_}">{_extend(inside)}</bpmn:scriptTask>'


def service_task(
    id_: str, job_type: str, *, headers: Mapping[str, str] | None = None, extension: str = ""
) -> str:
    listed = "".join(
        f'<zeebe:header key="{key}" value="{_xml(value)}"/>'
        for key, value in (headers or {}).items()
    )
    inside = (
        f'<zeebe:taskDefinition type="{job_type}"/>'
        f"<zeebe:taskHeaders>{listed}</zeebe:taskHeaders>{extension}"
    )
    return f'<bpmn:serviceTask id="{id_}" name="{id_}">{_extend(inside)}</bpmn:serviceTask>'


def rule_task(id_: str, decision: str, result: str) -> str:
    inside = f'<zeebe:calledDecision decisionId="{decision}" resultVariable="{result}"/>'
    return (
        f'<bpmn:businessRuleTask id="{id_}" name="{id_}">{_extend(inside)}</bpmn:businessRuleTask>'
    )


def call(id_: str, process_id: str, extension: str = "", *, inner: str = "") -> str:
    inside = (
        f'<zeebe:calledElement processId="{process_id}" propagateAllChildVariables="true"/>'
        + extension
    )
    return (
        f'<bpmn:callActivity id="{id_}" name="{id_}">{_extend(inside)}{inner}</bpmn:callActivity>'
    )


def gateway(id_: str, kind: str = "exclusive") -> str:
    tag = "eventBasedGateway" if kind == "event" else f"{kind}Gateway"
    return f'<bpmn:{tag} id="{id_}"/>'


def timer_catch(id_: str, expression: str, kind: str = "timeDate") -> str:
    return (
        f'<bpmn:intermediateCatchEvent id="{id_}">{timer(expression, kind)}'
        "</bpmn:intermediateCatchEvent>"
    )


def boundary_timer(
    id_: str, attached_to: str, expression: str, kind: str = "timeDate", *, cancel: bool = True
) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id_}" attachedToRef="{attached_to}" '
        f'cancelActivity="{str(cancel).lower()}">{timer(expression, kind)}</bpmn:boundaryEvent>'
    )


def timer(expression: str, kind: str = "timeDate") -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind} "
        f'xsi:type="bpmn:tFormalExpression">{_xml(expression)}</bpmn:{kind}>'
        "</bpmn:timerEventDefinition>"
    )


def message(id_: str, name: str, key: str) -> str:
    """The declaration of a message, for `extra`."""
    return (
        f'<bpmn:message id="{id_}" name="{name}">'
        f'{_extend(f"""<zeebe:subscription correlationKey="={key}"/>""")}</bpmn:message>'
    )


def message_catch(id_: str, message_id: str, extension: str = "") -> str:
    extended = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""
    return (
        f'<bpmn:intermediateCatchEvent id="{id_}">{extended}'
        f'<bpmn:messageEventDefinition messageRef="{message_id}"/></bpmn:intermediateCatchEvent>'
    )


def io(inputs: Mapping[str, str] | None = None, outputs: Mapping[str, str] | None = None) -> str:
    """An `ioMapping` of target → FEEL source."""
    listed = "".join(
        f'<zeebe:{tag} source="={_xml(source)}" target="{target}"/>'
        for tag, mappings in (("input", inputs or {}), ("output", outputs or {}))
        for target, source in mappings.items()
    )
    return f"<zeebe:ioMapping>{listed}</zeebe:ioMapping>"


def loop(
    collection: str, element: str, *, output: str = "", collect: str = "", sequential: bool = False
) -> str:
    out = f' outputCollection="{output}" outputElement="={_xml(collect)}"' if output else ""
    inside = (
        f'<zeebe:loopCharacteristics inputCollection="={_xml(collection)}" '
        f'inputElement="{element}"{out}/>'
    )
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"{_extend(inside)}</bpmn:multiInstanceLoopCharacteristics>"
    )


def _flows(text: str) -> tuple[str, dict[str, str]]:
    drawn, defaults, number = "", {}, 0
    for path in filter(None, (part.strip() for part in text.split(";"))):
        steps = path.replace("->", " -> ").split()
        nodes, conditions = [steps[0]], []
        rest = path[len(steps[0]) :]
        while rest.strip():
            rest = rest.strip()
            condition = ""
            if rest.startswith("-["):
                condition, rest = rest[2:].split("]->", 1)
            else:
                rest = rest.removeprefix("->")
            conditions.append(condition)
            node = rest.split()[0]
            nodes.append(node)
            rest = rest.strip()[len(node) :]
        for (source, target), condition in zip(pairwise(nodes), conditions, strict=True):
            number += 1
            inside = ""
            if condition == "*":
                defaults[source] = f"f{number}"
            elif condition:
                inside = (
                    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">='
                    f"{_xml(condition)}</bpmn:conditionExpression>"
                )
            drawn += (
                f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">'
                f"{inside}</bpmn:sequenceFlow>"
            )
    return drawn, defaults


def _extend(inside: str) -> str:
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>" if inside else ""


def _property_list(properties: Mapping[str, str]) -> str:
    listed = "".join(
        f'<zeebe:property name="{_xml(name)}" value="{_xml(value)}"/>'
        for name, value in properties.items()
    )
    return f"<zeebe:properties>{listed}</zeebe:properties>" if listed else ""


def _properties(properties: Mapping[str, str]) -> str:
    return _extend(_property_list(properties))


def _xml(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
