"""`label-overlaps`: words that lie on a shape, on a line or on other words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from engine.bpmn.findings import Finding
from engine.bpmn.geometry import overlap, passes_through, segments
from engine.bpmn.lint.facts import Surroundings, warning
from engine.bpmn.lint.layout import covers, name_of, place_of, scenes, solid_shapes
from engine.bpmn.model import Diagram
from engine.bpmn.picture.frames import BAND
from engine.bpmn.picture.scene import Label, Scene, labels

RULE = "label-overlaps"

_SLACK = 3.0


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for seen in scenes(diagram):
        words = list(labels(seen, {}))
        for label in words:
            for zh, en in _on(label, seen):
                yield _finding(label, diagram, zh, en)
        for one, other in combinations(words, 2):
            if overlap(one.bounds, other.bounds, _SLACK):
                text = "".join(one.lines)
                yield _finding(other, diagram, f"文字「{text}」", f"the words '{text}'")


def _finding(label: Label, diagram: Diagram, zh: str, en: str) -> Finding:
    text = "".join(label.lines)
    return warning(
        RULE,
        place_of(label.id, diagram),
        f"文字「{text}」压在{zh}上。请移动文字。",
        f"The words '{text}' lie on {en}. Move them.",
    )


def _on(label: Label, seen: Scene) -> Iterator[tuple[str, str]]:
    """What a label lies on, in both languages."""
    for id, bounds in solid_shapes(seen).items():
        if covers(id, bounds, label.bounds, seen, _SLACK):
            own = id == label.id
            name = name_of(id, seen)
            yield (
                ("自己的图形", "their own shape")
                if own
                else (f"图形「{name}」", f"the shape {name}")
            )
    for text, shape in seen.texts.values():
        if text.kind in ("participant", "lane") and shape.horizontal:
            band = replace(shape.bounds, width=BAND)
            if overlap(label.bounds, band, _SLACK):
                yield f"泳道「{text.name}」的标题栏", f"the title of the lane '{text.name}'"
    for id, (flow, edge) in seen.flows.items():
        if any(passes_through(s, label.bounds, _SLACK) for s in segments(edge.waypoints)):
            name = flow.name or id
            yield (
                ("自己的连线", "their own line")
                if id == label.id
                else (f"连线「{name}」", f"the flow '{name}'")
            )
