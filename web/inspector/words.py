"""The words of this room for what the engine names in its own."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.bpmn import Element
from engine.bpmn.model import Process
from engine.calendar import festival_names
from engine.clock import in_shanghai
from web.formats import instant
from web.language import in_language

INSTANCE_STATES: dict[str, object] = {
    "active": _l("运行中"),
    "completed": _l("已办结"),
    "cancelled": _l("已终止"),
    "suspended": _l("已中止"),
}
STATE_TONES = {"active": "fine", "suspended": "soon"}
ELEMENT_STATES: dict[str, object] = {
    "active": _l("停留"),
    "completed": _l("已通过"),
    "cancelled": _l("已撤销"),
}
TASK_STATES: dict[str, object] = {
    "open": _l("办理中"),
    "completed": _l("已办"),
    "cancelled": _l("已撤销"),
}
JOB_STATES: dict[str, object] = {
    "ready": _l("待执行"),
    "completed": _l("已完成"),
    "failed": _l("失败"),
    "cancelled": _l("已撤销"),
}
JOB_TONES = {"failed": "overdue", "ready": "soon", "completed": "fine"}
UNITS: dict[str, object] = {
    "WD": _l("个工作日"),
    "ND": _l("个自然日"),
    "M": _l("个月"),
    "Y": _l("年"),
}
KINDS: dict[str, object] = {
    "startEvent": _l("开始事件"),
    "endEvent": _l("结束事件"),
    "intermediateCatchEvent": _l("等待事件"),
    "intermediateThrowEvent": _l("抛出事件"),
    "boundaryEvent": _l("边界事件"),
    "userTask": _l("用户任务"),
    "serviceTask": _l("服务任务"),
    "sendTask": _l("发送任务"),
    "receiveTask": _l("接收任务"),
    "scriptTask": _l("脚本任务"),
    "businessRuleTask": _l("决策任务"),
    "manualTask": _l("人工任务"),
    "task": _l("任务"),
    "callActivity": _l("调用流程"),
    "subProcess": _l("子流程"),
    "exclusiveGateway": _l("排他网关"),
    "parallelGateway": _l("并行网关"),
    "inclusiveGateway": _l("包容网关"),
    "eventBasedGateway": _l("事件网关"),
}
EVENTS: dict[str, object] = {
    "instance_started": _l("启动流程"),
    "instance_completed": _l("流程办结"),
    "instance_cancelled": _l("流程终止"),
    "cancel_requested": _l("要求终止流程"),
    "task_claimed": _l("签收"),
    "task_unclaimed": _l("退回候选组"),
    "task_reassigned": _l("转办"),
    "task_completed": _l("办理"),
    "due_date_changed": _l("变更期限"),
    "deadline_recomputed": _l("重算期限"),
    "timer_fired": _l("定时器到时"),
    "message_correlated": _l("收到消息"),
    "incident_created": _l("发生异常"),
    "incident_resolved": _l("处理异常"),
}
INTERVENTIONS = frozenset(
    {
        "cancel_requested",
        "task_reassigned",
        "due_date_changed",
        "deadline_recomputed",
        "incident_resolved",
        "instance_cancelled",
    }
)
"""Events by which a person stepped in, marked in the history."""


def kind_words(kind: str) -> str:
    """`exclusiveGateway` → 排他网关."""
    return str(KINDS.get(kind, kind))


def element_words(element: Element) -> str:
    """The name of an element; of one without a name, what kind it is and its id."""
    name = in_language(element.name, element.properties.get("name:en", ""))
    return name or f"{kind_words(element.kind)} {element.id}"


def words_of(process: Process, element_id: str | None) -> str:
    """The words of the element with this id; the id itself if the process has no such one."""
    if not element_id or element_id == process.id:
        return ""
    element = process.elements.get(element_id)
    return element_words(element) if element else element_id


def process_words(process: Process) -> str:
    """The name of a process."""
    return in_language(process.name, process.properties.get("name:en", "")) or process.id


def event_words(event: str) -> str:
    """The words of an event of the history."""
    return str(EVENTS.get(event, event))


def due_instant(value: datetime | None) -> str:
    """An instant until which something may be done: midnight is 24:00 of the day before."""
    if value is None:
        return ""
    local = in_shanghai(value)
    if local.time() != time():
        return instant(local)
    return f"{(local - timedelta(days=1)).date().isoformat()} 24:00"


def period_words(amount: int, unit: str) -> str:
    """`10 个工作日`, `6 个月`."""
    return f"{amount} {UNITS.get(unit, unit)}"


def loop_words(index: int | None) -> str:
    """Which pass of a multi-instance activity."""
    return _("第 %(number)s 项", number=index) if index else ""


def rest_words(names: str) -> str:
    """Why days are passed over: the festivals they belong to, or that they are a weekend."""
    if not names:
        return _("周末")
    english = festival_names()
    return "、".join(in_language(name, english.get(name, "")) for name in names.split("、"))
