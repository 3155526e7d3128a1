"""Where in a diagram, table or form something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in a source file: what a person must open to see what is meant.

    `file` is a file name as the owner knows it, `line` counts from 1, `element` is the id of the
    BPMN or DMN element or the key of the form field.
    """

    file: str = ""
    line: int | None = None
    element: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.element:
            where += f" [{self.element}]" if where else f"[{self.element}]"
        return where
