"""Columns that decide nothing, and requirements nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from engine.dmn.checks.compiling import readable
from engine.dmn.checks.probes import Probe
from engine.dmn.checks.spots import names_brought, spots_in
from engine.dmn.errors import NoSuchDecision
from engine.dmn.finding import DmnFinding
from engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
)
from engine.dmn.requirements import Element, references_of, resolve
from engine.dmn.rule_index import EMPTY_CELLS

_KINDS: dict[type, tuple[str, str]] = {
    InputData: ("输入数据", "input data"),
    Decision: ("决策", "decision"),
    BusinessKnowledgeModel: ("业务知识模型", "business knowledge model"),
    DecisionService: ("决策服务", "decision service"),
}


def unused_columns(probe: Probe) -> Iterator[DmnFinding]:
    """A warning for each input column in which no rule asks anything.

    The only column of a table may stand there for nothing: a plain list has to have one.
    """
    table = probe.table
    for number, clause in enumerate(table.inputs if len(table.inputs) > 1 and table.rules else ()):
        if all(rule.tests[number].source in EMPTY_CELLS for rule in table.rules):
            yield DmnFinding(
                level="warning",
                check="unused",
                place=clause.place,
                decision=probe.name,
                column=clause.label,
                zh=f"决策表「{probe.name}」的输入「{clause.label}」没有一行用到，可以删去。",
                en=f"No rule of table '{probe.name}' asks about input '{clause.label}'. "
                "Remove the column.",
            )


def unused_requirements(definitions: Definitions) -> Iterator[DmnFinding]:
    """A warning for each requirement of a decision or knowledge model that no expression reads."""
    elements: tuple[Mapping[str, Decision | BusinessKnowledgeModel], ...] = (
        definitions.decisions,
        definitions.knowledge,
    )
    for element in chain.from_iterable(found.values() for found in elements):
        read = _names_read(definitions, element)
        if read is None:
            continue
        for reference in references_of(element):
            found = _found(definitions, reference)
            if found is None or names_brought(definitions, reference, found) & read:
                continue
            zh, en = _KINDS[type(found)]
            yield DmnFinding(
                level="warning",
                check="unused",
                place=element.place,
                decision=element.name,
                zh=f"「{element.name}」连接了{zh}「{found.name}」，但没有一处用到。",
                en=f"'{element.name}' requires {en} '{found.name}', but nothing in it reads it.",
            )


def unused_input_data(definitions: Definitions) -> Iterator[DmnFinding]:
    """A warning for each input data that nothing of the file requires."""
    elements = (definitions.decisions, definitions.knowledge, definitions.services)
    required = {
        reference
        for found in elements
        for element in found.values()
        for reference in references_of(element)
    }
    for data in definitions.input_data.values():
        if data.id not in required and definitions.decisions:
            yield DmnFinding(
                level="warning",
                check="unused",
                place=data.place,
                zh=f"输入数据「{data.name}」没有连接到任何决策，可以删去，或者补上连接。",
                en=f"No decision requires input data '{data.name}'. Remove it, or connect it.",
            )


def _found(definitions: Definitions, reference: str) -> Element | None:
    try:
        return resolve(definitions, reference)[1]
    except NoSuchDecision:
        return None


def _names_read(
    definitions: Definitions, element: Decision | BusinessKnowledgeModel
) -> set[str] | None:
    """Every name its expressions read or call; None where that cannot be told."""
    read: set[str] = set()
    spots = list(spots_in(definitions, element))
    for spot in spots:
        text = readable(spot)
        if text is not None:
            read |= text.names | text.calls
        elif spot.text.source not in EMPTY_CELLS:
            return None
    return read if spots else None
