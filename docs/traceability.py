"""Which element, rule, letter or page implements which sentence of the scheme.

`python docs/traceability.py` writes `docs/traceability.md`; a test fails when the page is out of
date or a sentence of `docs/statements.yaml` is implemented by nothing. An element implements a
sentence when it names its id in its documentation, a rule in its description or clause cell, a
letter in its TOML file, a page or handler in a docstring; what only people can do is told in
`docs/law.md`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = ROOT / "docs" / "statements.yaml"
PAGE = ROOT / "docs" / "traceability.md"
PEOPLE = "docs/law.md"
"""Where it stands what the program cannot do itself."""

SHOWN = 8
"""So many places of one sentence the page lists; it counts the rest."""

_ONE = r"S\d(?:\.\d+)+[a-z]?|S\d\.0[a-z]"
_MENTION = re.compile(rf"({_ONE})(?:[–-](S?\d+(?:\.\d+)*[a-z]?))?")
_KIND = {
    "startEvent": "事件",
    "endEvent": "事件",
    "boundaryEvent": "事件",
    "intermediateCatchEvent": "事件",
    "intermediateThrowEvent": "事件",
    "process": "流程",
    "lane": "泳道",
}


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """Something that implements a sentence: a file, and what in it."""

    file: str
    name: str
    kind: str


def statements() -> dict[str, dict[str, str]]:
    """Every sentence by its id, in order."""
    parts = yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))
    return {one["id"]: one for part in parts.values() for one in part["statements"]}


def implemented() -> dict[str, list[Place]]:
    """Sentence id → what implements it."""
    known = list(statements())
    found: dict[str, set[Place]] = {id_: set() for id_ in known}
    for place, text in _texts():
        for id_ in mentioned(text, known):
            found[id_].add(place)
    return {id_: sorted(places, key=_order) for id_, places in found.items()}


def mentioned(text: str, known: list[str]) -> Iterator[str]:
    """The ids that a text names, also within a range such as `S2.2.1.11–S2.2.1.18` or `…11–18`."""
    for match in _MENTION.finditer(text):
        first, last = match.groups()
        if first not in known:
            continue
        yield first
        if last:
            end = last if last.startswith("S") else first.rsplit(".", 1)[0] + "." + last
            if end in known:
                yield from known[known.index(first) + 1 : known.index(end) + 1]


def _texts() -> Iterator[tuple[Place, str]]:
    for file in sorted((ROOT / "bpmn").glob("*.bpmn")):
        yield from _diagram(file)
    for file in sorted((ROOT / "dmn").glob("*.dmn")):
        yield from _tables(file)
    for file in sorted((ROOT / "forms").glob("*.form")):
        content = json.loads(file.read_text(encoding="utf-8"))
        text = json.dumps(content, ensure_ascii=False)
        yield Place(file=_name(file), name=file.stem, kind="表单"), text
    for file in sorted((ROOT / "engine" / "documents" / "templates").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        yield Place(file=_name(file), name=tomllib.loads(text)["title"], kind="文书"), text
    for folder, kind in (("engine", "程序"), ("web", "页面")):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield Place(file=_name(file), name=file.stem, kind=kind), _prose(file)
    for file in sorted((ROOT / "engine" / "identity" / "data").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        yield Place(file=_name(file), name=file.stem, kind="单位与角色"), text
    law = ROOT / PEOPLE
    yield Place(file=_name(law), name="办法与默认", kind="说明"), law.read_text(encoding="utf-8")


def _diagram(file: Path) -> Iterator[tuple[Place, str]]:
    for node in etree.parse(file).iter("{*}documentation"):
        element = node.getparent()
        tag = etree.QName(element).localname
        name = element.get("name") or element.get("id")
        kind = _KIND.get(tag, "网关" if tag.endswith("Gateway") else "步骤")
        yield Place(file=_name(file), name=name, kind=kind), node.text or ""


def _tables(file: Path) -> Iterator[tuple[Place, str]]:
    for decision in etree.parse(file).iter("{*}decision"):
        name = decision.get("name")
        described = decision.findtext("{*}description") or ""
        yield Place(file=_name(file), name=name, kind="决策"), described
        for rule in decision.iter("{*}rule"):
            text = " ".join(rule.itertext())
            yield Place(file=_name(file), name=f"{name} · {rule.get('id')}", kind="规则"), text


def _prose(file: Path) -> str:
    """The docstrings of a module; a clause in a string of code implements nothing."""
    return "\n".join(re.findall(r'"""(.*?)"""', file.read_text(encoding="utf-8"), re.DOTALL))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _order(place: Place) -> tuple[int, Place]:
    kinds = ("流程", "泳道", "步骤", "事件", "网关", "决策", "规则", "文书", "表单", "页面")
    return (kinds.index(place.kind) if place.kind in kinds else len(kinds), place)


def page() -> str:
    """The whole page."""
    parts = yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))
    found = implemented()
    lines = [
        "# 方案逐句落实 / Traceability",
        "",
        (
            "《方案》（池人社秘〔2021〕69号）的每一句由什么实现。"
            "本页由 `docs/traceability.py` 生成，请勿手改；有一句没有着落，测试就不通过。"
        ),
        "Which element, rule, letter or page implements which sentence of the scheme. Generated.",
        "",
    ]
    for key, part in parts.items():
        lines += [f"## {key} {part['title']}", "", "| 编号 | 原文 | 落实 |", "| --- | --- | --- |"]
        lines += [_row(one, found[one["id"]]) for one in part["statements"]]
        lines.append("")
    return "\n".join(lines)


def _row(one: dict[str, str], places: list[Place]) -> str:
    shown = [f"{place.kind} [{place.name}](../{place.file})" for place in places[:SHOWN]]
    rest = len(places) - len(shown)
    more = f"；另有 {rest} 处" if rest > 0 else ""
    return f"| {one['id']} | {one['zh']} | {'；'.join(shown) or '—'}{more} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
