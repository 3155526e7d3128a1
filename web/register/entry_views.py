"""The page of one entry: how it stands, what was published, what measures, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import render_template

from engine.calendar import remaining_working_days
from engine.documents import documents_of
from engine.identity import User
from engine.register import entry_page
from engine.register.entry_page import EntryHead, Follower, entry_head, followers_of
from engine.register.facts import other_active_entries
from engine.register.rules_now import channel_names
from engine.runtime.queries.case_page import WaitingTask, waiting_tasks
from engine.runtime.queries.instance_page import instance_head
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.startable import Startable, startable_processes
from web.cases.paper_views import editable_templates
from web.cases.words import STATES, TONES
from web.engine_room import looking, the_runtime
from web.inspector.masking import Mask
from web.language import language
from web.register.room import room
from web.register.words import tone_of
from web.security import requires, the_user

UNIT = "unit"
ABOUT_ENTRY = "entry"
"""The value of the property `about` of a process that a person starts about an entry; with the
property `aboutStatus` only while the entry stands as one of these says, with commas between.
"""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What every tab of an entry shows above itself."""

    head: EntryHead
    mask: Mask
    starts: tuple[Startable, ...]

    @property
    def code(self) -> str:
        """The party's code, of a person masked."""
        return self.mask.text(str(self.head.party.code))


@dataclass(frozen=True, kw_only=True)
class Running:
    """A procedure about the entry with its open tasks."""

    follower: Follower
    tasks: tuple[WaitingTask, ...]


@room.get("/register/entries/<int:key>")
@requires("register.view")
def entry(key: int) -> str:
    with _sheet(key) as (look, sheet):
        running = [_running(look, one) for one in followers_of(look.connection, sheet.head)]
        return _page(
            look,
            sheet,
            "overview",
            running=running,
            marks=entry_page.marks_of(look.connection, key),
            others=other_active_entries(look.connection, sheet.head.entry_no, look.clock.now()),
            remedies=entry_page.remedies_of(look.connection, key),
            proceedings=entry_page.proceedings_of(look.connection, key),
        )


@room.get("/register/entries/<int:key>/publications")
@requires("register.view")
def entry_publications(key: int) -> str:
    with _sheet(key) as (look, sheet):
        rows = entry_page.publications_of(look.connection, key)
        names = channel_names(the_runtime(), look.connection)
        return _page(look, sheet, "publications", publications=rows, names=names)


@room.get("/register/entries/<int:key>/measures")
@requires("register.view")
def entry_measures(key: int) -> str:
    with _sheet(key) as (look, sheet):
        return _page(
            look,
            sheet,
            "measures",
            measures=entry_page.measures_of(look.connection, key),
            honours=entry_page.honours_of(look.connection, sheet.head),
        )


@room.get("/register/entries/<int:key>/course")
@requires("register.view")
def entry_course(key: int) -> str:
    with _sheet(key) as (look, sheet):
        return _page(
            look,
            sheet,
            "course",
            events=entry_page.events_of(look.connection, key),
            credit_file=entry_page.credit_file(look.connection, sheet.head.row.party_key),
        )


@room.get("/register/entries/<int:key>/documents")
@requires("case.view")
def entry_documents(key: int) -> str:
    with _sheet(key) as (look, sheet):
        documents = [
            document
            for number in sheet.head.business_keys
            for document in documents_of(look.connection, number)
        ]
        services = entry_page.services_of(look.connection, sheet.head)
        return _page(
            look,
            sheet,
            "documents",
            documents=documents,
            services=services,
            editable=editable_templates(),
        )


@contextmanager
def _sheet(key: int) -> Iterator[tuple[Reading, Sheet]]:
    user = the_user()
    with looking() as look:
        head = entry_head(look.connection, user, key, look.clock.now())
        code = str(head.party.code)
        hidden = (code,) if head.party.party_class != UNIT else ()
        yield (
            look,
            Sheet(
                head=head,
                mask=Mask(reveals=False, known=hidden),
                starts=_starts(look, user, head.row.status),
            ),
        )


def _starts(look: Reading, user: User, status: str) -> tuple[Startable, ...]:
    if not user.may("case.start"):
        return ()
    return tuple(
        one
        for one in startable_processes(look, user)
        if _is_about(one.deployed.process.properties, status)
    )


def _is_about(properties: Mapping[str, str], status: str) -> bool:
    wanted = properties.get("aboutStatus", "")
    fits = not wanted or status in [one.strip() for one in wanted.split(",")]
    return properties.get("about") == ABOUT_ENTRY and fits


def _running(look: Reading, follower: Follower) -> Running:
    if follower.state != "active":
        return Running(follower=follower, tasks=())
    head = instance_head(look.connection, look.definitions, follower.key)
    return Running(follower=follower, tasks=waiting_tasks(look, head, language()))


def _page(look: Reading, sheet: Sheet, tab: str, **more: object) -> str:
    row = sheet.head.row
    today = look.clock.today()
    calendar = look.calendar_of(row.organisation_path)
    return render_template(
        f"register/{tab}.html",
        sheet=sheet,
        head=sheet.head,
        entry=row,
        tab=tab,
        today=today,
        days_left=(row.last_day - today).days if sheet.head.in_force else None,
        publish_remaining=(
            remaining_working_days(today, row.publish_due_date, calendar)
            if row.publish_due_date and row.published_at is None and sheet.head.in_force
            else None
        ),
        states=STATES,
        tones=TONES,
        tone_of=tone_of,
        unit_kind=UNIT,
        **more,
    )
