"""`link-event`: a link without its other half, so that the token would be lost."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram, Element, Process

RULE = "link-event"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        links = [e for e in process.elements.values() if e.event and e.event.kind == "link"]
        for link in links:
            yield from _link(link, links, process)


def _link(link: Element, links: list[Element], process: Process) -> Iterator[Finding]:
    assert link.event is not None
    name = link.event.name
    if not name:
        yield error(
            RULE,
            link.place,
            f"{words.zh(link)}没有链接名称。请填写。",
            f"The {words.en(link)} has no link name. Give it one.",
        )
        return
    mates = [
        other
        for other in links
        if other.event is not None
        and other.event.name == name
        and other.parent_id == link.parent_id
    ]
    catches = [other for other in mates if other.kind == "intermediateCatchEvent"]
    throws = [other for other in mates if other.kind == "intermediateThrowEvent"]
    if link.kind == "intermediateThrowEvent" and not catches:
        yield error(
            RULE,
            link.place,
            f"链接「{name}」在同一层没有对应的捕获事件，流程会在此丢失。请补画。",
            f"No catch event on this level has the link name '{name}'; the token would be lost.",
        )
    if link.kind == "intermediateCatchEvent" and not throws:
        yield error(
            RULE,
            link.place,
            f"链接「{name}」在同一层没有对应的抛出事件。请补画或删除。",
            f"No throw event on this level has the link name '{name}'. Draw one or remove this.",
        )
    if link.kind == "intermediateCatchEvent" and catches[0] is not link:
        yield error(
            RULE,
            link.place,
            f"链接「{name}」有不止一个捕获事件。请改名。",
            f"The link '{name}' has more than one catch event. Rename one.",
        )
