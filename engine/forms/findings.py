"""What the reader has found so far, with the line where it stands."""

from __future__ import annotations

import re
from typing import Literal, NoReturn

from engine.forms.errors import FormFinding, FormSchemaInvalid
from engine.place import Place


class Findings:
    """Collects findings while a form file is read."""

    def __init__(self, *, source: str, file: str) -> None:
        self._file = file
        self._lines = _lines_of_ids(source)
        self._all: list[FormFinding] = []

    def place(self, element: str) -> Place:
        """The place of the component with id `element`."""
        return Place(file=self._file, line=self._lines.get(element), element=element)

    def error(self, rule: str, element: str, zh: str, en: str) -> None:
        self._add("error", rule, element, zh, en)

    def warning(self, rule: str, element: str, zh: str, en: str) -> None:
        self._add("warning", rule, element, zh, en)

    def all(self) -> tuple[FormFinding, ...]:
        return tuple(self._all)

    def raise_errors(self) -> None:
        """Raise `FormSchemaInvalid` if there is any error."""
        if any(finding.level == "error" for finding in self._all):
            self._refuse()

    def refuse(self, rule: str, zh: str, en: str) -> NoReturn:
        """An error after which nothing more can be read."""
        self.error(rule, "", zh, en)
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise FormSchemaInvalid(file=self._file, findings=self._all)

    def _add(
        self, level: Literal["error", "warning"], rule: str, element: str, zh: str, en: str
    ) -> None:
        place = self.place(element)
        self._all.append(FormFinding(level=level, rule=rule, place=place, zh=zh, en=en))


def _lines_of_ids(source: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    line, end = 1, 0
    for match in re.finditer(r'"id"\s*:\s*"([^"\\]*)"', source):
        line += source.count("\n", end, match.start())
        end = match.start()
        lines.setdefault(match[1], line)
    return lines
