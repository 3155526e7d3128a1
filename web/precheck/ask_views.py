"""Asking about one party: the form, the answer, its printable sheet."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from engine.register.precheck import AskPrecheck, Question
from engine.register.precheck.errors import PrecheckRefused
from engine.register.precheck.log import find_query, kept_queries
from engine.register.precheck.sheet import result_sheet, shown_code
from web.cases.sending import PDF_POLICY, sent_file
from web.engine_room import looking, the_runtime
from web.language import language
from web.layout.navigation import navigation
from web.precheck.room import deciding, instant_from, known_purposes, room, tabs
from web.security import requires, the_user

LATEST = 8
"""So many of one's last questions stand beside the form."""
DOOR = "page"


@room.route("", methods=["GET", "POST"])
@requires("register.precheck")
def form() -> str | AnyResponse | tuple[str, int]:
    """The form; sent, the answer has an address of its own."""
    if request.method == "GET":
        return _form(request.args)
    given = request.form
    try:
        as_of = instant_from(given.get("as_of", ""))
    except ValueError:
        return _form(given, {"as_of": _("请写成 2026-03-10 23:59 的样子。")}), 422
    question = Question(
        purpose=given.get("purpose", ""),
        project_no=given.get("project_no", ""),
        name=given.get("name", ""),
        code=given.get("code", ""),
        as_of=as_of,
        door=DOOR,
    )
    try:
        answer = the_runtime().execute(AskPrecheck(question=question, user=the_user()))
    except PrecheckRefused as refused:
        return _form(given, {refused.field: refused.message(language())}), 422
    return redirect(url_for("precheck.answer", key=answer.key))


@room.get("/queries/<int:key>")
@requires("register.precheck", "audit.view")
def answer(key: int) -> str:
    user = the_user()
    with looking() as look:
        query = find_query(look.connection, user, key)
        code = shown_code(query, deciding(look), reveals=user.may("identity.reveal"))
    return render_template("precheck/answer.html", query=query, code=code, tabs=tabs(""))


@room.get("/queries/<int:key>/sheet.pdf")
@requires("register.precheck", "audit.view")
def sheet(key: int) -> Response:
    """The printable sheet (F.9)."""
    with looking() as look:
        query = find_query(look.connection, the_user(), key)
        made = result_sheet(query, decide=deciding(look))
    name = f"{made.title} {query.query_no}.pdf"
    response = sent_file(made.content, "application/pdf", name, inline=True)
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def _form(given: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
    with looking() as look:
        latest = kept_queries(look.connection, the_user(), limit=LATEST)
    return render_template(
        "precheck/form.html",
        given=given,
        errors=errors or {},
        purposes=known_purposes(),
        latest=latest,
        tabs=tabs("form"),
    )


navigation.add("register", _l("前置审查"), "precheck.form", "register.precheck", order=20)
