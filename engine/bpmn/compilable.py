"""What the engine refuses to run, because running it would be a guess.

Each check looks at one element and says what is wrong with it, in Chinese and English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.bpmn.errors import CompileRefused
from engine.bpmn.model import Element, Process
from engine.place import Place

ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "businessRuleTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "callActivity",
        "subProcess",
    }
)
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"}
)
EVENTS: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"none", "timer", "message", "signal", "error", "escalation"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "link"}),
    "intermediateThrowEvent": frozenset({"none", "message", "signal", "escalation", "link"}),
    "endEvent": frozenset({"none", "message", "signal", "error", "escalation", "terminate"}),
    "boundaryEvent": frozenset({"timer", "message", "signal", "error", "escalation"}),
}
"""What each kind of event may wait for or throw."""

WAITED_FOR = frozenset({"timer", "message", "signal"})


class Fault(NamedTuple):
    """What is wrong with an element."""

    zh: str
    en: str


def require_compilable(process: Process) -> None:
    """Raises `CompileRefused`, which names every fault of the first element that has one."""
    for id_, place, faults in refusals(process):
        raise CompileRefused(
            place=place,
            reason_zh=f"「{id_}」" + "；".join(fault.zh for fault in faults) + "。",
            reason_en=f"'{id_}': " + "; ".join(fault.en for fault in faults) + ".",
        )


def refusals(process: Process) -> Iterator[tuple[str, Place, list[Fault]]]:
    """The elements the engine does not run, with their faults; the process itself first."""
    if not any(_starts_a_token(e) for e in process.children_of(process.id)):
        fault = Fault("流程没有开始事件", "the process has no start event")
        yield process.id, process.place, [fault]
    for element in process.elements.values():
        faults = [fault for check in _CHECKS for fault in check(process, element)]
        if faults:
            yield element.id, element.place, faults


def event_kind(element: Element) -> str:
    """The kind of event an element waits for or throws, "none" without one."""
    return element.event.kind if element.event is not None else "none"


def _starts_a_token(element: Element) -> bool:
    return element.kind == "startEvent"


def _known_kind(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind not in ACTIVITIES | GATEWAYS | EVENTS.keys():
        yield Fault(
            f"元素类型 {element.kind} 不支持", f"elements of kind {element.kind} do not run"
        )
    if element.has_standard_loop:
        yield Fault("循环标记不支持，请改画回路", "standard loops do not run; draw a loop")
    if element.for_compensation:
        yield Fault("补偿活动不支持", "compensation does not run")
    if element.loop is not None and element.kind not in ACTIVITIES:
        yield Fault("只有活动可以多实例", "only activities can be multi-instance")


def _known_event(process: Process, element: Element) -> Iterator[Fault]:
    kind = event_kind(element)
    if element.kind in EVENTS and kind not in EVENTS[element.kind]:
        yield Fault(f"{element.kind} 不支持 {kind} 事件", f"no {kind} event at a {element.kind}")
    code = element.event.code if element.event is not None else None
    if code is not None and code.is_expression:
        yield Fault("错误或升级代码须为常量", "the error or escalation code must be a constant")
    if kind == "error" and element.kind == "boundaryEvent" and not element.interrupting:
        yield Fault("错误边界事件必须中断", "an error boundary event always interrupts")


def _start_event(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind != "startEvent":
        return
    if element.incoming:
        yield Fault("开始事件不能有流入", "a start event has no incoming flow")
    kind, scope = event_kind(element), process.elements.get(element.parent_id)
    if scope is None:
        if kind in {"error", "escalation"}:
            yield Fault(f"流程不能由 {kind} 启动", f"no process starts by an {kind}")
    elif scope.triggered_by_event:
        if kind == "none":
            yield Fault("事件子流程须由事件启动", "an event sub-process starts by an event")
        if kind == "error" and not element.interrupting:
            yield Fault("由错误启动必须中断", "a start by an error always interrupts")
    elif kind != "none":
        yield Fault("子流程须由空开始事件启动", "a sub-process starts at a none start event")


def _sub_process(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind != "subProcess":
        return
    starts = [e for e in process.children_of(element.id) if _starts_a_token(e)]
    if len(starts) != 1:
        yield Fault("子流程须恰有一个开始事件", "a sub-process has exactly one start event")
    if element.triggered_by_event and (
        element.incoming or element.outgoing or element.loop is not None
    ):
        yield Fault(
            "事件子流程不能有流入、流出或多实例",
            "an event sub-process has no incoming or outgoing flow and is no multi-instance",
        )


def _end_event(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind == "endEvent" and element.outgoing:
        yield Fault("结束事件不能有流出", "an end event has no outgoing flow")


def _boundary_event(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind != "boundaryEvent":
        return
    host = process.elements.get(element.attached_to or "")
    if host is None or host.kind not in ACTIVITIES or host.triggered_by_event:
        yield Fault("边界事件未附着在活动上", "the boundary event is attached to no activity")
    elif host.parent_id != element.parent_id:
        yield Fault("边界事件与其活动不在同一层", "the event and its activity are on two levels")
    if element.incoming:
        yield Fault("边界事件不能有流入", "a boundary event has no incoming flow")


def _flows(process: Process, element: Element) -> Iterator[Fault]:
    for flow_id in (*element.incoming, *element.outgoing):
        flow = process.flows.get(flow_id)
        if flow is None:
            yield Fault(f"顺序流 {flow_id} 不存在", f"there is no sequence flow {flow_id}")
            continue
        ends = [process.elements.get(id_) for id_ in (flow.source_id, flow.target_id)]
        if any(end is None or end.parent_id != element.parent_id for end in ends):
            yield Fault(
                f"顺序流 {flow_id} 没有连接同一层的两个元素",
                f"flow {flow_id} does not connect two elements of one level",
            )


def _conditions(process: Process, element: Element) -> Iterator[Fault]:
    flows = [process.flows[f] for f in element.outgoing if f in process.flows]
    if element.kind not in {"exclusiveGateway", "inclusiveGateway"}:
        if any(flow.condition is not None for flow in flows):
            yield Fault(
                "只有排他或包容网关的流出可以带条件",
                "only flows out of exclusive and inclusive gateways have conditions",
            )
        return
    for flow in flows:
        if flow.condition is None and flow.id != element.default_flow and len(flows) > 1:
            yield Fault(
                f"流出 {flow.id} 既无条件也不是默认流向",
                f"flow {flow.id} has no condition and is not the default",
            )


def _event_gateway(process: Process, element: Element) -> Iterator[Fault]:
    if element.kind != "eventBasedGateway":
        return
    if not element.outgoing:
        yield Fault("事件网关之后没有事件", "no event stands behind the event-based gateway")
    for flow_id in element.outgoing:
        flow = process.flows.get(flow_id)
        target = process.elements.get(flow.target_id) if flow is not None else None
        if target is None or not _may_be_raced_for(process, target):
            yield Fault(
                "事件网关之后只能是定时、消息、信号捕获事件或接收任务，且没有别的流入",
                "behind an event-based gateway stand only timer, message or signal catch events "
                "and receive tasks, without other incoming flows",
            )


def _may_be_raced_for(process: Process, target: Element) -> bool:
    if len(target.incoming) != 1:
        return False
    if target.kind == "receiveTask":
        return target.loop is None and not any(process.boundary_events_of(target.id))
    return target.kind == "intermediateCatchEvent" and event_kind(target) in WAITED_FOR


def _link(process: Process, element: Element) -> Iterator[Fault]:
    if event_kind(element) != "link":
        return
    if element.kind == "intermediateCatchEvent":
        if element.incoming:
            yield Fault("链接捕获事件不能有流入", "a link catch event has no incoming flow")
        return
    assert element.event is not None
    landings = [
        other
        for other in process.children_of(element.parent_id)
        if other.kind == "intermediateCatchEvent"
        and other.event is not None
        and other.event.kind == "link"
        and other.event.name == element.event.name
    ]
    if len(landings) != 1 or element.outgoing:
        yield Fault(
            "链接抛出事件须恰有一个同名、同层的链接捕获事件，且没有流出",
            "a link throw event has exactly one link catch event of its name on its level, "
            "and no outgoing flow",
        )


_CHECKS: tuple[Callable[[Process, Element], Iterator[Fault]], ...] = (
    _known_kind,
    _known_event,
    _start_event,
    _sub_process,
    _end_event,
    _boundary_event,
    _flows,
    _conditions,
    _event_gateway,
    _link,
)
