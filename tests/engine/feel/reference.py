"""What `docs/feel.md` says: its examples, and the surroundings in which they are true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.calendar import national_calendar
from engine.clock import SHANGHAI
from engine.dmn import read_decisions
from engine.feel import Environment
from engine.feel.builtins.registry import Parameter, Signature
from engine.runtime.deadlines import DeadlineBook

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "feel.md"

_CELL = re.compile(r"(?<!\\)\|")
_KINDS = {"whole number": "number", "position": "number"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: where it stands, and its cells by the first word of their header."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, header: str) -> str:
        return self.cells[header].strip("`").replace("\\|", "|")


def rows(*headers: str) -> Iterator[Row]:
    """The rows of every table of the page that has all these columns."""
    header: list[str] | None = None
    for number, line in enumerate(PAGE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("|"):
            header = None
            continue
        cells = [cell.strip() for cell in _CELL.split(line)[1:-1]]
        if header is None:
            header = [cell.partition(" ")[0] for cell in cells]
        elif set(headers) <= set(header) and not line.startswith("| ---"):
            yield Row(line=number, cells=dict(zip(header, cells, strict=True)))


class NineInTheMorning:
    """26 March 2024, 09:00 in Shanghai."""

    def now(self) -> datetime:
        return datetime(2024, 3, 26, 9, tzinfo=SHANGHAI)


def environment() -> Environment:
    """The national calendar, the periods that ship, and a clock that stands still."""
    clock, calendar = NineInTheMorning(), national_calendar()
    file = ROOT / "dmn" / "deadlines.dmn"
    model = read_decisions(file.read_bytes(), file.name)
    book = DeadlineBook(model=lambda: model, calendar=calendar, clock=clock)
    return Environment(clock=clock, calendar=calendar, deadlines=book)


def shown(signature: Signature) -> str:
    """A signature as the page writes it: a type that the name says already is left out."""
    return f"{signature.function}({', '.join(map(_shown, signature.parameters))})"


def _shown(parameter: Parameter) -> str:
    name = ("*" if parameter.variadic else "") + parameter.name
    name += "?" if parameter.optional or parameter.implied else ""
    kind = _KINDS.get(parameter.kind, parameter.kind)
    return name if kind in ("any", parameter.name.rstrip("12")) else f"{name}: {kind}"
