"""The login page, signing out, the switch of language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import Language
from engine.identity import (
    Person,
    Unit,
    authenticate,
    bureaus,
    choose_language,
    demonstration_password,
    demonstration_people,
)
from engine.identity.errors import IdentityError
from web.engine_room import reading, the_clock, the_runtime
from web.errors import status_of
from web.language import language
from web.layout.navigation import first_page
from web.security import public
from web.session import begin_session, end_session

room = Blueprint("login", __name__, template_folder="templates")


@room.get("/login")
@public
def sign_in() -> str | Response:
    if g.user is not None:
        return redirect(url_for("layout.home"))
    return _page()


@room.post("/login")
@public
def enter() -> Response | tuple[str, int]:
    try:
        user = authenticate(
            the_runtime().engine,
            the_clock(),
            request.form.get("login", ""),
            request.form.get("password", ""),
            request.remote_addr or "",
        )
    except IdentityError as error:
        return _page(error.message(language())), status_of(error).value
    begin_session(user)
    return redirect(_way_back() or first_page(user))


@room.post("/logout")
@public
def sign_out() -> Response:
    end_session()
    return redirect(url_for("login.sign_in"))


@room.post("/language")
@public
def switch_language() -> Response:
    chosen: Language = "en" if request.form.get("language") == "en" else "zh"
    session["language"] = chosen
    if g.user is not None:
        with the_runtime().engine.begin() as connection:
            choose_language(connection, g.user.key, chosen)
    return redirect(_way_back() or url_for("layout.home"))


def _page(error: str = "") -> str:
    groups = _demonstration() if current_app.config["DEMONSTRATION"] else []
    return render_template(
        "login/sign_in.html",
        error=error,
        login=request.form.get("login", ""),
        next=request.values.get("next", ""),
        groups=groups,
        password=demonstration_password() if groups else "",
    )


def _demonstration() -> list[tuple[Unit, list[Person]]]:
    """The people of the demonstration, by bureau."""
    with reading() as connection:
        people, units = demonstration_people(connection), bureaus(connection)
    groups: dict[str, list[Person]] = {}
    for person in people:
        above = (unit for unit in units if person.organisation_path.startswith(unit.path))
        groups.setdefault(max(above, key=lambda unit: len(unit.path)).code, []).append(person)
    leading_first = sorted(units, key=lambda unit: not unit.leads_group)
    return [(unit, groups[unit.code]) for unit in leading_first if unit.code in groups]


def _way_back() -> str | None:
    """The page of ours to go back to, if one was given; never somebody else's."""
    target = request.values.get("next", "")
    parts = urlsplit(target)
    ours = not parts.scheme and not parts.netloc and target.startswith("/")
    safe = ours and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if safe else None
