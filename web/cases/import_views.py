"""Importing clues: upload, progress, what failed."""

from __future__ import annotations

from typing import Literal

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from engine.runtime.imports import (
    MAX_BYTES,
    MAX_ROWS,
    BeginImport,
    CancelImport,
    Importable,
    ImportWorker,
    corrections_csv,
    corrections_xlsx,
    importable_processes,
    read_table,
    template_csv,
)
from engine.runtime.imports.errors import ImportRefused
from engine.runtime.queries.imports import bad_rows, import_progress, recent_imports
from web.cases.room import room
from web.cases.sending import sent_file
from web.engine_room import looking, reading, the_runtime
from web.language import language
from web.layout.navigation import navigation
from web.security import requires, the_user

SHOWN = 200
"""So many bad rows stand on the page; the file has them all."""
WORKER = "chengxin imports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@room.record_once
def _begin_worker(state: BlueprintSetupState) -> None:
    """Go on with imports that a stop of the server left unfinished."""
    app = state.app
    worker = app.extensions[WORKER] = ImportWorker(app.extensions["chengxin"])
    if not app.config["TESTING"]:
        worker.wake()


@room.route("/cases/import", methods=["GET", "POST"])
@requires("case.import")
def upload() -> str | AnyResponse | tuple[str, int]:
    if request.method == "GET":
        return _upload_page()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _upload_page(error=_("请先选择文件。")), 422
    try:
        table = read_table(sent.filename, sent.read())
        run_key = the_runtime().execute(
            BeginImport(
                table=table, user=the_user(), process_id=request.form.get("process") or None
            )
        )
    except ImportRefused as refused:
        return _upload_page(error=refused.message(language())), 422
    _worker().wake()
    return redirect(url_for("cases.import_run", key=run_key))


@room.get("/cases/import/<int:key>")
@requires("case.import")
def import_run(key: int) -> str:
    """How far an import is and what failed; asked by htmx, only the part that changes."""
    with reading() as connection:
        run = import_progress(connection, the_user(), key)
        rows = bad_rows(connection, key, limit=SHOWN)
    part = "_" if request.headers.get("HX-Request") else ""
    return render_template(f"cases/{part}import_run.html", run=run, rows=rows, shown=SHOWN)


@room.post("/cases/import/<int:key>/cancel")
@requires("case.import")
def cancel(key: int) -> AnyResponse:
    the_runtime().execute(CancelImport(run_key=key, user=the_user()))
    flash(_("已停止导入。已立案的保留，其余没有导入；再次导入同一文件会接着办理。"), "done")
    return redirect(url_for("cases.import_run", key=key))


@room.get("/cases/import/<int:key>/corrections.<any(csv, xlsx):kind>")
@requires("case.import")
def corrections(key: int, kind: Literal["csv", "xlsx"]) -> Response:
    with reading() as connection:
        run = import_progress(connection, the_user(), key)
        rows = bad_rows(connection, key)
    stem = run.file_name.rpartition(".")[0] or run.file_name
    name = _("%(name)s 待更正", name=stem) + f".{kind}"
    if kind == "csv":
        return sent_file(corrections_csv(run.header, rows), "text/csv", name, inline=False)
    return sent_file(corrections_xlsx(run.header, rows), XLSX, name, inline=False)


@room.get("/cases/import/template.csv")
@requires("case.import")
def template() -> Response:
    """An empty file with the right header."""
    wanted = request.args.get("process")
    found = [one for one in _importable() if not wanted or one.process_id == wanted]
    content = template_csv(found[0]) if found else b""
    name = _("%(name)s 模板", name=found[0].name if found else "") + ".csv"
    return sent_file(content, "text/csv", name, inline=False)


def _upload_page(error: str = "") -> str:
    with reading() as connection:
        recent = recent_imports(connection, the_user())
    return render_template(
        "cases/import.html",
        error=error,
        processes=_importable(),
        recent=recent,
        most_rows=MAX_ROWS,
        most_megabytes=MAX_BYTES // (1024 * 1024),
    )


def _importable() -> list[Importable]:
    with looking() as look:
        return importable_processes(look.definitions, look.connection)


def _worker() -> ImportWorker:
    worker: ImportWorker = current_app.extensions[WORKER]
    return worker


navigation.add("cases", _l("导入线索"), "cases.upload", "case.import", order=20)
