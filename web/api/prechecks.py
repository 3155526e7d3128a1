"""Pre-checks: ask about a party, look at what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Response, abort, jsonify, request, url_for

from engine.clock import parse_instant
from engine.register.precheck import AskPrecheck, Question
from engine.register.precheck.errors import PrecheckRefused
from engine.register.precheck.log import find_query, kept_queries
from engine.register.precheck.sheet import result_sheet
from web.api.room import body, room
from web.api.schemas import takes
from web.engine_room import looking, the_runtime
from web.errors import answer
from web.language import language
from web.precheck.room import deciding, known_purposes
from web.security import requires, the_user

MOST = 200
DOOR = "api"
QUESTION = {
    "type": "object",
    "required": ["purpose", "name", "code"],
    "properties": {
        "purpose": {"type": "string", "description": "id or name of a purpose"},
        "projectNo": {"type": "string", "description": "where the purpose asks for it"},
        "name": {"type": "string"},
        "code": {
            "type": "string",
            "description": "unified social credit code, identity number or other document",
        },
        "asOf": {"type": "string", "format": "date-time", "description": "now if left out"},
    },
}


@room.errorhandler(PrecheckRefused)
def _refused(error: PrecheckRefused) -> tuple[Response | str, int]:
    """Which member has to be corrected."""
    return answer(
        422,
        detail=error.message(language()),
        kind=f"urn:chengxin:{type(error).__name__}",
        more={"field": error.field},
    )


@room.post("/api/v1/prechecks")
@requires("register.precheck")
@takes(QUESTION)
def ask_precheck() -> tuple[Response, int]:
    """Ask whether a party may take part. The question is kept; `answer` is 通过 or 不通过."""
    sent, user = body(), the_user()
    question = Question(
        purpose=_text(sent, "purpose"),
        project_no=_text(sent, "projectNo"),
        name=_text(sent, "name"),
        code=_text(sent, "code"),
        as_of=_instant(sent, "asOf"),
        door=DOOR,
    )
    given = the_runtime().execute(AskPrecheck(question=question, user=user))
    with looking() as look:
        kept = find_query(look.connection, user, given.key)
    response = jsonify(kept.plain())
    response.headers["Location"] = url_for("api.get_precheck", key=given.key)
    return response, 201


@room.get("/api/v1/prechecks")
@requires("register.precheck")
def list_prechecks() -> Response:
    """The user's own questions, the newest first; `next` is the `before` of the next page."""
    limit = min(max(request.args.get("limit", 50, type=int), 1), MOST)
    before = request.args.get("before", type=int)
    words = request.args.get("q", "")[:100]
    with looking() as look:
        rows = kept_queries(
            look.connection, the_user(), before=before, words=words, limit=limit + 1
        )
    more = len(rows) > limit
    return jsonify(
        items=[row.plain() for row in rows[:limit]], next=rows[limit - 1].key if more else None
    )


@room.get("/api/v1/prechecks/<int:key>")
@requires("register.precheck", "audit.view")
def get_precheck(key: int) -> Response:
    """A question with its answer."""
    with looking() as look:
        kept = find_query(look.connection, the_user(), key)
    return jsonify(kept.plain())


@room.get("/api/v1/prechecks/<int:key>/sheet")
@requires("register.precheck", "audit.view")
def get_precheck_sheet(key: int) -> Response:
    """The printable sheet as PDF."""
    with looking() as look:
        kept = find_query(look.connection, the_user(), key)
        made = result_sheet(kept, decide=deciding(look))
    return Response(made.content, mimetype="application/pdf")


@room.get("/api/v1/precheck-purposes")
@requires("register.precheck")
def list_precheck_purposes() -> Response:
    """Why one may ask, and which purposes ask for the number of a project."""
    return jsonify(
        items=[
            {
                "id": purpose.id,
                "name": purpose.name,
                "asksProjectNo": purpose.asks_project_no,
                "forClass": purpose.for_class,
            }
            for purpose in known_purposes()
        ]
    )


def _text(sent: Mapping[str, object], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        abort(400)
    return value


def _instant(sent: Mapping[str, object], name: str) -> datetime | None:
    text = _text(sent, name)
    try:
        return parse_instant(text) if text else None
    except ValueError:
        abort(400)
