"""Messages: tell those who wait for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Response, abort, jsonify

from engine.clock import parse_instant
from engine.feel import Environment
from engine.runtime.commands import CorrelateMessage
from engine.runtime.queries.case_messages import is_date, is_instant, receivers_of
from engine.runtime.queries.case_page import require_sees
from engine.runtime.queries.case_papers import variables_of
from web.api.room import body, mapping_of, room, text_of
from web.engine_room import looking, the_runtime
from web.security import requires, the_user


@room.post("/api/v1/messages")
@requires("task.complete", "case.start")
def correlate_message() -> Response:
    """Deliver a message by `name` and `correlationKey` to instances the user may see.

    Where the event names a form, `variables` pass it; else members that end in `_date` or `_at`
    are read as days and instants. A message that starts a process needs the right to start one.
    """
    sent, user = body(), the_user()
    name, key = text_of(sent, "name"), text_of(sent, "correlationKey")
    variables = _typed(mapping_of(sent, "variables"))
    with looking() as look:
        receivers = receivers_of(look, name, key)
        for receiver in receivers:
            require_sees(user, receiver.organisation_path)
        user.require("task.complete" if receivers else "case.start")
        if look.definitions.message_starts(look.connection, name):
            user.require("case.start")
        form = next((one for one in receivers if one.form is not None), None)
        if form is not None and form.form is not None:
            environment = Environment(
                clock=look.clock, calendar=look.calendar_of(form.organisation_path)
            )
            variables = form.form.form.answers(
                mapping_of(sent, "variables"),
                context=variables_of(look.connection, form.instance_key),
                environment=environment,
            )
    message_id = sent.get("messageId")
    reached = the_runtime().execute(
        CorrelateMessage(
            name=name,
            correlation_key=key,
            variables=variables,
            user=user,
            message_id=message_id if isinstance(message_id, str) else None,
        )
    )
    return jsonify(instances=reached)


def _typed(variables: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(name, value) for name, value in variables.items()}


def _value(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if is_date(name):
            return date.fromisoformat(value)
        return parse_instant(value) if is_instant(name) else value
    except ValueError:
        abort(400)
