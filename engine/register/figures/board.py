"""All figures of a reader for some months: what the page and the workbook show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.calendar import horizon_of_notice
from engine.identity import Unit, User, bureaus, units_below
from engine.register.figures import entries, on_time, overdue, proceedings
from engine.register.figures.entries import EntriesNow
from engine.register.figures.model import (
    Fact,
    FigureKind,
    Months,
    Section,
    Words,
    figure,
)
from engine.register.figures.overdue import OverdueLine
from engine.register.figures.scope import Scope
from engine.runtime.queries.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class NextCalendar:
    """Whether the working days of next year are known; `alarm` once they ought to be."""

    year: int
    known: bool
    known_through: date
    alarm: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """The figures by section, and what must be looked after now. `units`: path → name."""

    months: tuple[str, ...]
    made_at: datetime
    units: Mapping[str, Words]
    sections: tuple[Section, ...]
    overdue: tuple[OverdueLine, ...]
    overdue_steps: tuple[int, ...]
    not_served: EntriesNow
    ending_soon: EntriesNow
    expiring_days: int
    calendar: NextCalendar

    def unit(self, path: str) -> Words:
        """The name of the unit of a path, else of the nearest one around it."""
        near = max((p for p in self.units if path.startswith(p)), key=len, default="")
        return self.units.get(near, (path, path))


def board(look: Reading, user: User, months: Months, unit: Unit | None = None) -> Board:
    """The figures that `user` may see; of one bureau and its sub-units if `unit` is given.

    Several bureaus have a line each; of a single one every sub-unit has.
    """
    all_units = units_below(look.connection)
    names: dict[str, Words] = {u.path: (u.short_name, u.short_name_en) for u in all_units}
    within = unit.path if unit is not None else ""
    scope = Scope(
        look=look, user=user, months=months, path=within,
        outside=_bureaus_inside(look, within) if within else (),
    )  # fmt: skip
    rules = proceedings.rules(scope)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in (
        *on_time.facts(scope), *entries.facts(scope), *proceedings.facts(scope, rules),
    ):  # fmt: skip
        facts[fact.figure].append(fact)
    grounds = sorted(name for name in facts if name.startswith(entries.removed_by("").id))
    kinds = (
        *on_time.KINDS,
        entries.LISTED,
        *(entries.removed_by(name.partition(":")[2]) for name in grounds),
        entries.REVOKED,
        *(rule.figure for rule in rules),
    )
    chosen = proceedings.settings(scope)
    steps = tuple(_whole(one, 0) for one in _listed(chosen.get("overdue_steps")))
    expiring = _whole(chosen.get("expiring_days"), 0)
    return Board(
        months=tuple(months),
        made_at=scope.now,
        units=names,
        sections=_sections(kinds, facts, _rows(look, user, unit, names)),
        overdue=overdue.overdue(scope, steps),
        overdue_steps=steps,
        not_served=entries.not_served(scope),
        ending_soon=entries.ending_soon(scope, expiring),
        expiring_days=expiring,
        calendar=_calendar(scope, chosen),
    )


def _sections(
    kinds: tuple[FigureKind, ...], facts: Mapping[str, list[Fact]], rows: Mapping[str, Words]
) -> tuple[Section, ...]:
    groups: dict[Words, list[FigureKind]] = {}
    for kind in kinds:
        groups.setdefault(kind.group, []).append(kind)
    return tuple(
        Section(
            group=group,
            figures=tuple(figure(kind, facts.get(kind.id, ()), rows) for kind in members),
        )
        for group, members in groups.items()
    )


def _rows(
    look: Reading, user: User, unit: Unit | None, names: Mapping[str, Words]
) -> dict[str, Words]:
    """The units that have lines: bureaus, or the sub-units of the only one there is to see."""
    seen = [one for one in bureaus(look.connection) if user.sees(one.path)]
    if unit is None and len(seen) > 1:
        return {one.path: names[one.path] for one in seen}
    own = unit.path if unit is not None else user.bureau_path
    return {path: name for path, name in names.items() if path.startswith(own)}


def _bureaus_inside(look: Reading, path: str) -> tuple[str, ...]:
    return tuple(
        one.path
        for one in bureaus(look.connection)
        if one.path.startswith(path) and one.path != path
    )


def _calendar(scope: Scope, chosen: Mapping[str, object]) -> NextCalendar:
    calendar = scope.look.calendar_of("")
    year = scope.today.year + 1
    known = calendar.confirmed_through >= horizon_of_notice(year)
    begins = (_whole(chosen.get("calendar_alarm_month"), 12), _whole(
        chosen.get("calendar_alarm_day"), 1))  # fmt: skip
    return NextCalendar(
        year=year,
        known=known,
        known_through=calendar.confirmed_through,
        alarm=not known and (scope.today.month, scope.today.day) >= begins,
    )


def _whole(value: object, default: int) -> int:
    return int(value) if isinstance(value, Decimal | int) else default


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
