"""What a channel is told of an entry: the columns of a table of the owner's, masked for it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from engine.feel import plain
from engine.register.channels import MANUAL, OFF, Column, channels
from engine.register.errors import PersonalDetailsShown
from engine.register.exposed import exposed_in
from engine.register.facts import entry_facts
from engine.register.masking import PUBLIC, SHARE, masking_of
from engine.register.models import Entry
from engine.register.variables import find, need
from engine.runtime import JobContext, job_handler


@job_handler("register.masked_content")
def _masked_content(job: JobContext) -> Mapping[str, object]:
    """What the channel of variable `channel` is told about `event`, and by which adapter.

    Header `columns` is the decision that says the columns (name, labels, field of the table of
    masking, value), header `scope` the one that says for whom the channel is.
    Brings `adapter`, `content` (`title`, `scope`, `columns`) and the facts of the entry as they
    are now: `entry`, `party`.
    """
    channel = need(job, "channel", dict)
    facts = entry_facts(job.connection, need(job, "entry_no", str), job.now)
    adapter = channels().of(str(channel["channel"])).adapter
    return {
        "adapter": MANUAL if adapter == OFF else adapter,
        "content": content_for(job, facts, channel),
        "entry": facts["entry"],
        "party": facts["party"],
    }


@job_handler("register.preview_content")
def _preview_content(job: JobContext) -> Mapping[str, object]:
    """What several channels will be told: header `channels`, a context of names and channels,
    headers `columns` and `scope` as of `register.masked_content`.

    Brings `preview`, under each name the columns with label and value, and `exposed`, the kinds of
    personal details that a second look finds in what is public.
    """
    wanted = job.header("channels")
    facts = entry_facts(job.connection, need(job, "entry_no", str), job.now)
    made = {
        str(name): content_for(job, facts, channel)
        for name, channel in (wanted.items() if isinstance(wanted, Mapping) else ())
        if isinstance(channel, Mapping)
    }
    public = " ".join(
        str(find(column, "value"))
        for content in made.values()
        if content["scope"] == PUBLIC
        for column in _columns(content)
    )
    return {
        "preview": {name: _columns(content) for name, content in made.items()},
        "exposed": exposed_in(public, _mapping(facts["party"])),
    }


@job_handler("register.keep_summary")
def _keep_summary(job: JobContext) -> None:
    """Keep the facts as they are published: header `summary`.

    Raises `PersonalDetailsShown` if it says a number, telephone or address of a person.
    """
    entry_no = need(job, "entry_no", str)
    summary = str(job.header("summary") or "")
    party = entry_facts(job.connection, entry_no, job.now)["party"]
    if exposed := exposed_in(summary, _mapping(party)):
        raise PersonalDetailsShown(found="、".join(exposed))
    job.connection.execute(
        update(Entry).where(Entry.entry_no == entry_no).values(public_summary=summary)
    )


def content_for(
    job: JobContext, facts: Mapping[str, object], channel: Mapping[str, object]
) -> dict[str, object]:
    """What a channel is told: `title`, `scope` and `columns`, in plain JSON values.

    A column that the table of masking leaves out, or that has no value, is not there.
    """
    asked = {**job.variables, **facts, "channel": dict(channel)}
    said = job.decide(str(job.header("scope")), asked)
    scope = SHARE if said == SHARE else PUBLIC
    masking = masking_of(job, scope)
    rows = job.decide(str(job.header("columns")), asked)
    party = _mapping(facts["party"])
    columns: list[dict[str, object]] = []
    for row in rows if isinstance(rows, list) else []:
        value = find(row, "value")
        if field := str(find(row, "field") or ""):
            value = masking.mask(field, value, id_type=party.get("id_type"))
        is_kept = value not in (None, "") or find(row, "filled_in") is True
        if is_kept:
            named = {name: str(find(row, name)) for name in ("name", "label", "label_en")}
            columns.append({**named, "value": plain(value)})
    return {"title": channel.get("title"), "scope": scope, "columns": columns}


def columns_of(content: Mapping[str, object]) -> tuple[Column, ...]:
    """The columns of a content as an adapter takes them."""
    return tuple(
        Column(
            name=str(column["name"]),
            label=str(column["label"]),
            label_en=str(column["label_en"]),
            value=plain(column["value"]),
        )
        for column in _columns(content)
    )


def _columns(content: Mapping[str, object]) -> list[dict[str, object]]:
    columns = content.get("columns")
    return columns if isinstance(columns, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
