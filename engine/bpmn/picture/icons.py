"""The small signs in tasks, events and gateways, each drawn around or from the origin."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from engine.bpmn.picture.svg import number, path, tag

Icon = Callable[[str, str], str]
"""Ink and paper → SVG."""


def task_icon(kind: str, ink: str, paper: str) -> str:
    """The sign of a task type in an 18 × 18 square whose corner is the origin; may be empty."""
    icon = _TASKS.get(kind)
    return icon(ink, paper) if icon else ""


def event_icon(kind: str, ink: str, paper: str, *, throwing: bool) -> str:
    """The sign of an event around the origin, made for a circle of radius 18; may be empty."""
    icon = _EVENTS.get(kind)
    if icon is None:
        return ""
    if kind == "message" and throwing:
        return _envelope(ink, ink, paper, 9, 6.5)
    return icon(ink, ink if throwing else paper)


def gateway_icon(kind: str, ink: str, paper: str) -> str:
    """The sign of a gateway around the origin, made for a diamond of width 50."""
    return _GATEWAYS[kind](ink, paper) if kind in _GATEWAYS else ""


def marker(name: str, ink: str) -> str:
    """A sign at the bottom of an activity, in a 14 × 14 square around the origin."""
    return _MARKERS[name](ink)


def _user(ink: str, paper: str) -> str:
    body = "M2.5 17 v-2.4 c0 -2.6 1.6 -4.1 4 -4.7 l2.5 2.3 l2.5 -2.3 c2.4 .6 4 2.1 4 4.7 v2.4 z"
    head = tag("circle", cx=9, cy=5.2, r=3.7, fill=paper, stroke=ink, stroke_width=1.1)
    hair = path(
        "M5.3 5.2 c.3 -5.2 7.1 -5.2 7.4 0 c-1.6 .2 -2.8 -.3 -3.6 -1.4 c-.8 1.1 -2.1 1.5 -3.8 1.4 z",
        fill=ink,
    )
    arms = path("M5.6 17 v-2.6 M12.4 17 v-2.6", fill="none", stroke=ink, stroke_width=1)
    return (
        path(body, fill=paper, stroke=ink, stroke_width=1.1, stroke_linejoin="round")
        + arms
        + head
        + hair
    )


def _gear(cx: float, cy: float, radius: float, ink: str, paper: str) -> str:
    teeth = 8
    points = []
    for step in range(teeth * 4):
        angle = 2 * pi * (step - 0.5) / (teeth * 4)
        reach = radius if step % 4 in (0, 1) else radius * 0.74
        points.append(f"{number(cx + reach * cos(angle))} {number(cy + reach * sin(angle))}")
    wheel = path(
        f"M{' L'.join(points)} Z", fill=paper, stroke=ink, stroke_width=1, stroke_linejoin="round"
    )
    return wheel + tag(
        "circle", cx=cx, cy=cy, r=radius * 0.34, fill=paper, stroke=ink, stroke_width=1
    )


def _service(ink: str, paper: str) -> str:
    return _gear(7, 7, 6.2, ink, paper) + _gear(11.6, 11.6, 6.2, ink, paper)


def _script(ink: str, paper: str) -> str:
    sheet = (
        "M6 2 h9.5 c-3 2.4 -2.6 4.6 -1 7 s1.6 5.2 -1.3 7.2 h-9.6"
        " c3 -2.2 2.8 -4.8 1.3 -7.2 s-1.7 -4.8 1.1 -7 z"
    )
    text = "M6.2 4.8 h5.4 M6.2 7.4 h5 M7.4 10.4 h5 M7.6 13.2 h4.6"
    return path(sheet, fill=paper, stroke=ink, stroke_width=1.1, stroke_linejoin="round") + path(
        text, fill="none", stroke=ink, stroke_width=1
    )


def _rule(ink: str, paper: str) -> str:
    return (
        tag("rect", x=1.5, y=3, width=15, height=12.5, fill=paper, stroke=ink, stroke_width=1.1)
        + tag("rect", x=1.5, y=3, width=15, height=3.6, fill=ink, fill_opacity=0.35)
        + path("M1.5 6.6 h15 M1.5 11 h15 M6 6.6 v8.9", fill="none", stroke=ink, stroke_width=1.1)
    )


def _manual(ink: str, paper: str) -> str:
    hand = (
        "M1.5 8.2 l4.2 -4.4 c.5 -.5 1 -.7 1.7 -.7 h2 c1.3 0 1.3 1.9 0 1.9 h-1.8 l-.7 1"
        " h8.6 c1.5 0 1.5 2.1 0 2.1 h.6 c1.4 0 1.4 2.1 0 2.1 h-.9 c1.4 0 1.4 2.1 0 2.1 h-1"
        " c1.3 0 1.3 2 0 2 h-8.4 c-1.2 0 -2.2 -.4 -3 -1.2 l-1.3 -1.3"
    )
    fingers = "M15.2 8.1 h-5 M15.8 10.2 h-5.6 M14.8 12.3 h-4.6"
    return path(hand, fill=paper, stroke=ink, stroke_width=1.1, stroke_linejoin="round") + path(
        fingers, fill="none", stroke=ink, stroke_width=1
    )


def _envelope(edge: str, fill: str, flap: str, half_width: float, half_height: float) -> str:
    w, h = half_width, half_height
    box = tag(
        "rect", x=-w, y=-h, width=2 * w, height=2 * h, fill=fill, stroke=edge, stroke_width=1.2
    )
    fold = f"M{number(-w)} {number(-h)} L0 {number(h * 0.2)} L{number(w)} {number(-h)}"
    return box + path(fold, fill="none", stroke=flap, stroke_width=1.2, stroke_linejoin="round")


def _send(ink: str, paper: str) -> str:
    return tag("g", _envelope(ink, ink, paper, 7.5, 5.2), transform="translate(9 9)")


def _receive(ink: str, paper: str) -> str:
    return tag("g", _envelope(ink, paper, ink, 7.5, 5.2), transform="translate(9 9)")


_TASKS: dict[str, Icon] = {
    "userTask": _user,
    "serviceTask": _service,
    "scriptTask": _script,
    "businessRuleTask": _rule,
    "manualTask": _manual,
    "sendTask": _send,
    "receiveTask": _receive,
}


def _timer(ink: str, paper: str) -> str:
    ticks = "".join(
        f"M{number(8.6 * cos(hour * pi / 6))} {number(8.6 * sin(hour * pi / 6))}"
        f"L{number(10.4 * cos(hour * pi / 6))} {number(10.4 * sin(hour * pi / 6))}"
        for hour in range(12)
    )
    return (
        tag("circle", cx=0, cy=0, r=11, fill="#ffffff", stroke=ink, stroke_width=1.3)
        + path(ticks, stroke=ink, stroke_width=1)
        + path(
            "M1.6 -7.4 L0 0 L5.6 1.2",
            fill="none",
            stroke=ink,
            stroke_width=1.5,
            stroke_linecap="round",
            stroke_linejoin="round",
        )
    )


def _message(ink: str, paper: str) -> str:
    return _envelope(ink, paper, ink, 9, 6.5)


def _polygon(points: str, width: float = 1.4) -> Icon:
    def icon(ink: str, paper: str) -> str:
        return path(
            f"M{points} Z", fill=paper, stroke=ink, stroke_width=width, stroke_linejoin="round"
        )

    return icon


def _regular(corners: int, radius: float) -> str:
    angles = [2 * pi * corner / corners for corner in range(corners)]
    return " L".join(f"{number(radius * sin(a))} {number(-radius * cos(a))}" for a in angles)


def _conditional(ink: str, paper: str) -> str:
    page = tag(
        "rect", x=-7, y=-9, width=14, height=18, fill="#ffffff", stroke=ink, stroke_width=1.3
    )
    return page + path(
        "M-4.5 -5 h9 M-4.5 -1.7 h9 M-4.5 1.7 h9 M-4.5 5 h9", stroke=ink, stroke_width=1.2
    )


def _terminate(ink: str, paper: str) -> str:
    return tag("circle", cx=0, cy=0, r=10.5, fill=ink)


_EVENTS: dict[str, Icon] = {
    "timer": _timer,
    "message": _message,
    "signal": _polygon("0 -9.5 L9 6.8 L-9 6.8"),
    "error": _polygon("-9.5 8.5 L-4.2 -8.5 L2.6 1.2 L9.5 -8.5 L4.6 8.5 L-2.6 -1"),
    "escalation": _polygon("0 -9.5 L8 9 L0 2 L-8 9"),
    "terminate": _terminate,
    "link": _polygon("-9.5 -4 H2.5 V-8.5 L10.5 0 L2.5 8.5 V4 H-9.5"),
    "compensation": _polygon("-0.5 -6.5 L-0.5 6.5 L-10 0 Z M9.5 -6.5 L9.5 6.5 L0 0"),
    "conditional": _conditional,
    "cancel": _polygon(
        "-8.5 -6 L-6 -8.5 L0 -2.5 L6 -8.5 L8.5 -6 L2.5 0"
        " L8.5 6 L6 8.5 L0 2.5 L-6 8.5 L-8.5 6 L-2.5 0"
    ),
    "multiple": _polygon(_regular(5, 10)),
}


def _cross(ink: str, paper: str) -> str:
    return path("M-7 -8 L7 8 M7 -8 L-7 8", stroke=ink, stroke_width=3.6)


def _plus(ink: str, paper: str) -> str:
    return path("M0 -11 V11 M-11 0 H11", stroke=ink, stroke_width=3.6)


def _ring(ink: str, paper: str) -> str:
    return tag("circle", cx=0, cy=0, r=10, fill="none", stroke=ink, stroke_width=2.8)


def _event_based(ink: str, paper: str) -> str:
    rings = "".join(
        tag("circle", cx=0, cy=0, r=radius, fill="none", stroke=ink, stroke_width=1.1)
        for radius in (12.5, 10)
    )
    return rings + path(
        f"M{_regular(5, 6.3)} Z", fill="none", stroke=ink, stroke_width=1.2, stroke_linejoin="round"
    )


def _star(ink: str, paper: str) -> str:
    return path(
        "M0 -11 V11 M-11 0 H11 M-7.8 -7.8 L7.8 7.8 M7.8 -7.8 L-7.8 7.8", stroke=ink, stroke_width=3
    )


_GATEWAYS: dict[str, Icon] = {
    "exclusiveGateway": _cross,
    "parallelGateway": _plus,
    "inclusiveGateway": _ring,
    "eventBasedGateway": _event_based,
    "complexGateway": _star,
}


def _bars(d: str, width: float = 2.2) -> Callable[[str], str]:
    return lambda ink: path(d, fill="none", stroke=ink, stroke_width=width)


def _folded(ink: str) -> str:
    box = tag("rect", x=-7, y=-7, width=14, height=14, fill="none", stroke=ink, stroke_width=1.2)
    return box + path("M0 -4.5 V4.5 M-4.5 0 H4.5", stroke=ink, stroke_width=1.4)


def _loop(ink: str) -> str:
    ring = path("M-2.6 5.4 A6 6 0 1 1 2 5.8", fill="none", stroke=ink, stroke_width=1.5)
    return ring + path("M-6 5.8 H-2.4 V2", fill="none", stroke=ink, stroke_width=1.5)


def _ad_hoc(ink: str) -> str:
    wave = "M-7 1.5 c1.5 -5 4.5 -5 7 -1.5 s5 3.5 7 -1.5"
    return path(wave, fill="none", stroke=ink, stroke_width=2.4)


def _compensation(ink: str) -> str:
    return path(
        "M-.5 -4.5 V4.5 L-7 0 Z M6.5 -4.5 V4.5 L0 0 Z", fill="none", stroke=ink, stroke_width=1.2
    )


_MARKERS: dict[str, Callable[[str], str]] = {
    "parallel": _bars("M-4.5 -6 V6 M0 -6 V6 M4.5 -6 V6"),
    "sequential": _bars("M-6 -4.5 H6 M-6 0 H6 M-6 4.5 H6"),
    "loop": _loop,
    "folded": _folded,
    "ad-hoc": _ad_hoc,
    "compensation": _compensation,
}
