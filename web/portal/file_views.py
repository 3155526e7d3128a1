"""The current list as a file and for programs: the same fields as on the page, no more."""

from __future__ import annotations

import csv
from io import StringIO

from flask import Response, jsonify

from engine.register.shown import ShownItem, every_shown
from web.cases.sending import sent_file
from web.engine_room import reading, the_clock
from web.portal.room import rate_limited, room
from web.security import public

BYTE_ORDER_MARK = "\ufeff"
"""By which a spreadsheet knows that a CSV file is UTF-8."""


@room.get("/portal/list.csv")
@rate_limited
@public
def list_file() -> Response:
    rows = _rows()
    written = StringIO()
    sheet = csv.writer(written)
    labels = dict.fromkeys(str(column.get("label")) for row in rows for column in row.columns)
    sheet.writerow(labels)
    for row in rows:
        values = {str(column.get("label")): _cell(column.get("value")) for column in row.columns}
        sheet.writerow([values.get(label, "") for label in labels])
    content = (BYTE_ORDER_MARK + written.getvalue()).encode()
    return sent_file(content, "text/csv", "社会保险失信人名单.csv", inline=False)


@room.get("/portal/list.json")
@rate_limited
@public
def list_for_programs() -> Response:
    items = [
        {
            "published_at": row.published_at.isoformat(),
            **{str(column.get("name")): column.get("value") for column in row.columns},
        }
        for row in _rows()
    ]
    return jsonify(as_of=the_clock().now().isoformat(), items=items)


def _rows() -> list[ShownItem]:
    with reading() as connection:
        return every_shown(connection, the_clock().now())


def _cell(value: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
