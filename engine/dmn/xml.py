"""DMN files are XML from strangers: no document type, no entities, bounded size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lxml import etree

from engine.dmn.errors import DmnInvalid
from engine.dmn.finding import DmnFinding
from engine.place import Place

MAX_BYTES = 5_000_000
MAX_DEPTH = 100

_MODEL = re.compile(
    r"https?://www\.omg\.org/spec/DMN/"
    r"(20151101(/dmn\w*\.xsd)?|(20180521|20191111|20211108|20230324|20240513)/MODEL)/?"
)
"""The namespaces of DMN 1.1, 1.2, 1.3, 1.4, 1.5 and 1.6."""


def parse_xml(xml: bytes, file: str) -> etree._Element:
    """The root element of a DMN model. Raises `DmnInvalid` as `hardened`, or if it is no model."""
    root = hardened(xml, file)
    if local_name(root) != "definitions" or not _is_dmn(root):
        raise _refused(
            file,
            line_of(root),
            f"不是 DMN 文件（根元素 {root.tag}）",
            f"not a DMN model (root element {root.tag})",
        )
    return root


def hardened(xml: bytes, file: str) -> etree._Element:
    """The root element of any XML file.

    Raises `DmnInvalid` if the file is larger than 5 MB, nested deeper than 100, declares a
    document type or entities, or is not well-formed.
    """
    if len(xml) > MAX_BYTES:
        raise _refused(file, None, "文件超过 5 MB", "the file is larger than 5 MB")
    root = _parse(xml, file)
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _refused(file, 1, "不允许 DOCTYPE", "a DOCTYPE is not allowed")
    _check_depth(root, file)
    return root


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return _local_name(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def is_dmn(namespace: str) -> bool:
    """Whether a namespace is that of models in any version of DMN; its diagrams have others."""
    return _MODEL.fullmatch(namespace) is not None


def children(element: etree._Element, name: str = "") -> Iterator[etree._Element]:
    """The child elements of DMN's own namespace, called `name` if given."""
    for child in element:
        found = local_name(child)
        if found and _is_dmn(child) and (not name or found == name):
            yield child


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child called `name`."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None, name: str = "text") -> str:
    """The text inside the child `name` (DMN writes FEEL as `<text>…</text>`)."""
    if element is None:
        return ""
    inner = child(element, name)
    return "".join(str(part) for part in inner.itertext()).strip() if inner is not None else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, empty if absent."""
    return str(element.get(name) or "")


def line_of(element: etree._Element) -> int | None:
    """The line an element starts in."""
    return cast("int | None", element.sourceline)


def place_of(element: etree._Element, file: str) -> Place:
    """Where an element stands: its own id, or that of the nearest element around it."""
    around: etree._Element | None = element
    while around is not None and not around.get("id"):
        around = around.getparent()
    name = attribute(around, "id") if around is not None else ""
    return Place(file=file, line=line_of(element), element=name)


def _parse(xml: bytes, file: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        raise _refused(
            file, fault.lineno, f"XML 有误（{fault.msg}）", f"malformed XML ({fault.msg})"
        ) from fault
    except ValueError as fault:
        raise _refused(file, None, f"XML 有误（{fault}）", f"malformed XML ({fault})") from fault


def _check_depth(root: etree._Element, file: str) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _refused(
                file, line_of(element), "嵌套超过 100 层", "nested deeper than 100 elements"
            )


def _is_dmn(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and _is_of_dmn(element.tag)


@lru_cache(maxsize=1024)
def _is_of_dmn(tag: str) -> bool:
    return tag.startswith("{") and is_dmn(tag[1:].partition("}")[0])


def _refused(file: str, line: int | None, zh: str, en: str) -> DmnInvalid:
    place = Place(file=file, line=line)
    return DmnInvalid([DmnFinding(level="error", check="xml", place=place, zh=zh, en=en)])
