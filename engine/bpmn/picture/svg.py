"""Writing SVG: elements with escaped attributes, no style attributes, no scripts, no ids."""

from __future__ import annotations

from html import escape

from engine.bpmn.picture.text import LINE_HEIGHT

FONT = "Arial, Helvetica, 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"


def tag(name: str, *children: str, **attributes: object) -> str:
    """One element. Attribute names write `_` for `-` and may end in `_`; None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def path(d: str, **attributes: object) -> str:
    return tag("path", d=d, **attributes)


def lines_of_text(
    lines: list[str], *, x: float, y: float, size: float, anchor: str = "middle", **more: object
) -> str:
    """Lines below each other; `y` is the top of the first."""
    return "".join(
        tag(
            "text",
            escape(line, quote=False),
            x=x,
            y=y + size * LINE_HEIGHT * index + size * 0.95,
            font_size=size,
            text_anchor=anchor,
            **more,
        )
        for index, line in enumerate(lines)
    )


def number(value: float) -> str:
    """A coordinate with no more digits than a picture shows."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return escape(str(value), quote=True)
