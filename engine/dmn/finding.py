"""What a check has to say about a decision file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.place import Place

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DmnFinding:
    """One remark of one check.

    `check` names the check (`overlap`, `gap`, …; `docs/tables.md` has them all), `rules` the
    rules of the table it is about, counted from 1. `decision` is the name of what the table
    decides, `column` the label of the column, `cell` the text that stands there; empty where the
    remark is about more than that. An error keeps the file from being deployed, a warning does not;
    a note only tells what a check could not find out.
    """

    level: Level
    check: str
    place: Place
    zh: str
    en: str
    rules: tuple[int, ...] = ()
    decision: str = ""
    column: str = ""
    cell: str = ""
