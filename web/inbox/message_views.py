"""消息: reminders about tasks that are nearly or already late."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from engine.runtime.commands.read_messages import ReadMessages
from engine.runtime.queries.messages import message_page, unread_count
from web.engine_room import reading, the_runtime
from web.inbox.room import address_with, cursor_in, room
from web.layout.navigation import navigation
from web.security import signed_in_only, the_user

KINDS = {
    "due_soon": _l("即将到期"),
    "overdue": _l("已逾期"),
    "escalated": _l("逾期升级"),
    "severe": _l("严重逾期"),
}
TONES = {"due_soon": "soon", "overdue": "overdue", "escalated": "overdue", "severe": "overdue"}

navigation.messages("inbox.messages", unread_count)


@room.get("/messages")
@signed_in_only
def messages() -> str:
    unread_only = request.args.get("show") == "unread"
    with reading() as connection:
        page = message_page(
            connection,
            the_user(),
            unread_only=unread_only,
            after=cursor_in("after"),
            before=cursor_in("before"),
        )
    return render_template(
        "inbox/messages.html",
        page=page,
        kinds=KINDS,
        tones=TONES,
        unread_only=unread_only,
        previous_address=address_with(after="", before=page.previous) if page.previous else None,
        next_address=address_with(after=page.next, before="") if page.next else None,
    )


@room.post("/messages/<int:key>/open")
@signed_in_only
def open_message(key: int) -> Response:
    """Read a message: it is marked, and its task opens."""
    the_runtime().execute(ReadMessages(user=the_user(), keys=(key,)))
    task_key = request.form.get("task", "")
    if task_key.isdigit() and the_user().may("task.view"):
        return redirect(url_for("inbox.task", key=int(task_key)))
    return redirect(url_for("inbox.messages"))


@room.post("/messages/read")
@signed_in_only
def read_all() -> Response:
    the_runtime().execute(ReadMessages(user=the_user()))
    return redirect(url_for("inbox.messages"))
