"""What was asked: one's own questions, for auditors everybody's."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l

from engine.register.precheck.log import AUDIT, kept_queries
from engine.register.precheck.sheet import shown_code
from web.engine_room import looking
from web.layout.navigation import navigation
from web.precheck.room import deciding, room, tabs
from web.security import requires, the_user

PAGE = 50
LONGEST_KEY = 18


@room.get("/log")
@requires("register.precheck", "audit.view")
def log() -> str:
    user = the_user()
    everybody = user.may(AUDIT)
    words = request.args.get("q", "").strip()[:100]
    before = _key(request.args.get("before", ""))
    with looking() as look:
        rows = kept_queries(
            look.connection, user, before=before, words=words, everybody=everybody, limit=PAGE + 1
        )
        decide = deciding(look)
        reveals = user.may("identity.reveal")
        codes = {row.key: shown_code(row, decide, reveals=reveals) for row in rows}
    more = len(rows) > PAGE
    kept: dict[str, Any] = {"q": words} if words else {}
    return render_template(
        "precheck/log.html",
        rows=rows[:PAGE],
        codes=codes,
        words=words,
        everybody=everybody,
        older=url_for("precheck.log", before=rows[PAGE - 1].key, **kept) if more else None,
        newest=url_for("precheck.log", **kept) if before is not None else None,
        tabs=tabs("log") if user.may("register.precheck") else [],
    )


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


navigation.add("supervision", _l("前置审查记录"), "precheck.log", AUDIT, order=70)
