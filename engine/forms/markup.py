"""Markdown and HTML of owners → clean HTML: no script, no style, no picture from elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_TAGS = (nh3.ALLOWED_TAGS - {"img", "map", "area", "h1"}) | {"tfoot", "mark"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:])")
_LOWEST_HEADING = 6


def escape_markdown(text: str) -> str:
    """`text` as it reads, whatever Markdown would make of its signs."""
    escaped = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;"))
    return escaped.replace("\n", "\\\n")


def escape_html(text: str) -> str:
    """`text` as it reads in HTML; line breaks are kept."""
    return html.escape(text).replace("\n", "<br>")


@lru_cache(maxsize=512)
def markdown(text: str) -> str:
    """Clean HTML of Markdown; headings begin at h2, since the page has its own title."""
    tokens = _MARKDOWN.parse(text)
    _lower_headings(tokens)
    return clean_html(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def clean_html(text: str) -> str:
    """HTML with what is harmless in it."""
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


def _lower_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, _LOWEST_HEADING)}"
