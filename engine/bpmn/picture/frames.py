"""What stands around and beside the flow: pools, lanes, groups, annotations, data."""

from __future__ import annotations

from engine.bpmn.model import Bounds, DrawnText, Shape
from engine.bpmn.picture.look import BAND_FILL, FAINT, INK, PAPER, Look
from engine.bpmn.picture.svg import lines_of_text, path, tag
from engine.bpmn.picture.text import LINE_HEIGHT, is_wide, wrap

BAND = 30.0
"""Width of the title of a pool or lane."""


def frame(text: DrawnText, shape: Shape, look: Look, *, is_empty: bool) -> str:
    """A pool, lane, group, annotation or data sign. An empty pool has its name in the middle."""
    name = look.labels.get(text.id, text.name).strip()
    if text.kind in ("participant", "lane"):
        return tag("g", _lane(text.kind, name, shape, is_empty), class_=text.kind)
    if text.kind == "group":
        return tag("g", _group(shape.bounds), class_="group")
    if text.kind == "textAnnotation":
        return tag("g", _annotation(name, shape.bounds), class_="annotation")
    return tag("g", _data(text.kind, shape.bounds), class_=text.kind)


def _lane(kind: str, name: str, shape: Shape, is_empty: bool) -> str:
    bounds = shape.bounds
    is_pool = kind == "participant"
    box = _rect(bounds, PAPER if is_pool else "none", 1.6 if is_pool else 1.2)
    if is_pool and is_empty:
        lines = wrap(name, bounds.width - 20, 12)
        top = bounds.y + (bounds.height - len(lines) * 12 * LINE_HEIGHT) / 2
        words = lines_of_text(lines, x=bounds.x + bounds.width / 2, y=top, size=12.0, fill=INK)
        return box + words
    if shape.horizontal:
        band = Bounds(x=bounds.x, y=bounds.y, width=BAND, height=bounds.height)
        return box + _rect(band, BAND_FILL if is_pool else "none", 1.2) + _sideways(name, band)
    band = Bounds(x=bounds.x, y=bounds.y, width=bounds.width, height=BAND)
    words = lines_of_text(
        wrap(name, bounds.width - 8, 12)[:2],
        x=bounds.x + bounds.width / 2,
        y=bounds.y + 7,
        size=12.0,
        fill=INK,
    )
    return box + _rect(band, BAND_FILL if is_pool else "none", 1.2) + words


def _rect(bounds: Bounds, fill: str, weight: float) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        fill=fill,
        stroke=INK,
        stroke_width=weight,
    )


def _sideways(name: str, band: Bounds) -> str:
    """A name in a narrow band: Chinese upright from top to bottom, other letters turned."""
    x, y = band.x + band.width / 2, band.y + band.height / 2
    characters = [c for c in name if not c.isspace()]
    high = len(characters) * 14.5
    if characters and all(map(is_wide, characters)) and high <= band.height - 8:
        return "".join(
            tag(
                "text",
                character,
                x=x,
                y=y - high / 2 + 14.5 * index + 11.5,
                font_size=12,
                text_anchor="middle",
                fill=INK,
            )
            for index, character in enumerate(characters)
        )
    lines = wrap(name, band.height - 10, 12)[:2]
    words = lines_of_text(lines, x=0.0, y=-len(lines) * 12 * LINE_HEIGHT / 2, size=12.0, fill=INK)
    return tag("g", words, transform=f"translate({x:g} {y:g}) rotate(-90)")


def _group(bounds: Bounds) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=10,
        fill="none",
        stroke=FAINT,
        stroke_width=1.5,
        stroke_dasharray="10 6 1 6",
        stroke_linecap="round",
    )


def _annotation(words: str, bounds: Bounds) -> str:
    right = bounds.x + min(10, bounds.width)
    bracket = f"M{right:g} {bounds.y:g} H{bounds.x:g} V{bounds.y + bounds.height:g} H{right:g}"
    size = 12.0
    lines = wrap(words, bounds.width - 10, size)
    while size > 9 and len(lines) * size * LINE_HEIGHT > bounds.height + 2:
        size -= 0.5
        lines = wrap(words, bounds.width - 8, size)
    return path(bracket, fill="none", stroke=FAINT, stroke_width=1.5) + lines_of_text(
        lines, x=bounds.x + 6, y=bounds.y + 3, size=size, anchor="start", fill=INK
    )


def _data(kind: str, bounds: Bounds) -> str:
    x, y, w, h = bounds.x, bounds.y, bounds.width, bounds.height
    if kind == "dataObjectReference":
        fold = min(w, h) * 0.28
        page = f"M{x:g} {y:g} h{w - fold:g} l{fold:g} {fold:g} v{h - fold:g} h{-w:g} z"
        corner = f"M{x + w - fold:g} {y:g} v{fold:g} h{fold:g}"
        return path(page, fill=PAPER, stroke=INK, stroke_width=1.6) + path(
            corner, fill="none", stroke=INK, stroke_width=1.6
        )
    dent = h * 0.14
    body = (
        f"M{x:g} {y + dent:g} c0 {-dent * 1.33:g} {w:g} {-dent * 1.33:g} {w:g} 0"
        f" v{h - 2 * dent:g} c0 {dent * 1.33:g} {-w:g} {dent * 1.33:g} {-w:g} 0 z"
    )
    rings = "".join(
        f"M{x:g} {y + dent * (1 + step):g} c0 {dent * 1.33:g} {w:g} {dent * 1.33:g} {w:g} 0"
        for step in range(3)
    )
    return path(body, fill=PAPER, stroke=INK, stroke_width=1.6) + path(
        rings, fill="none", stroke=INK, stroke_width=1.6
    )
