"""The board of figures and the workbook of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.identity import Unit, User, bureaus
from engine.register.figures import Board, Months, board, board_xlsx, months_between, step_words
from engine.runtime.queries.reading import Reading
from web.cases.sending import sent_file
from web.engine_room import looking, the_clock
from web.language import in_language, language
from web.layout.navigation import navigation
from web.security import requires, the_user
from web.supervision.charts import chart_of
from web.supervision.room import room

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
KEPT = ("from", "to", "unit")


@room.get("/supervision/figures")
@requires("report.view")
def figures() -> str:
    with looking() as look:
        choices, unit = _units(look, the_user())
        months = _months()
        made = board(look, the_user(), months, unit)
    kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return render_template(
        "supervision/figures.html",
        board=made,
        first=f"{months.first:%Y-%m}",
        last=f"{months.last:%Y-%m}",
        unit=unit,
        units=choices,
        scope=_scope_words(unit, choices),
        charts=[chart_of(section, made) for section in made.sections],
        steps=step_words(made.overdue_steps, language()),
        kept=kept,
    )


@room.get("/supervision/figures.xlsx")
@requires("report.view")
def figures_file() -> Response:
    with looking() as look:
        _choices, unit = _units(look, the_user())
        months = _months()
        made: Board = board(look, the_user(), months, unit)
    name = _("督查考核 %(first)s 至 %(last)s", first=f"{months.first:%Y-%m}",
             last=f"{months.last:%Y-%m}")  # fmt: skip
    return sent_file(board_xlsx(made, language()), XLSX, f"{name}.xlsx", inline=False)


def _units(look: Reading, user: User) -> tuple[tuple[Unit, ...], Unit | None]:
    """The bureaus to choose among, none for who sees one only; and the one that is chosen."""
    choices = bureaus(look.connection) if user.sees_all else ()
    wanted = request.args.get("unit", "")
    return choices, next((one for one in choices if one.code == wanted), None)


def _months() -> Months:
    """The months asked for; without them the twelve up to this one."""
    today = the_clock().today()
    last = _month("to") or today.replace(day=1)
    first = _month("from") or (last - timedelta(days=330)).replace(day=1)
    return months_between(first, last)


def _month(name: str) -> date | None:
    text = request.args.get(name, "")
    return date.fromisoformat(f"{text}-01") if MONTH.fullmatch(text) else None


def _scope_words(unit: Unit | None, choices: tuple[Unit, ...]) -> str:
    if unit is not None:
        return in_language(unit.short_name, unit.short_name_en)
    user = the_user()
    return _("全部单位") if choices else in_language(user.bureau_name, user.bureau_name_en)


navigation.add("supervision", _l("督查考核"), "supervision.figures", "report.view", order=5)
