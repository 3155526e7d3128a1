"""Serving the channels: which there are for an entry, delivering to them, keeping what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.clock import in_shanghai
from engine.feel import plain
from engine.register.channels import Package, channels, delivering
from engine.register.channels.interface import Outcome
from engine.register.entries import entry_row
from engine.register.errors import DayOfPublicationImpossible, VariableMissing
from engine.register.job_handlers.content import columns_of
from engine.register.publications import (
    TAKE_DOWN,
    NewPublication,
    is_shown,
    record_publication,
    was_published,
)
from engine.register.variables import find, instant, need
from engine.runtime import JobContext, OutsideJob, job_handler, outside_job


@job_handler("register.channels_for_entry")
def _channels_for_entry(job: JobContext) -> Mapping[str, object]:
    """Of the rows in `channels`, those that concern the entry of `entry_no`.

    A row with `where_published` needs a publication there before, a `take_down` one that is still
    shown. A channel that the installation does not use has only what must be taken down.
    """
    entry_no = need(job, "entry_no", str)
    rows = need(job, "channels", list)
    kept = [row for row in rows if isinstance(row, Mapping) and _concerns(job, entry_no, row)]
    return {"channels": kept}


def _concerns(job: JobContext, entry_no: str, row: Mapping[str, object]) -> bool:
    channel = str(row["channel"])
    places = channels().names_of(channel)
    if row.get("action") == TAKE_DOWN:
        return is_shown(job.connection, entry_no, places)
    if channels().is_off(channel):
        return False
    return row.get("where_published") is not True or was_published(job.connection, entry_no, places)


@outside_job("register.push_channel")
def _push_channel(job: OutsideJob) -> Mapping[str, object]:
    """Push `content` to the channel of `channel`.

    Brings `push`: `ok`, `receipt`, `batch_no`, `url`, `message`, `at`. The number in
    `push_attempts` grows by one.
    """
    outcome = _deliver(job)
    attempts = job.variables.get("push_attempts")
    said = {name: getattr(outcome, name) for name in Outcome.__slots__}
    return {"push": {**said, "at": job.now}, "push_attempts": _one_more(attempts)}


@outside_job("register.drop_file")
def _drop_file(job: OutsideJob) -> Mapping[str, object]:
    """Put `content` into the outbox of the channel of `channel`. Brings `batch_no`."""
    return {"batch_no": _deliver(job).batch_no, "dropped_at": job.now}


def _one_more(attempts: object) -> Decimal:
    return Decimal(str(attempts or 0)) + 1


def _deliver(job: OutsideJob) -> Outcome:
    channel, content = job.variables.get("channel"), job.variables.get("content")
    if not isinstance(channel, Mapping) or not isinstance(content, Mapping):
        raise VariableMissing(type=job.type, name="channel, content")
    package = Package(
        key=f"publication-{job.instance_key}",
        channel=str(channel["channel"]),
        action=str(channel["action"]),
        event=str(job.variables.get("event") or ""),
        title=str(channel.get("title") or ""),
        entry_no=str(job.variables.get("entry_no")),
        columns=columns_of(content),
        made_at=job.now,
    )
    return delivering(channels(), package.channel, job.now).deliver(package)


@job_handler("register.record_publication")
def _record_publication(job: JobContext) -> Mapping[str, object]:
    """Keep that the action of `channel` was done: headers `at`, `url`, `batchNo`, `receipt`.

    How many working days it was late comes from `due`. Brings `publication`. Raises
    `DayOfPublicationImpossible` for an instant to come, or before the decision.
    """
    return {"publication": keep_publication(job, instant(job, "at") or job.now)}


@job_handler("register.take_down")
def _take_down(job: JobContext) -> Mapping[str, object]:
    """Take the entry off our portal, now, and keep that it was. Brings `publication`."""
    return {"publication": keep_publication(job, job.now)}


def keep_publication(job: JobContext, at: datetime) -> dict[str, object]:
    """Keep that the action of variable `channel` was done at `at`. Gives what was kept.

    Raises `DayOfPublicationImpossible` and `EntryUnknown`.
    """
    entry_no, channel = need(job, "entry_no", str), need(job, "channel", dict)
    decided = entry_row(job.connection, entry_no).decision_date
    if at > job.now or in_shanghai(at).date() < decided:
        raise DayOfPublicationImpossible(at=f"{in_shanghai(at):%Y-%m-%d %H:%M}", decided=decided)
    due = find(job.variables, "due")
    name = str(channel["channel"])
    said = {field: str(job.header(header) or "") for field, header in _SAID.items()}
    late = _late_working_days(job, due, in_shanghai(at).date())
    content = find(job.variables, "content")
    adapter = str(find(job.variables, "adapter") or channels().of(name).adapter)
    record_publication(
        job.connection,
        entry_no,
        NewPublication(
            channel=name,
            places=channels().names_of(name),
            event=str(find(job.variables, "event") or ""),
            action=str(channel["action"]),
            title=str(channel.get("title") or ""),
            adapter=adapter,
            content=_plain(content),
            published_at=at,
            due_date=due if isinstance(due, date) else None,
            late_working_days=late,
            instance_key=job.instance_key,
            idempotency_key=job.idempotency_key,
            **said,
        ),
    )
    return {
        "channel": name,
        "action": channel["action"],
        "published_at": at,
        "late_working_days": Decimal(late),
        **said,
    }


_SAID = {"url": "url", "batch_no": "batchNo", "receipt": "receipt"}
"""What is kept of an answer, and the headers that say it."""


def _plain(content: object) -> dict[str, object]:
    made = plain(content) if isinstance(content, Mapping) else {}
    return made if isinstance(made, dict) else {}


def _late_working_days(job: JobContext, due: object, done: date) -> int:
    if not isinstance(due, date) or done <= due:
        return 0
    calendar = job.instance.tx.calendar_of(job.instance.row.organisation_path)
    return calendar.working_days_between(due, done)
