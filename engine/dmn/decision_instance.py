"""The evidence of one evaluation: what was asked, which rules matched, what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.feel import Warning


@dataclass(frozen=True, kw_only=True, slots=True)
class InputValue:
    """An input as it was seen: the column's label, its expression and the value it had."""

    label: str
    expression: str
    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedRule:
    """A rule that matched; `index` counts from 1. `outputs` holds its values by column name."""

    index: int
    rule_id: str
    annotation: str
    outputs: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionInstance:
    """One evaluated decision, with the evidence of the decisions it required.

    `file` is the file the decision stands in and `file_hash` the SHA-256 of its content: the
    version that answered. `inputs` are what a table asked, for other logic the given variables it
    read. `matched` is empty for a literal or boxed expression, and for a table in which nothing
    matched; `defaulted` says that the result is then the table's default output. `warnings` say
    why a value in between is null.
    """

    decision_id: str
    decision_name: str
    file: str
    file_hash: str
    inputs: tuple[InputValue, ...]
    matched: tuple[MatchedRule, ...]
    result: object
    required: tuple[DecisionInstance, ...] = ()
    defaulted: bool = False
    warnings: tuple[Warning, ...] = ()

    def walk(self) -> Iterator[DecisionInstance]:
        """This decision and everything it required, each once, the required ones first."""
        seen: set[int] = set()
        yield from self._walk(seen)

    def _walk(self, seen: set[int]) -> Iterator[DecisionInstance]:
        if id(self) in seen:
            return
        seen.add(id(self))
        for required in self.required:
            yield from required._walk(seen)
        yield self
