"""`message`: a message event without a message, or that cannot tell whose message it is."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Message, Process

RULE = "message"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.kind == "receiveTask":
                yield from _catch(element, element.message, needs_key=True)
            elif element.event is not None and element.event.kind == "message":
                if element.kind in ("intermediateThrowEvent", "endEvent"):
                    yield from _throw(element)
                else:
                    needs_key = not _starts_instance(element, process)
                    yield from _catch(element, element.event.message, needs_key=needs_key)


def _starts_instance(element: Element, process: Process) -> bool:
    return element.kind == "startEvent" and element.parent_id == process.id


def _catch(element: Element, message: Message | None, *, needs_key: bool) -> Iterator[Finding]:
    if message is None or not message.name.text.strip():
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}没有消息名称。请选择或新建一个消息。",
            f"The {words.en(element)} names no message. Choose one.",
        )
    elif needs_key and message.correlation_key is None:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的消息「{message.name.text}」没有关联键，"
            "无法知道消息属于哪个案件。请填写 correlation key。",
            f"The message '{message.name.text}' of the {words.en(element)} has no correlation key,"
            " so nobody knows whose message it is. Give it one.",
        )


def _throw(element: Element) -> Iterator[Finding]:
    message = element.event.message if element.event else None
    if element.task_type is None and (message is None or not message.name.text.strip()):
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}既没有消息名称，也没有作业类型，什么都不会发出。请填写其一。",
            f"The {words.en(element)} has neither a message nor a job type, so nothing is sent.",
        )
