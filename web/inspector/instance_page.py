"""One instance: the diagram with its tokens, where it stands in words, and everything about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from engine.identity import role_names
from engine.runtime.queries.decision_records import decision_sheet, decisions_of
from engine.runtime.queries.incidents import incidents_of
from engine.runtime.queries.instance_history import history_of, way_of
from engine.runtime.queries.instance_page import (
    CalledInstance,
    InstanceHead,
    StandingToken,
    Travelled,
    ancestors_of,
    called_by,
    content_counts,
    instance_head,
    standing_tokens,
    travelled,
)
from engine.runtime.queries.instance_tasks import possible_assignees, tasks_of
from engine.runtime.queries.instance_variables import variables_by_scope
from engine.runtime.queries.jobs import jobs_of
from engine.runtime.queries.timers import timers_of
from engine.runtime.queries.visible import LISTED
from web.engine_room import reading, the_clock, the_runtime
from web.inspector.diagrams import picture_of_instance, token_counts
from web.inspector.history_words import told
from web.inspector.masking import Mask
from web.inspector.periods import ShownPeriod, periods_of
from web.inspector.room import room
from web.inspector.words import words_of
from web.language import language
from web.security import requires, the_user

if TYPE_CHECKING:
    from sqlalchemy import Connection

GLANCE = 3
"""So many running deadlines stand beside the diagram; the tab has them all."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every tab of the page needs."""

    head: InstanceHead
    element_id: str
    tokens: tuple[StandingToken, ...]
    called: tuple[CalledInstance, ...]
    periods: tuple[ShownPeriod, ...]
    mask: Mask

    def words_of(self, element_id: str | None) -> str:
        """The name of an element of this instance."""
        return words_of(self.head.deployed.process, element_id)

    def address(self, **more: object) -> str:
        """The address of this page with another tab or element."""
        kept = {"tab": request.args.get("tab"), "element": self.element_id or None, **more}
        return url_for("inspector.instance", key=self.head.key, **kept)  # type: ignore[arg-type]


@room.get("/inspector/instances/<int:key>")
@requires("instance.view")
def instance(key: int) -> str:
    """An instance. `tab` chooses what is below the diagram, `element` narrows it."""
    with reading() as connection:
        head = _seen_head(connection, key)
        way = travelled(connection, key)
        ancestors = ancestors_of(connection, head)
        called = called_by(connection, key)
        page = Page(
            head=head,
            element_id=request.args.get("element", ""),
            tokens=standing_tokens(connection, head),
            called=called,
            periods=periods_of(connection, the_runtime(), head, ancestors, called),
            mask=_mask(head),
        )
        chosen = _chosen_tab(way)
        contents = TABS[chosen].read(connection, page)
        tabs = _tabs(connection, page, chosen)
    whole = not request.headers.get("HX-Request")
    return render_template(
        "inspector/instance.html" if whole else "inspector/_contents.html",
        page=page,
        head=head,
        way=way,
        ancestors=ancestors,
        tabs=tabs,
        chosen=chosen,
        running=[period for period in page.periods if period.is_running][:GLANCE],
        picture=picture_of_instance(head, page.tokens, way) if whole else "",
        listed=LISTED,
        **contents,
    )


@room.get("/inspector/instances/<int:key>/tokens.json")
@requires("instance.view")
def instance_marks(key: int) -> Response:
    """What the viewer marks on the diagram of an instance."""
    with reading() as connection:
        head = _seen_head(connection, key)
        tokens = token_counts(head, standing_tokens(connection, head))
        way = travelled(connection, key)
    return jsonify(
        tokens=tokens, passed=sorted(way.elements | way.flows), incidents=dict(way.incidents)
    )


@room.get("/inspector/decisions/<int:key>")
@requires("instance.view")
def decision(key: int) -> str:
    """One answer of a decision, shown on its table with the rules that matched."""
    with reading() as connection:
        sheet = decision_sheet(connection, the_runtime().definitions, key)
        head = _seen_head(connection, sheet.line.instance_key)
    return render_template(
        "inspector/decision.html",
        sheet=sheet,
        line=sheet.line,
        table=sheet.table,
        matched={match.rule for match in sheet.line.matched},
        head=head,
        element=words_of(head.deployed.process, sheet.line.element_id),
        mask=_mask(head),
    )


