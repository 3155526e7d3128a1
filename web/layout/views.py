"""The pages of the frame itself: home, licences; and what every page is given."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.clock import VirtualClock
from engine.register.rules_now import rules_now
from web.engine_room import reading, the_clock, the_runtime
from web.layout.alarms import Alarm, alarms
from web.layout.assets import licences
from web.layout.navigation import first_page, links_for, navigation
from web.layout.today import describe_day
from web.security import public, signed_in_only, the_user

room = Blueprint("layout", __name__)


@room.get("/")
@signed_in_only
def home() -> str | Response:
    target = first_page(the_user())
    if target == url_for("layout.home"):
        return render_template("layout/home.html")
    return redirect(target)


@room.get("/about/legal")
@public
def legal() -> str:
    """By which rules it is decided, and the legal risk that the bureau has to weigh."""
    with reading() as connection:
        rules = rules_now(the_runtime(), connection)
    return render_template("layout/legal.html", rules=rules)


@room.get("/about/licences")
@public
def licence_page() -> str:
    return render_template("layout/licences.html", packages=licences())


@room.get("/healthz")
@public
def health() -> tuple[str, int]:
    return "ok\n", 200


def init_layout(app: Flask) -> None:
    """Give every page its frame: who is signed in, what day it is, where one may go."""

    @app.context_processor
    def _frame() -> dict[str, object]:
        user = getattr(g, "user", None)
        if user is None:
            return {"me": None, "frame": None}
        return {"me": user, "frame": Frame()}


class Frame:
    """What the frame shows; read when the template asks, so a partial pays for nothing."""

    @property
    def today(self) -> Any:
        with reading() as connection:
            calendar = the_runtime().calendars.of(connection, the_user().organisation_path)
        return describe_day(the_clock().today(), calendar)

    @property
    def now(self) -> Any:
        return the_clock().now()

    @property
    def is_virtual(self) -> bool:
        return isinstance(the_clock(), VirtualClock)

    @property
    def may_move_clock(self) -> bool:
        user = the_user()
        return user.may("scenario.run") or user.may("instance.intervene")

    @property
    def alarms(self) -> list[Alarm]:
        return alarms.of(the_user())

    @property
    def groups(self) -> Any:
        with reading() as connection:
            return links_for(the_user(), connection)

    @property
    def messages_address(self) -> str:
        endpoint = navigation.messages_endpoint
        return url_for(endpoint) if endpoint else ""

    @property
    def messages_count(self) -> int:
        if navigation.messages_count is None:
            return 0
        with reading() as connection:
            return navigation.messages_count(connection, the_user())
