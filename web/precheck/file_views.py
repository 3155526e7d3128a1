"""Asking about a file of parties: upload, progress, the file of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.register.precheck import BeginPrecheckRun, CancelPrecheckRun, PrecheckWorker
from engine.register.precheck.answer_file import answer_file
from engine.register.precheck.errors import PrecheckRefused
from engine.register.precheck.log import recent_runs, run_progress, run_rows
from engine.register.precheck.question_file import template_csv
from engine.runtime.imports import MAX_BYTES, MAX_ROWS, read_table
from engine.runtime.imports.errors import ImportRefused
from web.cases.sending import sent_file
from web.engine_room import reading, the_runtime
from web.language import language
from web.precheck.room import instant_from, known_purposes, room, tabs
from web.security import requires, the_user

SHOWN = 200
"""So many rows stand on the page, those that do not pass first; the file has them all."""
WORKER = "chengxin prechecks"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@room.record_once
def _begin_worker(state: BlueprintSetupState) -> None:
    """Go on with files that a stop of the server left unfinished."""
    app = state.app
    worker = app.extensions[WORKER] = PrecheckWorker(app.extensions["chengxin"])
    if not app.config["TESTING"]:
        worker.wake()


@room.route("/files", methods=["GET", "POST"])
@requires("register.precheck")
def files() -> str | AnyResponse | tuple[str, int]:
    """Upload a file of parties; the latest ones stand below."""
    if request.method == "GET":
        return _page(request.args)
    given, sent = request.form, request.files.get("file")
    if sent is None or not sent.filename:
        return _page(given, {"file": _("请先选择文件。")}), 422
    try:
        as_of = instant_from(given.get("as_of", ""))
    except ValueError:
        return _page(given, {"as_of": _("请写成 2026-03-10 23:59 的样子。")}), 422
    try:
        run_key = the_runtime().execute(
            BeginPrecheckRun(
                table=read_table(sent.filename, sent.read()),
                user=the_user(),
                purpose=given.get("purpose", ""),
                project_no=given.get("project_no", ""),
                as_of=as_of,
            )
        )
    except PrecheckRefused as refused:
        return _page(given, {refused.field: refused.message(language())}), 422
    except ImportRefused as refused:
        return _page(given, {"file": refused.message(language())}), 422
    current_app.extensions[WORKER].wake()
    return redirect(url_for("precheck.file", key=run_key))


@room.get("/files/<int:key>")
@requires("register.precheck", "audit.view")
def file(key: int) -> str:
    """How far a file is and what was answered; asked by htmx, only the part that changes."""
    with reading() as connection:
        run = run_progress(connection, the_user(), key)
        rows = run_rows(connection, key, limit=SHOWN, failing_first=True)
    part = "_" if request.headers.get("HX-Request") else ""
    return render_template(
        f"precheck/{part}file.html",
        run=run,
        rows=rows,
        shown=SHOWN,
        purpose=_purpose_name(run.purpose),
        tabs=tabs("files"),
    )


@room.post("/files/<int:key>/cancel")
@requires("register.precheck")
def cancel(key: int) -> AnyResponse:
    the_runtime().execute(CancelPrecheckRun(run_key=key, user=the_user()))
    flash(_("已停止。已查询的保留，其余没有查询。"), "done")
    return redirect(url_for("precheck.file", key=key))


@room.get("/files/<int:key>/answers.<any(csv, xlsx):kind>")
@requires("register.precheck", "audit.view")
def answers(key: int, kind: Literal["csv", "xlsx"]) -> Response:
    """Every row with its answer."""
    with reading() as connection:
        run = run_progress(connection, the_user(), key)
        rows = run_rows(connection, key)
    stem = run.file_name.rpartition(".")[0] or run.file_name
    name = _("%(name)s 审查结果", name=stem) + f".{kind}"
    content = answer_file(kind, run.header, rows)
    return sent_file(content, CSV if kind == "csv" else XLSX, name, inline=False)


@room.get("/files/template.csv")
@requires("register.precheck")
def template() -> Response:
    """An empty file with the right header."""
    return sent_file(template_csv(), CSV, _("前置审查模板") + ".csv", inline=False)


def _page(given: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    with reading() as connection:
        recent = recent_runs(connection, the_user())
    return render_template(
        "precheck/files.html",
        given=given,
        errors=errors or {},
        purposes=known_purposes(),
        recent=recent,
        most_rows=MAX_ROWS,
        most_megabytes=MAX_BYTES // (1024 * 1024),
        tabs=tabs("files"),
    )


def _purpose_name(purpose_id: str) -> str:
    return next((one.name for one in known_purposes() if one.id == purpose_id), purpose_id)
