"""`unsupported-element`: a kind of element whose behaviour here is not proven sound."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.compilable import ACTIVITIES, EVENTS, GATEWAYS
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Process

RULE = "unsupported-element"

_INSTEAD: dict[str, tuple[str, str]] = {
    "complexGateway": ("请改用排他、并行或包容网关。", "Use an XOR, AND or OR gateway."),
    "adHocSubProcess": ("请画出各任务的先后顺序。", "Draw the order of its tasks."),
    "transaction": (
        "请改用普通子流程加错误边界事件。",
        "Use a sub-process with an error boundary.",
    ),
}


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for place in diagram.unread:
        yield error(
            RULE,
            place,
            f"不支持元素「{place.element}」。请删除或改用任务。",
            f"The element {place.element} is not supported. Remove it or use a task.",
        )
    for process in diagram.processes.values():
        for element in process.elements.values():
            if reason := _reason(element, process):
                reason_zh, reason_en = reason
                yield error(
                    RULE,
                    element.place,
                    f"不支持{words.zh(element)}{reason_zh}",
                    f"The {words.en(element)} is not supported{reason_en}",
                )


def _reason(element: Element, process: Process) -> tuple[str, str] | None:
    """Why the element is refused; none if it is sound."""
    if element.kind in _INSTEAD:
        instead_zh, instead_en = _INSTEAD[element.kind]
        return f"。{instead_zh}", f". {instead_en}"
    if element.for_compensation:
        return "的补偿处理。请画出更正步骤。", " as compensation. Draw the correcting steps."
    if element.has_standard_loop:
        return (
            "的循环标记。请用网关画出循环，或改用多实例。",
            " with a loop marker. Draw the loop with a gateway, or use multi-instance.",
        )
    if element.event is not None:
        return _event_reason(element, process)
    if element.kind not in ACTIVITIES | GATEWAYS:
        return "。", "."
    return None


def _event_reason(element: Element, process: Process) -> tuple[str, str] | None:
    assert element.event is not None
    kind = element.event.kind
    if kind not in EVENTS[element.kind]:
        allowed = [words.EVENTS[k] for k in words.EVENTS if k in EVENTS[element.kind]]
        return (
            f"。{words.KINDS[element.kind][0]}可以是：{'、'.join(zh for zh, _ in allowed)}。",
            f". It may be: {', '.join(en for _, en in allowed)}.",
        )
    if kind == "error" and element.kind == "boundaryEvent" and not element.interrupting:
        return "（非中断）。错误总是中断活动。", " unless it interrupts: an error always does."
    if element.kind == "startEvent":
        return _start_reason(element, kind, process.elements.get(element.parent_id))
    return None


def _start_reason(element: Element, kind: str, container: Element | None) -> tuple[str, str] | None:
    if container is None:
        if kind in ("error", "escalation"):
            return "：流程不能由它启动。", ": no process begins with it."
    elif not container.triggered_by_event:
        if kind != "none":
            return (
                "：嵌入子流程只能从空开始事件开始。",
                ": an embedded sub-process begins with a none start event.",
            )
    elif kind == "none":
        return "：事件子流程须由事件启动。", ": an event sub-process begins with an event."
    elif kind == "error" and not element.interrupting:
        return "（非中断）。错误总是中断。", " unless it interrupts: an error always does."
    return None
