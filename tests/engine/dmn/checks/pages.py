"""The wrong and the right table of each section of docs/tables.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.dmn import DecisionModel
from tests.engine.dmn.builder import component, input_data, item, model, table

PAGE = Path(__file__).parents[4] / "docs" / "tables.md"
POLICIES = {"U": "UNIQUE", "A": "ANY", "F": "FIRST", "P": "PRIORITY", "C": "COLLECT"}
_COLUMN = re.compile(r"(?P<name>[^:]+): (?P<type>[\w ]+?)(?: = (?P<allowed>.*))?")


@dataclass(frozen=True, kw_only=True)
class Section:
    """What the page shows of one check."""

    check: str
    wrong: DecisionModel
    said: str
    right: DecisionModel


def sections() -> list[Section]:
    """The sections with tables, in the order of the page."""
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return [_section(part) for part in parts]


def named_checks() -> list[str]:
    """The names in the first column of the list of checks."""
    rows = re.findall(r"^\| \[?`([a-z-]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [str(row) for row in rows]


def _section(text: str) -> Section:
    check, _, body = text.partition("\n")
    wrong, said, right = re.split(r"^> (.+)$", body, flags=re.MULTILINE)
    return Section(check=check.strip(), wrong=_model(wrong), said=said, right=_model(right))


def _model(text: str) -> DecisionModel:
    rows = [
        [cell.strip() for cell in line.strip("|").split(" |")]
        for line in text.splitlines()
        if line.startswith("|") and "---" not in line
    ]
    head, *rules = rows
    columns = [_COLUMN.fullmatch(cell.removeprefix("→ ")) for cell in head[1:]]
    inputs = sum(not cell.startswith("→") for cell in head[1:])
    names = [column["name"] for column in columns if column]
    assert len(names) == len(columns), head
    data = re.search(r"^输入数据：(.+)$", text, re.MULTILINE)
    declared, requires = _data(data[1]) if data else ("", [])
    return model(
        declared
        + table(
            [(cells[1 : inputs + 1], cells[inputs + 1 :]) for cells in rules],
            name="小表",
            policy=POLICIES[head[0]],
            inputs=names[:inputs],
            outputs=names[inputs:],
            types={column["name"]: column["type"] for column in columns if column},
            allowed={c["name"]: c["allowed"] for c in columns if c and c["allowed"]},
            requires=requires,
        )
    )


def _data(text: str) -> tuple[str, list[str]]:
    """Declared input data, and the requirements of it: `金额 number，当事人 {名称 string}`."""
    parts, requires = [], []
    for name, structure, type_ref in re.findall(r"(\w+) (?:\{(.+?)\}|(\w+))", text):
        requires.append("@" + name)
        if structure:
            entries = (entry.split(" ") for entry in structure.split("，"))
            parts.append(item("t" + name, "".join(component(*entry) for entry in entries)))
        parts.append(input_data(name, "t" + name if structure else type_ref))
    return "".join(parts), requires
