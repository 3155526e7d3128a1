"""Requirements that point nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.errors import NoSuchDecision
from engine.dmn.finding import DmnFinding
from engine.dmn.model import Definitions
from engine.dmn.requirements import circle, resolve


def broken_requirements(definitions: Definitions) -> Iterator[DmnFinding]:
    """An error for each requirement without an end, and for decisions in a circle."""
    for decision in definitions.decisions.values():
        for reference in decision.requirements:
            try:
                resolve(definitions, reference)
            except NoSuchDecision:
                yield DmnFinding(
                    level="error",
                    check="requirement",
                    place=decision.place,
                    zh=f"决策「{decision.name}」依赖「{reference}」，但文件里没有它。",
                    en=f"Decision '{decision.name}' requires '{reference}', which does not exist.",
                )
    found = circle(definitions)
    if found:
        path = " → ".join(found)
        yield DmnFinding(
            level="error",
            check="requirement",
            place=definitions.decisions[found[0]].place,
            zh=f"决策互相依赖，成了一圈：{path}。",
            en=f"The decisions require each other in a circle: {path}.",
        )
