"""Bytes of a stranger → XML tree, with nothing in it that reads files, calls out or blows up."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.findings import Finding
from engine.place import Place

MAX_BYTES = 5 * 1024 * 1024
"""The largest file that is read, in bytes."""

MAX_DEPTH = 100
"""The deepest nesting of elements that is read; the root has depth 1."""

RULE = "xml"


def parse(data: bytes, file: str) -> etree._Element:
    """The root element of `data`.

    Raises `DiagramInvalid` for a file larger than `MAX_BYTES`, malformed XML, a DOCTYPE (so no
    entities of the file's own) and nesting deeper than `MAX_DEPTH`.
    """
    if len(data) > MAX_BYTES:
        raise _invalid(
            file,
            None,
            f"文件有 {len(data)} 字节，超过上限 {MAX_BYTES} 字节。",
            f"The file has {len(data)} bytes, more than the limit of {MAX_BYTES}.",
        )
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise _invalid(
            file,
            error.lineno,
            f"不是格式正确的 XML：{error.msg}。请用建模器重新保存。",
            f"Not well-formed XML: {error.msg}. Save it again with the modeler.",
        ) from error
    _refuse_doctype(root, file)
    _refuse_deep(root, file)
    return root


def line_of(node: etree._Element) -> int | None:
    """The line on which `node` begins, counted from 1."""
    line = node.sourceline
    return line if isinstance(line, int) else None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


def _refuse_doctype(root: etree._Element, file: str) -> None:
    if _doctype(root):
        raise _invalid(
            file,
            1,
            "文件含有 DOCTYPE 声明，不予读取。请删除该声明。",
            "The file has a DOCTYPE, which is not read. Remove it.",
        )


def _doctype(root: etree._Element) -> bool:
    info = root.getroottree().docinfo
    return bool(getattr(info, "doctype", "")) or info.internalDTD is not None


def _refuse_deep(root: etree._Element, file: str) -> None:
    level = [root]
    depth = 1
    while level:
        if depth > MAX_DEPTH:
            raise _invalid(
                file,
                line_of(level[0]),
                f"元素嵌套超过 {MAX_DEPTH} 层。",
                f"Elements are nested deeper than {MAX_DEPTH} levels.",
            )
        level = [child for node in level for child in node]
        depth += 1


def _invalid(file: str, line: int | None, zh: str, en: str) -> DiagramInvalid:
    place = Place(file=file, line=line)
    return DiagramInvalid([Finding(level="error", rule=RULE, place=place, zh=zh, en=en)])
