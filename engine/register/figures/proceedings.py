"""Applications and complaints in figures, as the table of the owner says what is counted how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, or_, select

from engine.feel import Environment
from engine.register.figures.model import COUNT, MEAN, RATE, Fact, FigureKind, Measure, month_of
from engine.register.figures.scope import Scope
from engine.register.models import Proceeding
from engine.runtime.errors import NoSuchDefinition

TABLE = "proceeding_figures"
SETTINGS = "figure_settings"
_MEASURES: Mapping[object, Measure] = {"count": COUNT, "mean": MEAN, "share": RATE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A line of the table: which proceedings make a figure, and by which of their days."""

    figure: FigureKind
    kind: str
    by_decision: bool
    results: frozenset[str] | None
    detail: str | None

    def fact(self, row: Row[Any]) -> Fact | None:
        """What a proceeding adds to the figure; None if nothing."""
        day: date | None = row.decided_date if self.by_decision else row.received_date
        takes = self.results is None or row.result in self.results
        if row.kind != self.kind or day is None or not takes:
            return None
        value = Decimal(1)
        if self.figure.measure == MEAN:
            if row.working_days is None:
                return None
            value = Decimal(row.working_days)
        elif self.detail is not None:
            value = Decimal(int(row.details.get(self.detail) is True))
        return Fact(
            figure=self.figure.id, path=row.organisation_path, month=month_of(day), value=value
        )


def rules(scope: Scope) -> tuple[Rule, ...]:
    """The table as it is in force; none if there is none."""
    answer = ask(scope, TABLE)
    return tuple(_rule(line) for line in answer) if isinstance(answer, list) else ()


def settings(scope: Scope) -> Mapping[str, object]:
    """The other settings of the owner for this board."""
    answer = ask(scope, SETTINGS)
    return answer if isinstance(answer, Mapping) else {}


def ask(scope: Scope, decision_id: str) -> object:
    """The answer of a decision without inputs, None if it is not deployed."""
    look = scope.look
    horizon = look.definitions.horizon(look.connection)
    try:
        deployed = look.definitions.decision_as_of(look.connection, decision_id, horizon)
    except NoSuchDefinition:
        return None
    return deployed.model.evaluate(decision_id, {}, Environment(clock=look.clock)).result


def facts(scope: Scope, rules: Sequence[Rule]) -> Iterator[Fact]:
    """Every fact of the rules' figures."""
    query = select(
        Proceeding.kind,
        Proceeding.organisation_path,
        Proceeding.received_date,
        Proceeding.decided_date,
        Proceeding.result,
        Proceeding.working_days,
        Proceeding.details,
    ).where(
        scope.here(Proceeding.organisation_path),
        Proceeding.kind.in_({rule.kind for rule in rules}),
        or_(scope.on_days(Proceeding.received_date), scope.on_days(Proceeding.decided_date)),
    )
    months = set(scope.months)
    for row in scope.look.connection.execute(query):
        for rule in rules:
            fact = rule.fact(row)
            if fact is not None and fact.month in months:
                yield fact


def _rule(line: Mapping[str, Any]) -> Rule:
    results = line.get("results")
    target = line.get("target")
    kind = FigureKind(
        id=str(line["id"]),
        name=(str(line["name"]), str(line["name_en"])),
        group=(str(line["group"]), str(line["group_en"])),
        measure=_MEASURES[line["measure"]],
        target=target if isinstance(target, Decimal) else None,
    )
    return Rule(
        figure=kind,
        kind=str(line["kind"]),
        by_decision=line["by"] == "decided",
        results=frozenset(str(one) for one in results) if isinstance(results, list) else None,
        detail=str(line["detail"]) if line.get("detail") is not None else None,
    )
