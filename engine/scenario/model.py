"""A scenario as it was read: facts without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.place import Place

Phase = Literal["given", "when", "then"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do or to find.

    `kind` is the English name of a registered kind of step, `subject` the value of its key,
    `fields` the other keys by their English names. `refused` are texts that the refusal of the
    step must say, None if it is to succeed. `depth` is above 0 inside a routine.
    """

    kind: str
    subject: object
    fields: Mapping[str, object] = field(default_factory=dict)
    place: Place
    text: str
    refused: tuple[str, ...] | None = None
    depth: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What happens and what is found then."""

    title: str = ""
    when: tuple[Step, ...] = ()
    then: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A procedure rehearsed: given, and then act by act."""

    title: str
    note: str = ""
    place: Place
    folder: Path
    given: tuple[Step, ...] = ()
    acts: tuple[Act, ...] = ()

    def steps(self) -> Iterator[tuple[Phase, int, Step]]:
        """Every step in its order, with its phase and the number of its act (0 for given)."""
        for step in self.given:
            yield "given", 0, step
        for number, act in enumerate(self.acts, start=1):
            for step in act.when:
                yield "when", number, step
            for step in act.then:
                yield "then", number, step
