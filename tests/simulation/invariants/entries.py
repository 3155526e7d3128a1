"""Entries of the list: their states, when they end, what the pre-check says of their parties."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.register.entry_status import DECIDED, ENDED, LISTED, MOVES, REVOKED
from engine.register.models import Entry, EntryEvent, Party, ServiceRecord
from engine.register.precheck import AskPrecheck, Question
from tests.simulation.failure import require
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

SECOND = timedelta(seconds=1)


def states_are_replayed_events(simulation: Simulation) -> None:
    """The state of every entry is what its events make of it, by moves that the table allows."""
    events = defaultdict(list)
    for event in simulation.rows(select(EntryEvent).order_by(EntryEvent.key)):
        events[event.entry_key].append(event)
    for entry in simulation.rows(select(Entry)):
        state: str | None = DECIDED
        for event in events[entry.key]:
            require(event.status_before == state, f"{event.event} at {state}", entry.entry_no)
            state = MOVES.get((event.status_before, event.event))
            require(event.status_after == state, f"{event.event} → {state}", entry.entry_no)
        require(entry.status == state, f"{entry.status}, its events give {state}", entry.entry_no)


def entries_end_as_they_should(simulation: Simulation) -> None:
    """Whatever we know ended has ended then, by that ground; what we know lasts has not."""
    rows = {entry.entry_no: entry for entry in simulation.rows(select(Entry))}
    require(
        rows.keys() == simulation.ledger.listings.keys(),
        f"entries {rows.keys() ^ simulation.ledger.listings.keys()} are unknown",
    )
    for listing in simulation.ledger.listings.values():
        _ended_as_known(simulation.now, listing, rows[listing.entry_no])


def _ended_as_known(now: datetime, listing: Listing, entry: Any) -> None:
    about = listing.entry_no
    require(entry.years == listing.years, f"{entry.years} years, not {listing.years}", about)
    require(entry.last_day == listing.last_day, f"{entry.last_day} ≠ {listing.last_day}", about)
    if listing.ground == "撤销":
        require(entry.status == REVOKED and not entry.counted, "revoked, and still counted", about)
        return
    require(entry.counted, "not counted, though not revoked", about)
    if listing.ended_at is None and now >= listing.runs_out_at:
        require(entry.end_ground == "期满", f"ended by {entry.end_ground}, not 期满", about)
        require(entry.ended_at == listing.runs_out_at, f"expired at {entry.ended_at}", about)
        return
    require(entry.end_ground == listing.ground, f"{entry.end_ground} ≠ {listing.ground}", about)
    require(
        entry.ended_at == listing.ended_at,
        f"ended at {entry.ended_at}, not {listing.ended_at}",
        about,
    )
    require(entry.status in (LISTED if listing.ended_at is None else ENDED), entry.status, about)


def repairs_had_a_commitment(simulation: Simulation) -> None:
    """No repair without a commitment (S2.2.4.3f)."""
    for listing in simulation.ledger.listings.values():
        require(
            listing.ground != "修复" or listing.has_commitment, "no commitment", listing.entry_no
        )


def precheck_agrees(simulation: Simulation) -> None:
    """The pre-check answers as D13 says, for parties of the list and instants around their ends."""
    user = simulation.people.named("cz_rs01")
    names = {p.code: p.name for p in simulation.rows(select(Party.code, Party.name))}
    chance = simulation.chance
    listings = chance.shuffled(list(simulation.ledger.listings.values()))[:6]
    for listing in listings:
        for at in _instants(simulation.now, listing):
            expected, held = simulation.ledger.precheck(listing.code, at)
            question = Question(
                purpose="人员招聘", name=names[listing.code], code=listing.code, door="api",
                project_no="R-1", as_of=at,
            )  # fmt: skip
            answer = simulation.execute(AskPrecheck(question=question, user=user))
            require(
                (answer.answer, "停止执行" in answer.note) == (expected, held),
                f"pre-check of {listing.code} as of {at}: {answer.answer} {answer.note!r}, "
                f"by D13 {expected}, held {held}",
                listing.entry_no,
            )


def _instants(now: datetime, listing: Listing) -> list[datetime]:
    """Now, and the last and first instants around the end of the last day."""
    around = [listing.runs_out_at - SECOND, listing.runs_out_at]
    return [now, *(at for at in around if at <= now or listing.ended_at is None)]


def decided_after_the_window(simulation: Simulation) -> None:
    """No decision before the window for a defence was over, none shorter than the notice told."""
    for listing in simulation.ledger.listings.values():
        told = simulation.ledger.notice_days.get(listing.case_no, 5)
        served = simulation.rows(
            select(ServiceRecord.served_date)
            .where(ServiceRecord.case_no == listing.case_no, ServiceRecord.purpose == "告知书")
            .order_by(ServiceRecord.key)
        )
        require(bool(served), "decided, and the notice was never served", listing.entry_no)
        if not simulation.newly(f"window {listing.entry_no}"):
            continue
        over = simulation.calendar.nth(served[-1].served_date, told)
        require(
            over < listing.decision_date,
            f"decided on {listing.decision_date}, the window was open through {over}",
            listing.entry_no,
        )
