"""The current list, the notices, and one of each (S2.2.2.3, S2.2.3.1b, S2.2.4.3b, S2.2.4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for

from engine.register.shown import ShownPage, shown_entries, shown_item, shown_notices
from web.engine_room import reading, the_clock
from web.portal.room import rate_limited, room
from web.security import public

LONGEST_KEY = 18
LONGEST_WORDS = 100


@room.get("/portal")
@rate_limited
@public
def entries() -> Response:
    with reading() as connection:
        page = shown_entries(connection, the_clock().now(), **_asked())
    return _answered("portal/entries.html", page=page, **_around(page, "portal.entries"))


@room.get("/portal/notices")
@rate_limited
@public
def notices() -> Response:
    with reading() as connection:
        page = shown_notices(connection, **_asked())
    return _answered("portal/notices.html", page=page, **_around(page, "portal.notices"))


@room.get("/portal/<int:key>")
@rate_limited
@public
def item(key: int) -> Response:
    """One publication; nothing once it was taken down or its entry ended."""
    with reading() as connection:
        found = shown_item(connection, the_clock().now(), key)
    if found is None:
        abort(404)
    return _answered("portal/item.html", item=found)


def _answered(template: str, **values: object) -> Response:
    response = make_response(render_template(template, now=the_clock().now(), **values))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noarchive"
    return response


def _asked() -> dict[str, Any]:
    given = request.args
    return {
        "words": given.get("q", "").strip()[:LONGEST_WORDS],
        "older_than": _key(given.get("older", "")),
        "newer_than": _key(given.get("newer", "")),
    }


def _around(page: ShownPage, endpoint: str) -> Mapping[str, object]:
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]

    def address(name: str, cursor: int | None) -> str | None:
        values: dict[str, Any] = {name: cursor, **({"q": words} if words else {})}
        return url_for(endpoint, **values) if cursor else None

    return {
        "words": words,
        "previous": address("newer", page.newer),
        "next": address("older", page.older),
    }


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None
