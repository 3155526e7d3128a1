"""Diagrams of this room: the file for the viewer, and the picture where no script runs."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from flask_babel import gettext as _
from lxml import etree

from engine.bpmn import Diagram, Element
from engine.bpmn.model import Process
from engine.bpmn.picture import draw
from engine.bpmn.safe_xml import parse
from engine.runtime.queries.instance_page import (
    InstanceHead,
    StandingToken,
    Travelled,
    diagram_file,
)
from engine.runtime.queries.process_numbers import ElementNumbers
from web.engine_room import reading
from web.inspector.room import room
from web.language import language
from web.security import requires

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


@room.get("/inspector/definitions/<int:key>/diagram.bpmn")
@requires("instance.view")
def definition_file(key: int) -> Response:
    """The diagram as deployed; its names in English if the page is."""
    with reading() as connection:
        content = diagram_file(connection, key)
    if language() == "en":
        content = in_english(content)
    return Response(content, mimetype="application/xml")


def in_english(content: bytes) -> bytes:
    """A diagram whose named elements bear their English names, where they have one."""
    root = parse(content, "diagram.bpmn")
    for told in root.iter(f"{ZEEBE}property"):
        if told.get("name") != "name:en" or not told.get("value"):
            continue
        owner = next((e for e in told.iterancestors() if _is_drawn(e)), None)
        if owner is not None and owner.get("name"):
            owner.set("name", told.get("value", ""))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _is_drawn(element: etree._Element) -> bool:
    tag = str(element.tag)
    return tag.startswith(BPMN) and tag != f"{BPMN}extensionElements"


def token_counts(head: InstanceHead, tokens: Sequence[StandingToken]) -> dict[str, int]:
    """Element → tokens that stand there; what holds the others is not counted."""
    counts: dict[str, int] = {}
    for token in tokens:
        if not token.is_container and head.element(token.element_id) is not None:
            counts[token.element_id] = counts.get(token.element_id, 0) + 1
    return counts


def picture_of_instance(head: InstanceHead, tokens: Sequence[StandingToken], way: Travelled) -> str:
    """The diagram of an instance as SVG: tokens, the way taken, incidents."""
    process = head.deployed.process
    return draw(
        head.deployed.diagram,
        tokens=token_counts(head, tokens),
        passed_elements=way.elements,
        passed_flows=way.flows,
        labels=_labels(process),
        notes={id_: _("异常 %(count)s", count=n) for id_, n in way.incidents.items()},
    )


def picture_of_process(
    diagram: Diagram, process: Process, numbers: Sequence[ElementNumbers]
) -> str:
    """The diagram of a procedure as SVG with its numbers."""
    return draw(
        diagram,
        tokens={one.element_id: one.tokens for one in numbers if one.tokens},
        labels=_labels(process),
        notes={one.element_id: note_of(one) for one in numbers if note_of(one)},
    )


def note_of(numbers: ElementNumbers) -> str:
    """The small words below an element: what is late, what failed."""
    words = []
    if numbers.overdue:
        words.append(_("逾期 %(count)s", count=numbers.overdue))
    if numbers.incidents:
        words.append(_("异常 %(count)s", count=numbers.incidents))
    return " · ".join(words)


def _labels(process: Process) -> dict[str, str]:
    if language() != "en":
        return {}
    return {e.id: name for e in process.elements.values() if e.name and (name := _english(e))}


def _english(element: Element) -> str:
    return element.properties.get("name:en", "")
