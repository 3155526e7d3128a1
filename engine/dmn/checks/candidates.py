"""The values to try in a column: with them, whatever its cells can tell apart is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.dmn.checks.cells import Cell, cell_of
from engine.dmn.checks.constants import admits
from engine.dmn.checks.neighbours import OTHER_TEXT, Unknown, around, distinct, other_than
from engine.dmn.model import Definitions, InputClause, ItemDefinition, UnaryTest
from engine.dmn.named_types import built_in, home_of
from engine.dmn.types import is_of_type
from engine.feel import UnaryTests, compile_unary_tests
from engine.feel.values import key_of, plain_type

_SAMPLES: dict[str, object] = {
    "number": Decimal(1),
    "string": OTHER_TEXT,
    "date": date(2026, 1, 1),
    "": OTHER_TEXT,
    "Any": OTHER_TEXT,
}
"""A value of a type for columns in which no constant of it stands."""

_SCALARS = frozenset(_SAMPLES.keys() - {"", "Any"}) | {"boolean", "time", "date and time"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A value for a column.

    `given` says that it needs an answer: an open list of texts can never be complete, and null
    stands for a missing value. `real` says that an input surely can have it.
    """

    value: object
    given: bool
    real: bool


def candidates(
    clause: InputClause, cells: Iterable[Cell], definitions: Definitions, *, computed: bool
) -> list[Candidate]:
    """The values to try; of a `computed` column only those that are named somewhere are real.

    `cells` are those of all rules that are not empty. Raises `Unknown`, and `FeelError` where the
    allowed values cannot be read.
    """
    known = list(cells)
    limits = list(_limits(clause, definitions))
    column = _Column(clause, known, limits, definitions, computed)
    listed = next((cell_of(limit.source) for limit in limits if _lists(limit)), None)
    if listed is not None:
        found = [column.candidate(value, given=True) for value in distinct(listed.constants)]
    elif column.base == "boolean":
        found = [column.candidate(value, given=True) for value in (True, False)]
    else:
        found = list(_open(column))
    kept = [one for one in found if one is not None]
    mentioned = any(None in cell.constants for cell in known)
    return [*kept, Candidate(value=None, given=mentioned, real=not computed or not kept)]


class _Column:
    """What is known of a column."""

    def __init__(
        self,
        clause: InputClause,
        cells: Sequence[Cell],
        limits: Sequence[UnaryTest],
        definitions: Definitions,
        computed: bool,
    ) -> None:
        self.cells = cells
        self.definitions = definitions
        self.type_ref = clause.expression.type_ref
        self.base = base_type(self.type_ref, definitions)
        self.bounds = [cell_of(limit.source) for limit in limits]
        self._limits = [compile_unary_tests(limit.source) for limit in limits]
        self._computed = computed
        declaring = [cell for cell in self.bounds if cell.listing]
        declaring += [cell for cell in cells if cell.plain]
        self._declared = {key_of(value) for cell in declaring for value in cell.constants}
        self._declared |= {key_of(value) for value in (True, False)}

    def candidate(self, value: object, *, given: bool) -> Candidate | None:
        """A value that may be tried; None if the column does not allow it."""
        verdicts = [_allows(limit, value) for limit in self._limits]
        if False in verdicts:
            return None
        real = None not in verdicts and is_of_type(value, self.type_ref, self.definitions)
        if self._computed:
            real = real and key_of(value) in self._declared
        return Candidate(value=value, given=given and real, real=real)


def base_type(type_ref: str, definitions: Definitions) -> str:
    """The FEEL name of the type that a named type narrows; the name itself of any other."""
    item, _ = home_of(type_ref, definitions)
    if item is not None and not (item.components or item.is_collection or item.function):
        return built_in(item.type_ref) or item.type_ref
    return built_in(type_ref) or type_ref


def _open(column: _Column) -> Iterator[Candidate | None]:
    """The values for a column without a list of all there are."""
    plain = [cell for cell in column.cells if cell.plain]
    ordered = frozenset[type]().union(*(c.ordered for c in (*plain, *column.bounds)))
    kinds: dict[type, list[object]] = {}
    for cell in (*plain, *column.bounds):
        for value in cell.constants:
            if value is not None:
                kinds.setdefault(plain_type(value), []).append(value)
    for kind, values in kinds.items():
        if kind in ordered:
            for value in around(values):
                yield column.candidate(value, given=kind is not str or value in values)
        else:
            yield from (column.candidate(value, given=True) for value in distinct(values))
            yield column.candidate(other_than(values), given=False)
    if not kinds and column.base in _SAMPLES:
        yield column.candidate(_SAMPLES[column.base], given=False)
    elif not kinds and any(cell.plain for cell in column.cells):
        raise Unknown
    if kinds and column.base not in _SCALARS:
        yield Candidate(value={}, given=False, real=False)
    seen = {key_of(value) for values in kinds.values() for value in values}
    for cell in column.cells:
        others = () if cell.plain else cell.constants
        for value in others:
            if value is not None and key_of(value) not in seen:
                yield column.candidate(value, given=False)


def _limits(clause: InputClause, definitions: Definitions) -> Iterator[UnaryTest]:
    """The allowed values of a column and of the type of it, and of the types that one narrows."""
    if clause.allowed is not None:
        yield clause.allowed
    item, home = home_of(clause.expression.type_ref, definitions)
    seen: set[ItemDefinition | None] = {None}
    while item not in seen:
        seen.add(item)
        if item is not None and not item.is_collection and item.allowed is not None:
            yield item.allowed
        item, home = home_of(item.type_ref, home) if item is not None else (None, home)


def _lists(limit: UnaryTest) -> bool:
    return cell_of(limit.source).listing and bool(cell_of(limit.source).constants)


def _allows(limit: UnaryTests, value: object) -> bool | None:
    return None if limit.names else admits(limit, value)
