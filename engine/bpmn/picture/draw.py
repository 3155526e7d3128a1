"""Put the parts of a picture on top of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from html import escape

from engine.bpmn.geometry import contains
from engine.bpmn.model import Bounds, Diagram, Element, Shape
from engine.bpmn.picture.connections import connection, sequence_flow
from engine.bpmn.picture.frames import frame
from engine.bpmn.picture.look import FAINT, INK, PAPER, TOKEN, Look
from engine.bpmn.picture.nodes import container, node
from engine.bpmn.picture.scene import LABEL_SIZE, Label, Scene, labels, scene, seen_at
from engine.bpmn.picture.svg import FONT, lines_of_text, tag
from engine.bpmn.picture.text import width

_MARGIN = 20.0
_ACTIVITIES = ("Task", "task", "callActivity", "ubProcess", "transaction")


def draw(
    diagram: Diagram,
    *,
    tokens: Mapping[str, int | str] | None = None,
    passed_elements: AbstractSet[str] = frozenset(),
    passed_flows: AbstractSet[str] = frozenset(),
    labels: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    dim_rest: bool = False,
    plane: str = "",
    title: str = "",
    description: str = "",
) -> str:
    """A standalone SVG of the diagram: no script, no reference, no style attribute, no id.

    `tokens` maps elements to what their badge says (a count, say); a token in a folded
    sub-process shows on that. `passed_elements` and `passed_flows` are drawn in their own colour,
    the rest pale with `dim_rest`. `labels` replaces names by id (another language), `notes` adds
    small words below an element. `plane` is the id of a folded sub-process to draw its inside
    instead. Every element carries `data-element` (its id) and the classes `element`, its kind, and
    `token`, `passed` or `open`. A diagram without positions gives a picture that says so.
    """
    seen = scene(diagram, plane)
    look = Look(
        tokens=_lifted(tokens or {}, diagram, seen),
        passed_elements=passed_elements,
        passed_flows=passed_flows,
        labels=labels or {},
        notes=notes or {},
        dim_rest=dim_rest,
    )
    title = title or _title(diagram)
    if not seen.elements and not seen.texts:
        return _nothing_drawn(title)
    words = list(_labels(seen, look))
    parts = [*_frames(seen, look), *_content(seen, look), *_words(words, seen, look)]
    parts.extend(_badges(seen, look))
    return _page(parts, _extent(seen, words), title, description)


def _lifted(tokens: Mapping[str, int | str], diagram: Diagram, seen: Scene) -> dict[str, str]:
    """Tokens by the element that shows them; those in one folded sub-process are counted."""
    lifted: dict[str, list[str]] = {}
    for id, badge in tokens.items():
        if (place := seen_at(id, diagram, seen)) is not None:
            lifted.setdefault(place, []).append(str(badge))
    return {
        id: str(sum(map(int, badges))) if all(map(str.isdigit, badges)) else " ".join(badges)
        for id, badges in lifted.items()
    }


def _title(diagram: Diagram) -> str:
    names = [process.name or process.id for process in diagram.processes.values()]
    return "、".join(names) or diagram.file


def _labels(seen: Scene, look: Look) -> Iterator[Label]:
    return labels(seen, look.labels)


def _frames(seen: Scene, look: Look) -> Iterator[str]:
    order = {"participant": 0, "lane": 1, "group": 2}
    back = [pair for pair in seen.texts.values() if pair[0].kind in order]
    back.sort(key=lambda p: (order[p[0].kind], -p[1].bounds.width * p[1].bounds.height))
    for text, shape in back:
        is_empty = not any(contains(shape.bounds, s.bounds) for _, s in seen.elements.values())
        yield frame(text, shape, look, is_empty=is_empty)
    for element, shape in seen.containers():
        yield container(element, shape, look)


def _content(seen: Scene, look: Look) -> Iterator[str]:
    for text, edge in seen.connections.values():
        yield connection(text.kind, edge)
    for text, shape in seen.texts.values():
        if text.kind not in ("participant", "lane", "group"):
            yield frame(text, shape, look, is_empty=False)
    passed_last = sorted(seen.flows.values(), key=lambda p: p[0].id in look.passed_flows)
    for flow, edge in passed_last:
        source = seen.elements[flow.source_id][0]
        start = "default" if source.default_flow == flow.id else ""
        if flow.condition is not None and not source.kind.endswith("Gateway"):
            start = "conditional"
        yield sequence_flow(flow, edge, look, start=start)
    for element, shape in seen.nodes():
        yield node(element, shape, look)


def _words(words: list[Label], seen: Scene, look: Look) -> Iterator[str]:
    for label in words:
        middle = label.bounds.x + label.bounds.width / 2
        # A pale rim keeps letters readable where a line passes behind them.
        yield lines_of_text(
            list(label.lines),
            x=middle,
            y=label.bounds.y,
            size=LABEL_SIZE,
            fill=INK if label.id not in seen.connections else FAINT,
            stroke=PAPER,
            stroke_width=2.5,
            stroke_linejoin="round",
            paint_order="stroke",
            opacity=look.opacity(label.id),
        )


def _badges(seen: Scene, look: Look) -> Iterator[str]:
    for id, words in look.notes.items():
        if id in seen.elements:
            yield _note(words, seen.elements[id])
    for id, badge in look.tokens.items():
        bounds = seen.elements[id][1].bounds
        yield _badge(badge, bounds.x + bounds.width, bounds.y)


def _badge(words: str, x: float, y: float) -> str:
    wide = max(20.0, width(words, 11) + 11)
    pill = tag(
        "rect",
        x=x - wide / 2,
        y=y - 10,
        width=wide,
        height=20,
        rx=10,
        fill=TOKEN,
        stroke=PAPER,
        stroke_width=1.5,
    )
    text = tag(
        "text",
        escape(words, quote=False),
        x=x,
        y=y + 4,
        font_size=11,
        font_weight="bold",
        text_anchor="middle",
        fill=PAPER,
    )
    return tag("g", pill, text, class_="badge")


def _note(words: str, drawn: tuple[Element, Shape]) -> str:
    bounds = drawn[1].bounds
    x, y = bounds.x + bounds.width / 2, bounds.y + bounds.height
    wide = width(words, 10) + 10
    pill = tag(
        "rect",
        x=x - wide / 2,
        y=y - 8,
        width=wide,
        height=16,
        rx=8,
        fill=PAPER,
        stroke=FAINT,
        stroke_width=1,
    )
    text = tag(
        "text",
        escape(words, quote=False),
        x=x,
        y=y + 3.5,
        font_size=10,
        text_anchor="middle",
        fill=INK,
    )
    return tag("g", pill, text, class_="note")


def _extent(seen: Scene, words: list[Label]) -> Bounds:
    boxes = [shape.bounds for _, shape in (*seen.elements.values(), *seen.texts.values())]
    boxes.extend(label.bounds for label in words)
    points = [p for _, e in (*seen.flows.values(), *seen.connections.values()) for p in e.waypoints]
    left = min([b.x for b in boxes] + [x for x, _ in points])
    top = min([b.y for b in boxes] + [y for _, y in points])
    right = max([b.x + b.width for b in boxes] + [x for x, _ in points])
    bottom = max([b.y + b.height for b in boxes] + [y for _, y in points])
    return Bounds(
        x=left - _MARGIN,
        y=top - _MARGIN,
        width=right - left + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
    )


def _page(parts: list[str], extent: Bounds, title: str, description: str) -> str:
    return tag(
        "svg",
        tag("title", escape(title, quote=False)),
        tag("desc", escape(description, quote=False)) if description else "",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{extent.x:g} {extent.y:g} {extent.width:g} {extent.height:g}",
        width=extent.width,
        height=extent.height,
        role="img",
        aria_label=title,
        font_family=FONT,
        class_="bpmn",
    )


def _nothing_drawn(title: str) -> str:
    words = ["此流程图没有图形信息。", "This diagram has no drawing."]
    text = lines_of_text(words, x=180.0, y=26.0, size=13.0, fill=FAINT)
    return _page([text], Bounds(x=0, y=0, width=360, height=90), title, "")
