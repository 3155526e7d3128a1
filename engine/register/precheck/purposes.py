"""Why somebody may ask: the rows of the table of purposes."""

from __future__ import annotations

from dataclasses import dataclass

from engine.register.precheck.deciding import Decide
from engine.register.precheck.errors import PurposeMissing, PurposeNotForParty
from engine.register.precheck.party_code import PartyClass

TABLE = "precheck_purposes"
"""The decision that lists the purposes; with a class of parties only those for it."""

_WORDS = {"unit": ("单位", "units"), "individual": ("个人", "persons")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Purpose:
    """A purpose; `for_class` is `unit`, `individual` or `both`."""

    id: str
    name: str
    asks_project_no: bool
    for_class: str

    def is_for(self, party_class: PartyClass) -> bool:
        return self.for_class in ("both", party_class)


def purposes(decide: Decide) -> tuple[Purpose, ...]:
    """Every purpose, in the order of the table."""
    rows = decide(TABLE, {"party_class": None})
    return tuple(
        Purpose(
            id=str(row["id"]),
            name=str(row["name"]),
            asks_project_no=row["asks_project_no"] is True,
            for_class=str(row["for_class"]),
        )
        for row in (rows if isinstance(rows, list) else [])
    )


def purpose_named(decide: Decide, wanted: str) -> Purpose:
    """The purpose with this id or name. Raises `PurposeMissing`."""
    known = purposes(decide)
    for purpose in known:
        if wanted in (purpose.id, purpose.name):
            return purpose
    raise PurposeMissing(known="、".join(purpose.name for purpose in known))


def require_for(purpose: Purpose, party_class: PartyClass) -> None:
    """Raise `PurposeNotForParty` unless parties of this class may be asked about for it."""
    if purpose.is_for(party_class):
        return
    whom, given = _WORDS[purpose.for_class], _WORDS[party_class]
    raise PurposeNotForParty(
        purpose=purpose.name, whom=whom[0], whom_en=whom[1], given=given[0], given_en=given[1]
    )