# -- tabs ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab: its name and what it reads."""

    label: Callable[[], str]
    read: Callable[[Connection, Page], Mapping[str, object]]


def _variables(connection: Connection, page: Page) -> Mapping[str, object]:
    return {"scopes": variables_by_scope(connection, page.head.key, page.element_id)}


def _tasks(connection: Connection, page: Page) -> Mapping[str, object]:
    tasks = tasks_of(connection, page.head.key, page.element_id)
    may = the_user().may
    calendar = the_runtime().calendars.of(connection, page.head.organisation_path)
    now = the_clock().now()
    return {
        "tasks": tasks,
        "late": {task.key: task.late_working_days(now, calendar) for task in tasks},
        "remaining": {
            task.key: calendar.working_days_between(now.date(), task.due_date)
            for task in tasks
            if task.is_open and task.due_date
        },
        "assignees": {
            task.key: possible_assignees(connection, task)
            for task in tasks
            if task.is_open and may("task.reassign")
        },
        "roles": role_names(connection, language()),
    }


def _deadlines(connection: Connection, page: Page) -> Mapping[str, object]:
    standing = {token.token_id: token.element_id for token in page.tokens}
    timers = [
        timer
        for timer in timers_of(connection, page.head.key)
        if page.element_id in ("", timer.element_id, standing.get(timer.token_id))
    ]
    near = {timer.element_id for timer in timers}
    periods = [
        period
        for period in page.periods
        if not page.element_id or {page.element_id, *near} & {*period.elements}
    ]
    return {"timers": timers, "periods": periods, "standing": standing}


def _jobs(connection: Connection, page: Page) -> Mapping[str, object]:
    return {"jobs": jobs_of(connection, page.head.key, page.element_id)}


def _incidents(connection: Connection, page: Page) -> Mapping[str, object]:
    return {"incidents": incidents_of(connection, page.head.key, page.element_id)}


def _decisions(connection: Connection, page: Page) -> Mapping[str, object]:
    return {"decisions": decisions_of(connection, page.head.key, page.element_id)}


def _history(connection: Connection, page: Page) -> Mapping[str, object]:
    lines = history_of(connection, page.head.key, page.element_id)
    return {"history": [told(line, page.mask) for line in lines]}


def _way(connection: Connection, page: Page) -> Mapping[str, object]:
    return {"passes": way_of(connection, page.head.key, page.element_id)}


TABS: Mapping[str, Tab] = {
    "deadlines": Tab(label=lambda: _("期限与定时器"), read=_deadlines),
    "tasks": Tab(label=lambda: _("用户任务"), read=_tasks),
    "variables": Tab(label=lambda: _("变量"), read=_variables),
    "decisions": Tab(label=lambda: _("决策"), read=_decisions),
    "jobs": Tab(label=lambda: _("后台作业"), read=_jobs),
    "incidents": Tab(label=lambda: _("异常"), read=_incidents),
    "history": Tab(label=lambda: _("办理历史"), read=_history),
    "way": Tab(label=lambda: _("经过"), read=_way),
}


def _chosen_tab(way: Travelled) -> str:
    """The tab asked for; else what needs attention, else the deadlines."""
    asked = request.args.get("tab", "")
    if asked in TABS:
        return asked
    return "incidents" if way.incidents else "deadlines"


def _tabs(connection: Connection, page: Page, chosen: str) -> Sequence[Mapping[str, object]]:
    counts = content_counts(connection, page.head.key, page.element_id)
    numbers = {
        "deadlines": len(page.periods) if not page.element_id else None,
        "tasks": counts.tasks,
        "decisions": counts.decisions,
        "jobs": counts.jobs,
        "incidents": counts.incidents,
        "history": counts.history,
        "way": counts.passes,
    }
    return [
        {
            "key": key,
            "label": tab.label(),
            "address": page.address(tab=key),
            "here": key == chosen,
            "count": numbers.get(key),
        }
        for key, tab in TABS.items()
    ]


def _seen_head(connection: Connection, key: int) -> InstanceHead:
    head = instance_head(connection, the_runtime().definitions, key)
    if not the_user().sees(head.organisation_path):
        abort(403)
    return head


def _mask(head: InstanceHead) -> Mask:
    known = (head.subject_code,) if head.subject_kind != "unit" and head.subject_code else ()
    return Mask(reveals=the_user().may("identity.reveal"), known=known)
