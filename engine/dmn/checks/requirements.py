"""Requirements that point nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from engine.dmn.errors import NoSuchDecision
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions
from engine.dmn.requirements import Element, circle, references_of, resolve


def broken_requirements(definitions: Definitions) -> Iterator[DmnFinding]:
    """An error for each requirement without an end, and for decisions in a circle."""
    for element, reference in _references(definitions):
        try:
            resolve(definitions, reference)
        except NoSuchDecision:
            yield DmnFinding(
                level="error",
                check="requirement",
                place=element.place,
                zh=f"「{element.name}」依赖「{reference}」，但本文件和它引用的文件里没有。",
                en=f"'{element.name}' requires '{reference}', which is neither in this file nor "
                "in those it imports.",
            )
    found = circle(definitions)
    if found and found[0] in definitions.decisions:
        path = " → ".join(found)
        yield DmnFinding(
            level="error",
            check="requirement",
            place=definitions.decisions[found[0]].place,
            zh=f"决策互相依赖，成了一圈：{path}。",
            en=f"The decisions require each other in a circle: {path}.",
        )


def _references(definitions: Definitions) -> Iterator[tuple[Element, str]]:
    elements: tuple[Mapping[str, Element], ...] = (
        definitions.decisions,
        definitions.knowledge,
        definitions.services,
    )
    for element in chain.from_iterable(found.values() for found in elements):
        for reference in references_of(element):
            yield element, reference
