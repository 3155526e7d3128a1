"""Who may come in here, and how what goes wrong is said to a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from flask import Blueprint, Request, Response, abort, current_app, g, request

from engine.forms.errors import FormInvalid
from engine.identity import authenticate
from engine.runtime.errors import DeploymentRefused
from web.engine_room import the_clock, the_runtime
from web.errors import answer
from web.language import language
from web.security import csrf
from web.session import SignedIn, manager

room = Blueprint("api", __name__)
csrf.exempt(room)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@manager.request_loader
def _by_password(request: Request) -> SignedIn | None:
    """HTTP basic, on addresses of programs only. Raises `SignInRefused` and its like."""
    given = request.authorization
    if not request.path.startswith("/api/") or given is None or given.type != "basic":
        return None
    user = authenticate(
        the_runtime().engine,
        the_clock(),
        given.username or "",
        given.password or "",
        request.remote_addr or "",
    )
    g.by_password = True
    return SignedIn(user)


@room.before_request
def _not_forged() -> None:
    """A session needs the token of its pages; a password says by itself that it is meant.

    What changes something must be JSON, which no form of another site can send.
    """
    if request.method not in UNSAFE:
        return
    if not request.is_json:
        abort(415)
    if not g.get("by_password") and current_app.config.get("WTF_CSRF_ENABLED", True):
        csrf.protect()


@room.after_request
def _ask_for_password(response: Response) -> Response:
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="chengxin", charset="UTF-8"'
    return response


@room.errorhandler(FormInvalid)
def _form_invalid(error: FormInvalid) -> tuple[Response | str, int]:
    """Every bad field by its path."""
    fields = [
        {"path": one.path, "label": one.label, "zh": one.zh, "en": one.en} for one in error.errors
    ]
    return answer(
        422,
        detail=error.message(language()),
        kind="urn:chengxin:FormInvalid",
        more={"errors": fields},
    )


@room.errorhandler(DeploymentRefused)
def _deployment_refused(error: DeploymentRefused) -> tuple[Response | str, int]:
    """Every finding with its place."""
    findings = [
        {
            "level": one.level,
            "rule": one.rule,
            "file": one.place.file,
            "line": one.place.line,
            "element": one.place.element,
            "zh": one.zh,
            "en": one.en,
        }
        for one in error.findings
    ]
    return answer(
        422,
        detail=error.message(language()),
        kind="urn:chengxin:DeploymentRefused",
        more={"findings": findings},
    )


def body() -> Mapping[str, object]:
    """The JSON object that was sent; numbers stay exact. An empty body is an empty object."""
    text = request.get_data()
    try:
        sent = json.loads(text, parse_float=Decimal) if text.strip() else {}
    except ValueError:
        abort(400)
    if not isinstance(sent, dict):
        abort(400)
    return sent


def mapping_of(sent: Mapping[str, object], name: str) -> Mapping[str, object]:
    """A member that is an object, empty where it is missing."""
    value = sent.get(name, {})
    if not isinstance(value, dict):
        abort(400)
    return value


def text_of(sent: Mapping[str, object], name: str) -> str:
    """A member that is text and must be there."""
    value = sent.get(name)
    if not isinstance(value, str) or not value:
        abort(400)
    return value
