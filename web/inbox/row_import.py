"""Taking rows of a list from a file on the page of a task, and the template of such a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from flask import Response, request, url_for
from flask_babel import gettext as _

from engine.errors import Language
from engine.forms import Form, ImportList, PageAction, RowFault, import_lists, take_rows
from engine.runtime.errors import NotFound
from engine.runtime.imports import read_table
from engine.runtime.imports.errors import ImportRefused
from engine.runtime.imports.importable import REPORT_COLUMNS
from engine.runtime.queries.task import FormSheet, form_sheet
from web.engine_room import looking
from web.inbox.access import seen_task
from web.inbox.room import room
from web.language import language
from web.security import requires, the_user

MARK = "\ufeff"
"""By which spreadsheet programs know UTF-8."""
SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class ImportedRows:
    """What became of a file: `refused` says why nothing was read, else the numbers and faults."""

    path: str
    file_name: str = ""
    added: int = 0
    known: int = 0
    faults: tuple[RowFault, ...] = ()
    unknown: tuple[str, ...] = ()
    refused: str = ""

    @property
    def bad_rows(self) -> int:
        return len({fault.row_no for fault in self.faults})

    @property
    def shown(self) -> list[tuple[int, str, str]]:
        """Row, column, reason of the first faults."""
        which: Language = language()
        return [
            (one.row_no, one.column, one.zh if which == "zh" else one.en)
            for one in self.faults[:SHOWN]
        ]


@room.get("/tasks/<int:key>/rows.csv")
@requires("task.view")
def rows_template(key: int) -> Response:
    """An empty file with the headers that the list of argument `list` reads."""
    with looking() as look:
        sheet = form_sheet(look, seen_task(look, the_user(), key))
    into = _list_at(sheet.form, request.args.get("list", "")) if sheet is not None else None
    if into is None:
        raise NotFound(what="可以导入的列表", key=key)
    out = StringIO()
    csv.writer(out).writerow(into.columns)
    return Response(
        (MARK + out.getvalue()).encode(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="rows.csv"'},
    )


def template_address(key: int) -> str:
    """Where the template of a list of this task is, but for the path of the list."""
    return url_for("inbox.rows_template", key=key, list="")


def imported(
    sheet: FormSheet, submitted: dict[str, object], action: PageAction
) -> tuple[dict[str, object], ImportedRows]:
    """What is typed with the rows of the chosen file in it, and what became of the file."""
    path = ".".join(str(step) for step in action.path)
    into = _list_at(sheet.form, path)
    sent = request.files.get(f"_rows:{path}")
    if into is None or sent is None or not sent.filename:
        return submitted, ImportedRows(path=path, refused=_("请先选择文件。"))
    try:
        table = read_table(sent.filename, sent.read())
    except ImportRefused as refusal:
        return submitted, ImportedRows(path=path, refused=refusal.message(language()))
    header = [name for name in table.header if name not in REPORT_COLUMNS]
    rows = [
        (number, {n: c for n, c in zip(table.header, cells, strict=False) if n in header})
        for number, cells in table.rows
    ]
    taken = take_rows(
        sheet.form,
        into,
        rows,
        submitted,
        context=sheet.context,
        environment=sheet.environment,
    )
    if len(taken.unknown) == len(header):
        said = _("文件的表头不对，应有：%(columns)s", columns="、".join(into.columns))
        return submitted, ImportedRows(path=path, refused=said)
    return taken.submitted, ImportedRows(
        path=path,
        file_name=table.name,
        added=taken.added,
        known=taken.known,
        faults=taken.faults,
        unknown=taken.unknown,
    )


def _list_at(form: Form, path: str) -> ImportList | None:
    return next((one for one in import_lists(form) if one.path == path), None)
