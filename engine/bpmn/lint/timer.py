"""`timer`: a timer that names no instant, no duration and no cycle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, EventDefinition

RULE = "timer"

_DURATION = re.compile(
    r"P(?=[\dT])(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)\Z"
)
_EXAMPLES = {
    "timeDate": "2026-03-01T09:00:00+08:00",
    "timeDuration": "PT2H",
    "timeCycle": "R3/PT1H",
}


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.event is not None and element.event.kind == "timer":
                yield from _timer(element, element.event)


def _timer(element: Element, event: EventDefinition) -> Iterator[Finding]:
    if event.timer_kind is None or event.timer is None:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}没有填写时间。请填写日期、时长或周期。",
            f"The {words.en(element)} has no time. Give a date, a duration or a cycle.",
        )
        return
    if event.timer_kind == "timeCycle" and not _may_repeat(element):
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}只能触发一次，不能用周期。请改用日期或时长。",
            f"The {words.en(element)} happens once and cannot have a cycle. Use a date"
            " or a duration.",
        )
    if not event.timer.is_expression and not _is_valid(event.timer_kind, event.timer.text.strip()):
        example = _EXAMPLES[event.timer_kind]
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的时间「{event.timer.text.strip()}」无法理解。"
            f"应形如 {example}，或以 = 开头的表达式。",
            f"The time '{event.timer.text.strip()}' of the {words.en(element)} cannot be read."
            f" Write it like {example}, or as an expression that begins with =.",
        )


def _may_repeat(element: Element) -> bool:
    return element.kind == "startEvent" or (
        element.kind == "boundaryEvent" and not element.interrupting
    )


def _is_valid(kind: str, text: str) -> bool:
    if kind == "timeDate":
        return _is_instant(text)
    if kind == "timeDuration":
        return _is_duration(text)
    return _is_cycle(text)


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text.split("[")[0])
    except ValueError:
        return False
    return True


def _is_duration(text: str) -> bool:
    return bool(_DURATION.match(text)) and text != "P"


def _is_cycle(text: str) -> bool:
    """`R/PT1H`, `R5/PT1H` or `R/2026-01-01T00:00:00+08:00/P1D`."""
    repeat, *rest = text.split("/")
    if not re.fullmatch(r"R\d*", repeat) or not 1 <= len(rest) <= 2:
        return False
    return _is_duration(rest[-1]) and all(_is_instant(part) for part in rest[:-1])
