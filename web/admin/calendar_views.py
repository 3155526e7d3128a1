"""Calendars: the year, the notices, entering one, what it would move, and putting it in force."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from engine.calendar import Calendar, horizon_of_notice
from engine.identity import User, bureaus
from engine.runtime.commands import ApproveCalendar, EnterCalendar
from engine.runtime.queries.calendars import NoticeLine, days_of, notice, notices
from engine.runtime.recompute import moves_of, recompute
from web.admin.entering import Entered, entered
from web.admin.room import room
from web.admin.year_grid import year_grid
from web.engine_room import reading, the_clock, the_runtime
from web.layout.alarms import Alarm, alarms
from web.layout.navigation import navigation
from web.layout.today import KINDS
from web.security import requires, the_user

MOST_SHOWN = 200
"""How many moved deadlines a page lists; the numbers are of all."""
ALARM_FROM, ERROR_FROM = (10, 15), (12, 10)
"""Month and day from which next year's calendar is asked for, and from which it is urgent."""


@room.get("/calendars")
@requires("calendar.view")
def calendars() -> str:
    year = request.args.get("year", type=int) or the_clock().today().year
    with reading() as connection:
        calendar = the_runtime().calendars.of(connection, the_user().organisation_path)
        lines = notices(connection, the_user())
    return render_template(
        "admin/calendars.html",
        year=year,
        months=year_grid(calendar, year),
        kinds=KINDS,
        calendar=calendar,
        notices=lines,
        today=the_clock().today(),
    )


@room.route("/calendars/new", methods=["GET", "POST"])
@requires("calendar.edit")
def new_notice() -> str | Response:
    found = entered(request.form) if request.method == "POST" else None
    if found is not None and found.is_acceptable and "keep" in request.form:
        return _keep(found)
    user = the_user()
    with reading() as connection:
        units = [unit for unit in bureaus(connection) if user.sees(unit.path)]
        calendar = the_runtime().calendars.of(connection, "")
    year = found.days[0].day.year if found and found.days else None
    return render_template(
        "admin/new_notice.html",
        found=found,
        units=units,
        may_be_national=user.sees(""),
        year=found.year if found and found.year else year,
        calendar=calendar,
    )


@room.get("/calendars/notices/<int:key>")
@requires("calendar.view")
def calendar_notice(key: int) -> str:
    line = _line(key)
    moved = moves_of(the_runtime(), line)
    with reading() as connection:
        days = days_of(connection, key)
        books = the_runtime().calendars
        path = line.organisation_path
        calendar = (
            books.of(connection, path)
            if line.approved_at
            else books.with_draft(connection, path, key)
        )
    user = the_user()
    year = line.year or (days[0].day.year if days else the_clock().today().year)
    return render_template(
        "admin/notice.html",
        line=line,
        days=days,
        moves=moved[:MOST_SHOWN],
        moved=sum(move.is_moved for move in moved),
        earlier=sum(move.is_earlier for move in moved),
        settled=sum(not move.is_moved for move in moved),
        instances=len({move.instance_key for move in moved}),
        months=year_grid(calendar, year, {special.day for special in days}),
        kinds=KINDS,
        year=year,
        own=line.entered_by == user.login,
        may_approve=user.may("calendar.approve") and user.sees(line.organisation_path),
    )


@room.post("/calendars/notices/<int:key>/approve")
@requires("calendar.approve")
def approve_notice(key: int) -> str:
    line = _line(key)
    the_runtime().execute(ApproveCalendar(user=the_user(), notice_key=line.key))
    flash(_("已批准，自现在起按新日历计算。"), "done")
    return _recomputed(key)


@room.post("/calendars/notices/<int:key>/recompute")
@requires("calendar.approve", "calendar.edit")
def recompute_notice(key: int) -> str | Response:
    if _line(key).approved_at is None:
        flash(_("尚未批准，不能重算。"), "error")
        return redirect(url_for("admin.calendar_notice", key=key))
    return _recomputed(key)


def _recomputed(key: int) -> str:
    line = _line(key)
    results = recompute(the_runtime(), line, the_user())
    return render_template(
        "admin/recomputed.html",
        line=line,
        results=results,
        changed=sum(result.changed for result in results),
        failed=sum(result.error is not None for result in results),
    )


def _line(key: int) -> NoticeLine:
    with reading() as connection:
        return notice(connection, key)


def _keep(found: Entered) -> Response:
    path = request.form.get("unit", "")
    key = the_runtime().execute(
        EnterCalendar(
            user=the_user(),
            title=found.title,
            days=found.days,
            year=found.year if not path else None,
            organisation_path=path,
        )
    )
    flash(_("已录入，待另一人批准。"), "done")
    return redirect(url_for("admin.calendar_notice", key=key))


def next_year_missing(today: date, calendar: Calendar) -> tuple[int, bool] | None:
    """The year whose notice is asked for, and whether that is urgent; None if nothing is."""
    following = today.year + 1
    if (today.month, today.day) < ALARM_FROM:
        return None
    if calendar.confirmed_through >= horizon_of_notice(following):
        return None
    return following, (today.month, today.day) >= ERROR_FROM


def calendar_of_next_year(user: User) -> Alarm | None:
    """From October on: the calendar of next year has to be entered and approved."""
    today = the_clock().today()
    if (today.month, today.day) < ALARM_FROM:
        return None
    with reading() as connection:
        calendar = the_runtime().calendars.of(connection, "")
    missing = next_year_missing(today, calendar)
    if missing is None:
        return None
    year, urgent = missing
    return Alarm(
        level="error" if urgent else "warning",
        text=_(
            "%(year)s 年放假安排尚未录入批准，%(day)s 以后的期限都是暂定。",
            year=year,
            day=calendar.confirmed_through.isoformat(),
        ),
        address=url_for("admin.calendars", year=year),
        link=_("去日历"),
    )


navigation.add("supervision", _l("日历"), "admin.calendars", "calendar.view", order=60)
alarms.add("calendar.edit", calendar_of_next_year)
