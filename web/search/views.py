"""The page of search results."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.engine_room import reading
from web.search.sources import search_sources
from web.security import signed_in_only, the_user

room = Blueprint("search", __name__, template_folder="templates")


@room.get("/search")
@signed_in_only
def results() -> str:
    words = request.args.get("q", "").strip()[:100]
    with reading() as connection:
        groups = search_sources.search(connection, the_user(), words)
    return render_template("search/results.html", words=words, groups=groups)
