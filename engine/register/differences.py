"""Comparing what channels show with what they should: the nightly check of publications (AM-42)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from engine.clock import in_shanghai
from engine.feel import decode
from engine.register.channels import Channels
from engine.register.entry_status import LISTED
from engine.register.models import Entry, Party, Publication
from engine.register.publications import showable, shows
from engine.runtime.models import ProcessInstance, Variable

MISSING, SURPLUS = "missing", "surplus"
"""An entry that a channel should show and does not; one that it shows and should not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One entry on one channel."""

    kind: str
    channel: str
    entry_no: str


Answers = Mapping[str, frozenset[str]]
"""What channels said they show when they were asked; one that did not say is not in it."""


def differences(
    connection: Connection, using: Channels, channel: str, answers: Answers, now: datetime
) -> Iterator[Difference]:
    """The differences on one channel, by number of entry.

    An entry should be shown if it stands in the list, is not hidden, and was published there or
    should have been by today. What a channel shows is what it says, else what is on record; our
    own portal shows nothing that it should not, for it looks at the list itself.
    """
    recorded = _recorded(connection, using.names_of(channel))
    allowed = set(connection.scalars(select(Entry.entry_no).where(showable(now))))
    due = _due_by_now(connection, now)
    said = answers.get(channel)
    shown = recorded if said is None else said
    if using.is_portal(channel):
        shown = recorded & allowed
    should = allowed & (recorded | due)
    for entry_no in sorted(should - shown):
        yield Difference(kind=MISSING, channel=channel, entry_no=entry_no)
    for entry_no in sorted(shown - allowed):
        yield Difference(kind=SURPLUS, channel=channel, entry_no=entry_no)


def in_hand(
    connection: Connection, processes: Collection[str]
) -> frozenset[tuple[str, str | None]]:
    """Entries and channels on which an instance of one of these processes is at work; None for all
    channels of the entry.

    Such a process has the entry's number as its business key and its channel, if it is about one
    alone, in `channel`.
    """
    rows = connection.execute(
        select(ProcessInstance.business_key, Variable.value)
        .outerjoin(
            Variable,
            and_(
                Variable.instance_key == ProcessInstance.key,
                Variable.name == "channel",
                Variable.scope_id == "",
            ),
        )
        .where(ProcessInstance.state == "active", ProcessInstance.process_id.in_(processes))
    )
    return frozenset((str(row.business_key), _channel(row.value)) for row in rows)


def _channel(value: str | None) -> str | None:
    channel = decode(value) if value is not None else None
    return str(channel.get("channel")) if isinstance(channel, Mapping) else None


def overdue_entries(connection: Connection, now: datetime) -> list[str]:
    """The entries whose last day has passed and that nobody has ended, the oldest first (X5)."""
    wanted = select(Entry.entry_no).where(
        Entry.status.in_(LISTED), Entry.ended_at.is_(None), Entry.last_day < in_shanghai(now).date()
    )
    return list(connection.scalars(wanted.order_by(Entry.key)))


def party_of(connection: Connection, entry_no: str) -> dict[str, object]:
    """Name, code and class of the party of an entry."""
    row = connection.execute(
        select(Party.name, Party.code, Party.party_class)
        .join(Entry, Entry.party_key == Party.key)
        .where(Entry.entry_no == entry_no)
    ).one()
    return dict(row._mapping)


def _recorded(connection: Connection, names: Collection[str]) -> frozenset[str]:
    wanted = (
        select(Entry.entry_no)
        .join(Publication, Publication.entry_key == Entry.key)
        .where(Publication.channel.in_(names), shows())
    )
    return frozenset(connection.scalars(wanted))


def _due_by_now(connection: Connection, now: datetime) -> frozenset[str]:
    wanted = select(Entry.entry_no).where(Entry.publish_due_date < in_shanghai(now).date())
    return frozenset(connection.scalars(wanted))
