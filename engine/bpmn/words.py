"""How a finding names an element: its kind in both languages, with the name its author gave it."""

from __future__ import annotations

from engine.bpmn.model import Element

KINDS: dict[str, tuple[str, str]] = {
    "startEvent": ("开始事件", "start event"),
    "endEvent": ("结束事件", "end event"),
    "intermediateCatchEvent": ("中间捕获事件", "intermediate catch event"),
    "intermediateThrowEvent": ("中间抛出事件", "intermediate throw event"),
    "boundaryEvent": ("边界事件", "boundary event"),
    "task": ("任务", "task"),
    "userTask": ("用户任务", "user task"),
    "serviceTask": ("服务任务", "service task"),
    "sendTask": ("发送任务", "send task"),
    "receiveTask": ("接收任务", "receive task"),
    "scriptTask": ("脚本任务", "script task"),
    "businessRuleTask": ("业务规则任务", "business rule task"),
    "manualTask": ("手工任务", "manual task"),
    "callActivity": ("调用活动", "call activity"),
    "subProcess": ("子流程", "sub-process"),
    "transaction": ("事务子流程", "transaction"),
    "adHocSubProcess": ("自由子流程", "ad-hoc sub-process"),
    "exclusiveGateway": ("排他网关", "exclusive gateway"),
    "parallelGateway": ("并行网关", "parallel gateway"),
    "inclusiveGateway": ("包容网关", "inclusive gateway"),
    "eventBasedGateway": ("事件网关", "event-based gateway"),
    "complexGateway": ("复杂网关", "complex gateway"),
}

EVENTS: dict[str, tuple[str, str]] = {
    "none": ("空", "none"),
    "timer": ("定时", "timer"),
    "message": ("消息", "message"),
    "signal": ("信号", "signal"),
    "error": ("错误", "error"),
    "escalation": ("升级", "escalation"),
    "terminate": ("终止", "terminate"),
    "link": ("链接", "link"),
    "compensation": ("补偿", "compensation"),
    "conditional": ("条件", "conditional"),
    "cancel": ("取消", "cancel"),
    "multiple": ("多重", "multiple"),
}


def zh(element: Element) -> str:
    """`用户任务「审核」`."""
    kind = _kind(element)[0]
    return f"{kind}「{_title(element)}」"


def en(element: Element) -> str:
    """`user task 'Review'`."""
    return f"{_kind(element)[1]} '{element.properties.get('name:en') or _title(element)}'"


def _title(element: Element) -> str:
    return " ".join(element.name.split()) or element.id


def _kind(element: Element) -> tuple[str, str]:
    kind_zh, kind_en = KINDS.get(element.kind, (element.kind, element.kind))
    if element.event is not None and element.event.kind != "none":
        event_zh, event_en = EVENTS[element.event.kind]
        return f"{event_zh}{kind_zh}", f"{event_en} {kind_en}"
    if element.triggered_by_event:
        return "事件子流程", "event sub-process"
    return kind_zh, kind_en
