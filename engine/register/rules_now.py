"""The rules in force now, for pages that tell by what is decided: profile, measures, channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.feel import Environment
from engine.runtime import Runtime
from engine.runtime.errors import NoSuchDefinition

PROFILE, MEASURES = "profile", "measures"
"""The decisions that say which profile is active, and which measures apply under it."""

SWITCHES = "channel_switches"
"""The decision that names the channels."""

PARTY_CLASSES = ("unit", "individual")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureNow:
    """A measure that applies, to whom, and the document it rests on (empty: the scheme alone)."""

    id: str
    name: str
    clause: str
    basis_ref: str
    applies_to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RulesNow:
    """The active profile and what it means; `profile` is empty where no table says."""

    profile: str
    measures: tuple[MeasureNow, ...]


def rules_now(runtime: Runtime, connection: Connection) -> RulesNow:
    """Ask the tables deployed last."""
    profile = _ask(runtime, connection, PROFILE, {})
    found: dict[str, MeasureNow] = {}
    for party_class in PARTY_CLASSES:
        party = {"party": {"party_class": party_class}}
        rows = _ask(runtime, connection, MEASURES, party)
        for row in rows if isinstance(rows, list) else []:
            one = _measure(row, party_class, found.get(str(row.get("id"))))
            found[one.id] = one
    measures = tuple(found[id_] for id_ in sorted(found))
    return RulesNow(profile=profile if isinstance(profile, str) else "", measures=measures)


def channel_names(runtime: Runtime, connection: Connection) -> dict[str, str]:
    """What the channels are called, by their codes."""
    rows = _ask(runtime, connection, SWITCHES, {})
    named = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return {str(row.get("channel")): str(row.get("name")) for row in named}


def _measure(row: Mapping[str, object], party_class: str, known: MeasureNow | None) -> MeasureNow:
    return MeasureNow(
        id=str(row.get("id")),
        name=str(row.get("name")),
        clause=str(row.get("seed") or ""),
        basis_ref=str(row.get("basis_ref") or ""),
        applies_to=(*(known.applies_to if known else ()), party_class),
    )


def _ask(
    runtime: Runtime, connection: Connection, decision: str, variables: Mapping[str, object]
) -> object:
    definitions = runtime.definitions
    horizon = definitions.horizon(connection)
    try:
        deployed = definitions.decision_as_of(connection, decision, horizon)
    except NoSuchDefinition:
        return None
    environment = Environment(clock=runtime.clock)
    return deployed.model.evaluate(decision, variables, environment).result
