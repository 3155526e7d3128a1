"""The daily check: what channels show against the list, and entries that nobody has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.register.channels import channels, telling
from engine.register.differences import (
    Answers,
    Difference,
    differences,
    in_hand,
    overdue_entries,
    party_of,
)
from engine.register.entries import entry_row
from engine.register.errors import EntryUnknown
from engine.register.facts import entry_facts
from engine.register.job_handlers.channels import keep_publication
from engine.register.publications import PUBLISH
from engine.register.variables import find, instant, need
from engine.runtime import JobContext, OutsideJob, job_handler, outside_job


@outside_job("register.ask_channels")
def _ask_channels(job: OutsideJob) -> Mapping[str, object]:
    """Ask the channels of variable `channels` that can be asked what they show.

    Brings `channel_answers`: `channel`, `entries` (null if it did not say) and `message`.
    """
    rows = job.variables.get("channels")
    answers = []
    for row in _publishing(rows if isinstance(rows, list) else []):
        adapter = telling(channels(), str(row["channel"]), job.now)
        if adapter is not None:
            said = adapter.showing()
            entries = sorted(said.entries) if said.entries is not None else None
            answers.append({"channel": row["channel"], "entries": entries, "message": said.message})
    return {"channel_answers": answers}


@job_handler("register.compare_channels")
def _compare_channels(job: JobContext) -> Mapping[str, object]:
    """Compare the channels of variable `channels` with the list, by `channel_answers` or records.

    Header `handledBy` names processes: what one of them has in hand is left out. Header `only` is
    one difference, to look at that alone. Brings `differences` (`kind`, `entry_no`, `channel`, the
    row of the channel, `party`, `deciding_organ`, `source_unit`), `remains`, whether there is any,
    and `channels_to_ask`, whether a channel can be asked and was not.
    """
    rows = list(_publishing(need(job, "channels", list)))
    only = job.header("only")
    busy = in_hand(job.connection, _names(job.header("handledBy")))
    answers = _answers(find(job.variables, "channel_answers"))
    found = []
    for row in rows:
        channel = str(row["channel"])
        for one in differences(job.connection, channels(), channel, answers, job.now):
            is_wanted = only is None or _is(only, one)
            if is_wanted and not busy & {(one.entry_no, channel), (one.entry_no, None)}:
                found.append(_described(job, one, row))
    asked = find(job.variables, "channel_answers") is not None
    can_be_asked = any(telling(channels(), str(row["channel"]), job.now) for row in rows)
    return {
        "differences": found,
        "remains": bool(found),
        "channels_to_ask": can_be_asked and not asked,
    }


@job_handler("register.settle_difference")
def _settle_difference(job: JobContext) -> None:
    """Keep what a person did about `difference`: headers as of `register.record_publication`.

    A channel that showed an entry nobody knows leaves no trace in the register.
    """
    if find(job.variables, "difference.known") is True:
        keep_publication(job, instant(job, "at") or job.now)


@job_handler("register.overdue_entries")
def _overdue_entries(job: JobContext) -> Mapping[str, object]:
    """Find the entries whose last day has passed and that still stand in the list (X5).

    Brings `overdue_entries`, the facts of each as `register.entry_facts` gives them.
    """
    overdue = []
    for entry_no in overdue_entries(job.connection, job.now):
        facts = entry_facts(job.connection, entry_no, job.now)
        entry = facts["entry"]
        assert isinstance(entry, dict)
        overdue.append({**entry, **facts})
    return {"overdue_entries": overdue}


def _publishing(rows: Iterable[object]) -> Iterable[Mapping[str, object]]:
    """The rows of channels that show entries and are in use."""
    for row in rows:
        is_used = isinstance(row, Mapping) and not channels().is_off(str(row["channel"]))
        if isinstance(row, Mapping) and is_used and row.get("action") == PUBLISH:
            yield row


def _answers(answers: object) -> Answers:
    return {
        str(answer["channel"]): frozenset(map(str, answer["entries"]))
        for answer in (answers if isinstance(answers, list) else [])
        if isinstance(answer, Mapping) and isinstance(answer.get("entries"), list)
    }


def _names(header: object) -> list[str]:
    return [name.strip() for name in str(header or "").split(",") if name.strip()]


def _is(only: object, one: Difference) -> bool:
    return isinstance(only, Mapping) and all(
        only.get(name) == getattr(one, name) for name in ("kind", "entry_no")
    ) and find(only, "channel.channel") == one.channel  # fmt: skip


def _described(job: JobContext, one: Difference, row: Mapping[str, object]) -> dict[str, object]:
    told = {"kind": one.kind, "entry_no": one.entry_no, "channel": dict(row)}
    try:
        entry = entry_row(job.connection, one.entry_no)
    except EntryUnknown:
        return {**told, "known": False, "party": {"name": one.entry_no}}
    return {
        **told,
        "known": True,
        "party": party_of(job.connection, one.entry_no),
        "deciding_organ": dict(entry.deciding_organ),
        "source_unit": entry.source_unit,
    }
