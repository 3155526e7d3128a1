"""What differs between two versions of a file, in words an owner knows.

A file is taken apart into items that have an id (elements, rules, fields), each with facts. Two
versions are compared item by item; where an item stands on the canvas is no fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Literal

from lxml import etree

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.safe_xml import parse
from engine.runtime import SourceFile

How = Literal["added", "removed", "changed", "reordered"]

DRAWING = ("http://www.omg.org/spec/BPMN/20100524/DI", "DMNDI")
NAMED_BY = ("name", "key", "target")
"""Attributes that tell children of one kind apart: a property by its name, a header by its key."""

SKIPPED = frozenset({"incoming", "outgoing"})


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something with an id in a file. `kind` is the word of the format (`userTask`, `rule`)."""

    id: str
    kind: str
    name: str
    facts: Mapping[str, str]
    ordered_in: str | None = None
    """The item in which this one has its place in an order that matters."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact of an item before and after; empty where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """An item that is new, gone or different."""

    how: How
    id: str
    kind: str
    name: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All changes. `moved` counts what only stands elsewhere; `unreadable` files are compared as
    text alone.
    """

    changes: tuple[Change, ...] = ()
    moved: int = 0
    unreadable: bool = False
    lines: tuple[str, ...] = field(default=(), repr=False)
    """The difference of the texts, for those who read source."""

    @property
    def same(self) -> bool:
        return not self.changes and not self.moved and not self.unreadable


def compare(before: SourceFile, after: SourceFile) -> Comparison:
    """What `after` changes in `before`."""
    lines = tuple(_text_difference(before, after))
    try:
        old, new = _read(before), _read(after)
    except (DiagramInvalid, ValueError):
        return Comparison(unreadable=before.content != after.content, lines=lines)
    common = old.drawn.keys() & new.drawn.keys()
    moved = sum(1 for id_ in common if old.drawn[id_] != new.drawn[id_])
    changes = (*_changes(old.items, new.items), *_reordered(old.items, new.items))
    return Comparison(changes=changes, moved=moved, lines=lines)


@dataclass(frozen=True, kw_only=True)
class _Parts:
    items: Mapping[str, Item]
    drawn: Mapping[str, str]


