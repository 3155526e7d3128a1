"""Our own book of what happened to the entries, kept from what people did, not from the tables.

The pre-check (D13), what the portal may show and how entries end are worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.clock import in_shanghai, start_of_day
from tests.simulation.calendar_oracle import corresponding_day

THREE_YEARS = (4, 5, 6)
"""The criteria of group B (D02)."""


@dataclass(kw_only=True)
class Listing:
    """An entry as we know it. `stays` are the spans of a stay of execution, `hidings` of others."""

    entry_no: str
    case_no: str
    code: str
    is_unit: bool
    decision_date: date
    years: int
    last_day: date
    listed_at: datetime
    ended_at: datetime | None = None
    ground: str | None = None
    stays: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    hidings: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    has_commitment: bool = False
    blocked_until: date | None = None
    restored: bool = False
    credited_days: int = 0
    """Days served under a former decision that was to be made again (C.10)."""
    served_days: int = 0
    """Days served when it was revoked."""
    ended_before_revocation: str | None = None
    """The ground by which it had ended already when it was revoked."""
    on_portal: bool = False
    """Whether it was put on our portal and not taken off since."""

    @property
    def runs_out_at(self) -> datetime:
        """The first instant after its last day (AM-08)."""
        return start_of_day(self.last_day + timedelta(days=1))

    def ground_at(self, at: datetime) -> str | None:
        """Why it has ended by `at`; None if it has not."""
        if self.ground is None and at >= self.runs_out_at:
            return "期满"
        return self.ground

    def is_in_force(self, at: datetime) -> bool:
        """Whether it stands in the list at `at`; one that was revoked never did (D11)."""
        if self.ground == "撤销":
            return False
        if in_shanghai(at).date() < self.decision_date or at >= self.runs_out_at:
            return False
        return self.ended_at is None or at < self.ended_at

    def is_suspended(self, at: datetime) -> bool:
        """Whether its measures rest at `at` (AM-68)."""
        return _within(self.stays, at)

    def is_hidden(self, at: datetime) -> bool:
        """Whether it must not be shown at `at`."""
        return self.is_suspended(at) or _within(self.hidings, at)

    def end(self, at: datetime, ground: str) -> None:
        """It ended before its period was over."""
        self.ended_at, self.ground = at, ground
        self.on_portal = False

    def revoke(self, at: datetime) -> None:
        """The listing was revoked, also if it had ended already."""
        if self.ground != "撤销":
            over = "期满" if at >= self.runs_out_at else None
            self.ended_before_revocation = self.ground or over
            days = [in_shanghai(at).date(), self.last_day]
            days += [in_shanghai(self.ended_at).date()] if self.ended_at is not None else []
            self.served_days = (min(days) - self.decision_date).days
            self.end(at, "撤销")

    def put_on_portal(self, at: datetime) -> None:
        """Somebody published it."""
        self.on_portal = True

    def hide(self, at: datetime) -> None:
        """Its publication is suspended; it is taken off."""
        self.hidings.append((at, None))
        self.on_portal = False

    def show_again(self, at: datetime) -> None:
        """It may be shown again, once somebody has published it again."""
        self.hidings = [(since, until or at) for since, until in self.hidings]

    def stay(self, at: datetime) -> None:
        """Its execution is stayed: measures rest, it is taken off."""
        self.stays.append((at, None))
        self.on_portal = False

    def lift_stay(self, at: datetime) -> None:
        """The stay is over."""
        self.stays = [(since, until or at) for since, until in self.stays]

    def restore(self) -> None:
        """It is back, as if its repair had not been."""
        self.ended_at = self.ground = None
        self.restored = True

    def amend(self, *, years: int) -> None:
        """Another number of years, counted from the day of the decision (AM-70)."""
        self.years = years
        self.last_day = last_day_of(self.decision_date, years, self.credited_days)


class Ledger:
    """All listings."""

    def __init__(self) -> None:
        self.listings: dict[str, Listing] = {}
        self.notice_days: dict[str, int] = {}
        """Case number → working days for a defence, as the notice told them."""

    def listed(self, listing: Listing) -> None:
        """A decision was signed."""
        self.listings[listing.entry_no] = listing

    def of(self, entry_no: str) -> Listing:
        """The listing with this number."""
        return self.listings[entry_no]

    def by_party(self, code: str) -> Iterator[Listing]:
        """The listings of a party."""
        return (one for one in self.listings.values() if one.code == code)

    def precheck(self, code: str, at: datetime) -> tuple[str, bool]:
        """The answer of D13, and whether it must mention a stay of execution."""
        in_force = [one for one in self.by_party(code) if one.is_in_force(at)]
        held = [one for one in in_force if one.is_suspended(at)]
        if len(held) < len(in_force):
            return "不通过", False
        return "通过", bool(held)


def years_of(criteria: list[int]) -> int:
    """The years on the list (D02): the longest of the criteria that are met."""
    return max(3 if criterion in THREE_YEARS else 1 for criterion in criteria)


def last_day_of(decision_date: date, years: int, credited_days: int) -> date:
    """The last day of a period (AM-07), less the days served before (C.10)."""
    full = corresponding_day(decision_date, 12 * years)
    return max(decision_date, full - timedelta(days=credited_days))


def _within(spans: list[tuple[datetime, datetime | None]], at: datetime) -> bool:
    return any(since <= at and (until is None or at < until) for since, until in spans)
