"""What a person is told after an act: what was done, and what happens next with whom."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.identity import User
from engine.runtime.queries.next_steps import NextTask, WhatNext, what_next
from web.engine_room import looking
from web.inbox.room import UnitNames
from web.language import in_language


def go_on(user: User, root_key: int, done: str) -> Response:
    """To the next task of the case that is this person's, else to the inbox; `done` is said."""
    with looking() as look:
        ahead = what_next(look, user, root_key)
        names = UnitNames.read(look)
    mine = ahead.mine
    if mine is not None:
        own = _("接下来由您办理「%(step)s」。", step=in_language(mine.name, mine.name_en))
        flash(f"{done}{own}", "done")
        return redirect(url_for("inbox.task", key=mine.key))
    flash(f"{done}{_next_words(ahead, names)}", "done")
    return redirect(url_for("inbox.tasks"))


def _next_words(ahead: WhatNext, names: UnitNames) -> str:
    if ahead.tasks:
        steps = "；".join(_named(task, names) for task in ahead.tasks)
        return _("下一步：%(steps)s。", steps=steps)
    if ahead.ended is not None:
        return _("本案流程到此结束：%(end)s。", end=in_language(*ahead.ended))
    if ahead.waits_for:
        events = "、".join(dict.fromkeys(in_language(*one) for one in ahead.waits_for))
        return _("本案现在等待：%(events)s。", events=events)
    return ""


def _named(task: NextTask, names: UnitNames) -> str:
    step = in_language(task.name, task.name_en)
    who = " · ".join(filter(None, (names.of(task.organisation_path), task.lane)))
    return _("「%(step)s」（%(who)s）", step=step, who=who) if who else f"「{step}」"