def _changes(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[Change]:
    for id_, item in new.items():
        if id_ not in old:
            yield Change(how="added", id=id_, kind=item.kind, name=item.name)
        elif facts := tuple(_facts(old[id_].facts, item.facts)):
            yield Change(how="changed", id=id_, kind=item.kind, name=item.name, facts=facts)
    for id_, item in old.items():
        if id_ not in new:
            yield Change(how="removed", id=id_, kind=item.kind, name=item.name)


def _reordered(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[Change]:
    """Where the order has a meaning: rules of a table, fields of a form."""
    common = [id_ for id_ in old if id_ in new and old[id_].ordered_in is not None]
    holders = dict.fromkeys(old[id_].ordered_in for id_ in common)
    for holder in holders:
        here = {id_ for id_ in common if old[id_].ordered_in == new[id_].ordered_in == holder}
        before = [id_ for id_ in old if id_ in here]
        if before != [id_ for id_ in new if id_ in here]:
            item = new.get(holder or "") or new[before[0]]
            yield Change(how="reordered", id=item.id, kind=item.kind, name=item.name)


def _facts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Fact]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            yield Fact(name=name, before=before, after=after)


def _text_difference(before: SourceFile, after: SourceFile) -> Iterator[str]:
    old, new = (file.content.decode("utf-8", "replace").splitlines() for file in (before, after))
    return unified_diff(old, new, lineterm="", n=2)


def _read(file: SourceFile) -> _Parts:
    if file.kind == "form":
        return _Parts(items={item.id: item for item in _form_items(file)}, drawn={})
    root = parse(file.content, file.name)
    items = _dmn_items(root) if file.kind == "dmn" else _bpmn_items(root)
    return _Parts(items={item.id: item for item in items}, drawn=dict(_drawn(root)))


# -- diagrams -------------------------------------------------------------------------------------


def _bpmn_items(root: etree._Element) -> Iterator[Item]:
    for node in root.iter():
        if _has_id(node) and not _is_drawing(node):
            yield Item(
                id=node.get("id", ""),
                kind=_local(node),
                name=" ".join(node.get("name", "").split()),
                facts=dict(_xml_facts(node)),
            )


def _xml_facts(node: etree._Element, path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in node.attrib.items():
        if str(name) != "id" and not (path and str(name) in NAMED_BY):
            yield path + etree.QName(name).localname, str(value)
    if (node.text or "").strip():
        yield path.rstrip(".") or "text", (node.text or "").strip()
    for child in node:
        name = _local(child)
        if not name or name in SKIPPED or _is_drawing(child):
            continue
        if _has_id(child) and not name.endswith("EventDefinition"):
            continue
        if name in ("extensionElements", "properties", "ioMapping", "taskHeaders"):
            yield from _xml_facts(child, path)
        else:
            by = next((str(child.get(key)) for key in NAMED_BY if child.get(key)), "")
            yield from _xml_facts(child, f"{path}{name}{f'[{by}]' if by else ''}.")


def _drawn(root: etree._Element) -> Iterator[tuple[str, str]]:
    for node in root.iter():
        if not _local(node).endswith(("Shape", "Edge")):
            continue
        if of := node.get("bpmnElement") or node.get("dmnElementRef"):
            places = [
                f"{_local(part)}{sorted((str(k), str(v)) for k, v in part.attrib.items())}"
                for part in node.iter()
                if _local(part) in ("Bounds", "waypoint")
            ]
            yield of, " ".join(places)


# -- tables ---------------------------------------------------------------------------------------


def _dmn_items(root: etree._Element) -> Iterator[Item]:
    for node in root.iter():
        kind = _local(node)
        if kind in ("inputEntry", "outputEntry", "annotationEntry", "text") or _is_drawing(node):
            continue
        if kind == "rule":
            yield _rule(node)
        elif kind == "decisionTable":
            yield _table(node)
        elif _has_id(node):
            name = node.get("label") or node.get("name") or ""
            yield Item(id=node.get("id", ""), kind=kind, name=name, facts=dict(_xml_facts(node)))


def _rule(rule: etree._Element) -> Item:
    table = rule.getparent()
    assert table is not None
    inputs = [_column(column) for column in table if _local(column) == "input"]
    outputs = [_column(column) for column in table if _local(column) == "output"]
    facts = dict(zip(inputs, _cells(rule, "inputEntry"), strict=False))
    facts |= {
        f"→ {column}": cell
        for column, cell in zip(outputs, _cells(rule, "outputEntry"), strict=False)
    }
    for number, remark in enumerate(_cells(rule, "annotationEntry"), start=1):
        facts[f"annotation[{number}]"] = remark
    facts["description"] = "".join(
        str(part) for child in rule if _local(child) == "description" for part in child.itertext()
    ).strip()
    rules = [child.get("id") for child in table if _local(child) == "rule"]
    number = rules.index(rule.get("id")) + 1
    return Item(
        id=rule.get("id", ""),
        kind="rule",
        name=str(number),
        facts=facts,
        ordered_in=_id_of(table),
    )


def _table(table: etree._Element) -> Item:
    decision = table.getparent()
    name = str(decision.get("name", "")) if decision is not None else ""
    facts = {"hitPolicy": str(table.get("hitPolicy", "UNIQUE"))}
    facts["aggregation"] = str(table.get("aggregation", ""))
    return Item(id=_id_of(table), kind="decisionTable", name=name, facts=facts)


def _id_of(table: etree._Element) -> str:
    decision = table.getparent()
    return str(table.get("id") or (decision.get("id") if decision is not None else ""))


def _column(column: etree._Element) -> str:
    text = " ".join(str(part) for part in column.itertext()).strip()
    return str(column.get("label") or column.get("name") or text)


def _cells(rule: etree._Element, kind: str) -> Sequence[str]:
    return [
        "".join(str(part) for part in cell.itertext()).strip()
        for cell in rule
        if _local(cell) == kind
    ]


# -- forms ----------------------------------------------------------------------------------------


def _form_items(file: SourceFile) -> Iterator[Item]:
    schema = json.loads(file.content.decode("utf-8-sig"))
    if not isinstance(schema, dict):
        raise ValueError("no form")
    facts = {name: str(schema.get(name, "")) for name in ("id", "name", "versionTag")}
    yield Item(id="", kind="form", name=str(schema.get("name", "")), facts=facts)
    yield from _components(schema.get("components"), "")


def _components(components: object, parent: str) -> Iterator[Item]:
    if not isinstance(components, list):
        return
    for component in components:
        if not isinstance(component, dict):
            continue
        id_ = str(component.get("id", ""))
        facts = dict(_json_facts(component))
        facts["parent"] = parent
        name = str(component.get("label") or component.get("text") or component.get("key") or id_)
        yield Item(
            id=id_,
            kind=str(component.get("type", "")),
            name=name.split("\n")[0],
            facts=facts,
            ordered_in=parent,
        )
        yield from _components(component.get("components"), id_)


def _json_facts(value: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        if not path and name in ("components", "id", "layout"):
            continue
        if isinstance(inner, dict):
            yield from _json_facts(inner, f"{path}{name}.")
        elif isinstance(inner, list):
            yield path + name, json.dumps(inner, ensure_ascii=False)
        elif inner is not None:
            yield path + name, str(inner)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _has_id(node: etree._Element) -> bool:
    return bool(_local(node)) and node.get("id") is not None


def _is_drawing(node: etree._Element) -> bool:
    if not isinstance(node.tag, str):
        return False
    namespace = etree.QName(node).namespace or ""
    return any(part in namespace for part in DRAWING) or "DD/20100524" in namespace
