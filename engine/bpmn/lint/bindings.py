"""Every place of a process where FEEL can stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.bpmn.model import Binding, Element, Process
from engine.place import Place

Kind = Literal["may", "must", "always"]
"""`may`: FEEL if it begins with =; `must`: has to begin with =; `always`: FEEL with or without."""

TESTS = ("check:", "warn:")
"""Prefixes of properties whose value is a condition; the rest of the name is the message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A text that is or may be FEEL, where it stands and what the modeler calls it."""

    binding: Binding
    place: Place
    zh: str
    en: str
    kind: Kind = "may"

    @property
    def is_feel(self) -> bool:
        return self.kind == "always" or self.binding.is_expression


def bindings(process: Process) -> Iterator[Expected]:
    """In document order: the process, its elements, its flows."""
    yield from _properties(process.properties, process.place)
    for element in process.elements.values():
        for binding, zh, en, kind in _of_element(element):
            if binding is not None and binding.text.strip():
                yield Expected(binding=binding, place=element.place, zh=zh, en=en, kind=kind)
        for mapping in (*element.inputs, *element.outputs):
            name = mapping.target
            yield Expected(
                binding=mapping.source,
                place=mapping.place,
                zh=f"变量映射 {name}",
                en=f"mapping {name}",
            )
        yield from _properties(element.properties, element.place)
    for flow in process.flows.values():
        if flow.condition is not None:
            yield Expected(
                binding=flow.condition, place=flow.place, zh="条件", en="condition", kind="must"
            )


_Row = tuple[Binding | None, str, str, Kind]


def _of_element(element: Element) -> Iterator[_Row]:
    yield from _of_people(element)
    yield from _of_calls(element)
    if element.event is not None:
        yield element.event.timer, "时间", "time", "may"
        yield element.event.code, "代码", "code", "may"
    for message in (element.message, element.event.message if element.event else None):
        if message is not None:
            yield message.name, "消息名称", "message name", "may"
            yield message.correlation_key, "关联键", "correlation key", "must"
    if element.loop is not None:
        yield element.loop.input_collection, "输入集合", "input collection", "may"
        yield element.loop.output_element, "输出元素", "output element", "must"
        yield element.loop.completion_condition, "完成条件", "completion condition", "must"


def _of_people(element: Element) -> Iterator[_Row]:
    if element.assignment is not None:
        yield element.assignment.assignee, "办理人", "assignee", "may"
        yield element.assignment.candidate_groups, "候选组", "candidate groups", "may"
        yield element.assignment.candidate_users, "候选人", "candidate users", "may"
    if element.schedule is not None:
        yield element.schedule.due_date, "到期日", "due date", "may"
        yield element.schedule.follow_up_date, "跟进日", "follow-up date", "may"
    yield element.priority, "优先级", "priority", "may"


def _of_calls(element: Element) -> Iterator[_Row]:
    if element.task_type is not None:
        yield element.task_type.type, "作业类型", "job type", "may"
        yield element.task_type.retries, "重试次数", "retries", "may"
    if element.called_decision is not None:
        yield element.called_decision.decision_id, "决策 id", "decision id", "may"
    if element.called_process is not None:
        yield element.called_process.process_id, "流程 id", "process id", "may"
    if element.script is not None:
        yield element.script.expression, "脚本", "script", "must"


def _properties(properties: Mapping[str, str], place: Place) -> Iterator[Expected]:
    for name, text in properties.items():
        if name.startswith(TESTS):
            yield Expected(
                binding=Binding(text=text),
                place=place,
                zh=f"属性 {name}",
                en=f"property {name}",
                kind="always",
            )
        elif text.lstrip().startswith("="):
            yield Expected(
                binding=Binding(text=text), place=place, zh=f"属性 {name}", en=f"property {name}"
            )
