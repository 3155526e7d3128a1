"""待办, 已办, 我发起的; claiming one task or many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from engine.errors import ChengxinError
from engine.identity import User
from engine.runtime.commands import ClaimTask
from engine.runtime.queries.due_edges import DueEdges
from engine.runtime.queries.history import history_of
from engine.runtime.queries.inbox import (
    ALL_UNITS,
    WHOSE,
    Due,
    InboxFilter,
    Whose,
    inbox_page,
    open_task_count,
    task_rows,
)
from engine.runtime.queries.instance_page import organisation_path_of
from engine.runtime.queries.own_lists import done_page, started_page, started_row
from engine.runtime.queries.steps import procedures_of
from web.engine_room import looking, the_runtime
from web.inbox.access import seen_task
from web.inbox.history_words import told
from web.inbox.lights import light_of
from web.inbox.room import (
    UnitNames,
    address_with,
    case_address,
    cursor_in,
    local_address,
    room,
)
from web.language import in_language, language
from web.layout.navigation import navigation
from web.security import requires, the_user

if TYPE_CHECKING:
    from engine.runtime.queries.inbox import TaskRow
    from engine.runtime.queries.own_lists import OwnPage
    from engine.runtime.queries.reading import Reading
    from engine.runtime.queries.steps import Procedure

MOST_AT_ONCE = 100
"""How many tasks one bulk act takes."""
TOLD_ONE_BY_ONE = 5
LONGEST_SEARCH = 100

DUE_CHOICES: dict[Due, object] = {
    "": _l("全部期限"),
    "pressing": _l("逾期和临期"),
    "overdue": _l("逾期"),
    "today": _l("今日到期"),
    "soon": _l("2 个工作日内"),
    "later": _l("之后"),
    "none": _l("无期限"),
}
GROUPS = {
    "overdue": _l("逾期"),
    "today": _l("今日到期"),
    "soon": _l("2 个工作日内"),
    "later": _l("之后"),
    "none": _l("无期限"),
}
WHOSE_WORDS: dict[Whose, object] = {
    "todo": _l("待我办理"),
    "mine": _l("我的"),
    "unclaimed": _l("未签收"),
    "all": _l("全部"),
}

navigation.add("work", _l("待办"), "inbox.tasks", "task.view", count=open_task_count, order=10)
navigation.add("work", _l("已办"), "inbox.done", "task.view", order=20)
navigation.add("work", _l("我发起的"), "inbox.started", "case.start", order=30)


@room.get("/tasks")
@requires("task.view")
def tasks() -> str:
    user = the_user()
    with looking() as look:
        procedures = procedures_of(look, user.roles)
        wanted = _filter(procedures)
        page = inbox_page(look, user, wanted, after=cursor_in("after"), before=cursor_in("before"))
        names = UnitNames.read(look)
        rows = [row_shown(look, user, row, names) for row in page.rows]
    return render_template(
        "inbox/tasks.html",
        page=page,
        rows=rows,
        wanted=wanted,
        groups=GROUPS,
        dues=list(DUE_CHOICES.items()),
        switches=_switches(wanted.whose, page.by_whose),
        procedures=procedures,
        units=_unit_choices(user, names),
        narrowed=_is_narrowed(wanted),
        previous_address=address_with(after="", before=page.previous) if page.previous else None,
        next_address=address_with(after=page.next, before="") if page.next else None,
    )


@room.get("/tasks/done")
@requires("task.view")
def done() -> str:
    words = _words()
    with looking() as look:
        page = done_page(
            look.connection, the_user(), words=words,
            after=cursor_in("after"), before=cursor_in("before"),
        )  # fmt: skip
        names = UnitNames.read(look)
    return render_template("inbox/done.html", page=page, words=words, names=names, **_ways(page))


@room.get("/tasks/started")
@requires("case.start")
def started() -> str:
    words = _words()
    with looking() as look:
        page = started_page(
            look.connection, the_user(), words=words,
            after=cursor_in("after"), before=cursor_in("before"),
        )  # fmt: skip
        names = UnitNames.read(look)
    return render_template("inbox/started.html", page=page, words=words, names=names, **_ways(page))


@room.post("/tasks/<int:key>/claim-here")
@requires("task.claim")
def claim_here(key: int) -> str | Response:
    """Claim a task in the list: with a script its row is drawn anew, else the list is."""
    user = the_user()
    with looking() as look:
        seen_task(look, user, key)
    the_runtime().execute(ClaimTask(task_key=key, user=user))
    if not request.headers.get("HX-Request"):
        flash(_("已签收。"), "done")
        return redirect(local_address(request.form.get("next"), url_for("inbox.tasks")))
    with looking() as look:
        edges = DueEdges.of(look.clock, look.calendar_of(user.organisation_path))
        (row,) = task_rows(look, user, [key], edges)
        shown = row_shown(look, user, row, UnitNames.read(look))
    return render_template("inbox/_task_row.html", row=shown)


@room.post("/tasks/claim")
@requires("task.claim")
def claim_many() -> Response:
    user = the_user()
    keys = [int(key) for key in request.form.getlist("key") if key.isdigit()][:MOST_AT_ONCE]
    claimed, refused = 0, []
    for key in keys:
        try:
            with looking() as look:
                task = seen_task(look, user, key)
            the_runtime().execute(ClaimTask(task_key=task.key, user=user))
            claimed += 1
        except ChengxinError as error:  # one refusal does not stop the others
            refused.append(error.message(language()))
    if claimed:
        flash(_("已签收 %(count)s 件。", count=claimed), "done")
    for message in refused[:TOLD_ONE_BY_ONE]:
        flash(_("未签收：%(reason)s", reason=message), "warning")
    if len(refused) > TOLD_ONE_BY_ONE:
        more = len(refused) - TOLD_ONE_BY_ONE
        flash(_("另有 %(count)s 件未能签收。", count=more), "warning")
    if not keys:
        flash(_("请先勾选要签收的任务。"), "warning")
    return redirect(local_address(request.form.get("next"), url_for("inbox.tasks")))


def row_shown(look: Reading, user: User, row: TaskRow, names: UnitNames) -> dict[str, object]:
    """A row with its light, the name of its unit and the one act that comes next."""
    light = light_of(
        look,
        due_date=row.due_date,
        due_at=row.due_at,
        provisional=row.due_provisional,
        organisation_path=row.organisation_path,
    )
    return {
        "task": row,
        "light": light,
        "unit": names.of(row.organisation_path),
        "act": _act(user, row),
    }


def _act(user: User, row: TaskRow) -> str:
    if row.barred_by:
        return "barred"
    if row.assignee == user.login:
        return "work"
    return "claim" if row.assignee is None else "look"


def _filter(procedures: tuple[Procedure, ...]) -> InboxFilter:
    given = request.args
    whose = given.get("whose", "todo")
    due = given.get("due", "")
    process_id, _colon, element_id = given.get("step", "").partition(":")
    return InboxFilter(
        whose=whose if whose in WHOSE else "todo",
        process_id=process_id,
        element_id=element_id,
        due=due if due in DUE_CHOICES else "",
        unit=given.get("unit", ""),
        words=_words(),
    )


def _words() -> str:
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def _switches(chosen: Whose, numbers: Mapping[Whose, int]) -> list[dict[str, object]]:
    return [
        {
            "label": WHOSE_WORDS[one],
            "address": address_with(whose="" if one == "todo" else one, after="", before=""),
            "here": one == chosen,
            "count": numbers[one],
        }
        for one in WHOSE
    ]


def _unit_choices(user: User, names: UnitNames) -> list[tuple[str, str]]:
    """Whose tasks a person who sees several units can ask for."""
    if not user.sees_all:
        return []
    units = [(unit.code, in_language(unit.short_name, unit.short_name_en)) for unit in names.units]
    return [("", _("本单位")), (ALL_UNITS, _("全部单位")), *units]


def _is_narrowed(wanted: InboxFilter) -> bool:
    return bool(wanted.process_id or wanted.due or wanted.words or wanted.unit)


def _ways(page: OwnPage) -> dict[str, str | None]:
    return {
        "previous_address": address_with(after="", before=page.previous) if page.previous else None,
        "next_address": address_with(after=page.next, before="") if page.next else None,
    }


@room.get("/tasks/started/<int:key>")
@requires("case.start")
def started_case(key: int) -> str | Response:
    """Where a case that this person started stands now: its own page, if there is one."""
    user = the_user()
    with looking() as look:
        case = started_row(look.connection, user, key)
        history = told(history_of(look, case.root_key))
        names = UnitNames.read(look)
        path = organisation_path_of(look.connection, key)
    address = case_address(case.root_key, case.business_key) if user.sees(path) else None
    if address is not None:
        return redirect(address)
    return render_template("inbox/started_case.html", row=case, history=history, names=names)
