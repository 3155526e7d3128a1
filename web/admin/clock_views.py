"""The clock of a rehearsal: what time it is said to be, what comes next, and going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.clock import VirtualClock, in_shanghai, parse_instant
from engine.runtime import Runtime
from engine.runtime.jobs import job_types
from engine.runtime.queries.clock import Coming, coming
from web.admin.room import room
from web.engine_room import the_clock, the_runtime
from web.formats import instant
from web.security import requires

SHOWN = 12
FARTHEST = timedelta(days=400)
"""How far the clock goes at once: on the way everything that falls due is done."""
_moving = Lock()


@dataclass(frozen=True, kw_only=True)
class Next:
    """Something that comes, with the name of its element."""

    coming: Coming
    name: str
    name_en: str


@room.get("/clock")
@requires("instance.intervene", "scenario.run")
def clock() -> str:
    now = the_clock().now()
    return render_template(
        "admin/clock.html",
        now=now,
        is_virtual=isinstance(the_clock(), VirtualClock),
        next_at=the_runtime().next_due_at(),
        coming=_next_things(the_runtime(), now),
    )


@room.post("/clock")
@requires("instance.intervene", "scenario.run")
def move_clock() -> Response:
    if isinstance(the_clock(), VirtualClock):
        with _moving:
            _move()
    else:
        flash(_("时钟是系统时钟，不能拨动。"), "error")
    return redirect(url_for("admin.clock"))


def _move() -> None:
    runtime, now = the_runtime(), the_clock().now()
    target = _target(runtime)
    if target is None:
        flash(_("请写明日期或时刻，如 2026-02-13 或 2026-02-13 09:00。"), "error")
    elif target <= now:
        flash(_("时钟不能倒走：现在是 %(now)s。", now=instant(now)), "error")
    elif target - now > FARTHEST:
        flash(_("一次最多拨快 %(num)s 天。", num=FARTHEST.days), "error")
    else:
        runtime.run_until(target)
        flash(_("时钟已走到 %(now)s，途中到期的已依次办理。", now=instant(target)), "done")


def _target(runtime: Runtime) -> datetime | None:
    """Where the clock is to go: the next instant at which something is due, or what was written."""
    if request.form.get("to") == "next":
        return runtime.next_due_at()
    written = request.form.get("instant", "").strip()
    try:
        return in_shanghai(parse_instant(written)) if written else None
    except ValueError:
        return None


def _next_things(runtime: Runtime, now: datetime) -> list[Next]:
    with runtime.reading() as connection:
        found = coming(connection, now, job_types(), SHOWN)
        things = []
        for item in found:
            name, name_en = item.name, ""
            if item.process_definition_key is not None:
                deployed = runtime.definitions.process(connection, item.process_definition_key)
                element = deployed.process.elements.get(item.element_id)
                if element is not None:
                    name = element.name or item.element_id
                    name_en = element.properties.get("name:en", "")
            name = name or item.element_id
            things.append(Next(coming=item, name=name, name_en=name_en or name))
    return things
