"""All checks over all decisions of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.dmn.checks.arguments import wrong_arguments
from engine.dmn.checks.duplicates import duplicates
from engine.dmn.checks.entries import unknown_entries
from engine.dmn.checks.gaps import gaps
from engine.dmn.checks.imports import broken_imports
from engine.dmn.checks.names import unknown_functions, unknown_names
from engine.dmn.checks.overlaps import overlaps
from engine.dmn.checks.probes import Probe, TooLarge, probe, too_large
from engine.dmn.checks.requirements import broken_requirements
from engine.dmn.checks.spots import Spot, spots_of, tables_in
from engine.dmn.checks.type_names import unknown_types
from engine.dmn.checks.types import wrong_comparisons, wrong_inputs, wrong_outputs, wrong_ranges
from engine.dmn.checks.unreachable import unreachable
from engine.dmn.checks.unreadable import unreadable
from engine.dmn.checks.unsettled import unsettled
from engine.dmn.checks.unused import unused_columns, unused_input_data, unused_requirements
from engine.dmn.decision_model import DecisionModel
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions

_SPOT_CHECKS: tuple[Callable[[Spot], Iterable[DmnFinding]], ...] = (
    unreadable,
    unknown_names,
    unknown_functions,
    unknown_entries,
    wrong_arguments,
    wrong_inputs,
    wrong_outputs,
    wrong_comparisons,
    wrong_ranges,
)
_TABLE_CHECKS: tuple[Callable[[Probe], Iterable[DmnFinding]], ...] = (
    overlaps,
    gaps,
    unreachable,
    duplicates,
    unused_columns,
)


def check_decisions(model: DecisionModel) -> list[DmnFinding]:
    """Everything the checks find, in the order of the file.

    A table with cells that cannot be read is not examined for overlaps, gaps and dead rules.
    """
    definitions = model.definitions
    found = [
        *check_links(model),
        *unknown_types(definitions),
        *unused_requirements(definitions),
        *unused_input_data(definitions),
        *_in_spots(definitions),
        *_in_tables(definitions),
    ]
    return sorted(found, key=lambda finding: finding.place.line or 0)


def left_open(model: DecisionModel) -> list[DmnFinding]:
    """A note for each table in which the checks could not look for everything."""
    return [
        note
        for probed in _probes(model.definitions)
        if isinstance(probed, Probe)
        for note in unsettled(probed)
    ]


def check_links(model: DecisionModel) -> list[DmnFinding]:
    """What is wrong with the imports and requirements of a file: all that other files can break."""
    definitions = model.definitions
    return [*broken_imports(definitions), *broken_requirements(definitions)]


def _in_spots(definitions: Definitions) -> Iterator[DmnFinding]:
    for spot in spots_of(definitions):
        for check in _SPOT_CHECKS:
            yield from check(spot)


def _in_tables(definitions: Definitions) -> Iterator[DmnFinding]:
    for probed in _probes(definitions):
        if isinstance(probed, DmnFinding):
            yield probed
            continue
        for check in _TABLE_CHECKS:
            yield from check(probed)


def _probes(definitions: Definitions) -> Iterator[Probe | DmnFinding]:
    """Every table put to the test; what is said instead of one that is too large."""
    for element, table in tables_in(definitions):
        name = element.name or element.id
        try:
            probed = probe(name, table, definitions, element)
        except TooLarge:
            yield too_large(name, table)
            continue
        if probed is not None:
            yield probed
