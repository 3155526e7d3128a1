"""Who may come in: a permission on every view, forged forms refused, headers on every answer.

Every view says what it needs: `@requires("task.view")`, `@signed_in_only` or `@public`. A view
that says nothing is refused to everybody; a house test finds it before a person does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from engine.identity import PERMISSIONS, User
from web.session import signed_in_user

View = TypeVar("View", bound=Callable[..., object])


def _who() -> str:
    user = getattr(g, "user", None)
    return f"user {user.key}" if user else get_remote_address()


csrf = CSRFProtect()
limiter = Limiter(key_func=_who)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What a view needs: one of `permissions`, or just a person, or nothing at all."""

    permissions: tuple[str, ...] = ()
    public: bool = False


def requires(*permissions: str) -> Callable[[View], View]:
    """The view is for people who have one of `permissions`."""
    unknown = [name for name in permissions if name not in PERMISSIONS]
    if unknown or not permissions:
        raise KeyError(f"no such permission: {unknown}")
    return _guarded(Guard(permissions=permissions))


def signed_in_only(view: View) -> View:
    """The view is for everybody who has signed in."""
    return _guarded(Guard())(view)


def public(view: View) -> View:
    """The view is for everybody; it shows nothing that needs protection."""
    return _guarded(Guard(public=True))(view)


def guard_of(view: Callable[..., object]) -> Guard | None:
    """What `view` says it needs; `None` if it says nothing."""
    return getattr(view, "guard", None)


def the_user() -> User:
    """The person who asks. Only where a person must be signed in."""
    user = getattr(g, "user", None)
    if user is None:
        abort(401)
    return user


def wants_json() -> bool:
    """Whether a program asks, not a page."""
    if request.path.startswith("/api/"):
        return True
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"


def init_security(app: Flask) -> None:
    """Guard every view of `app`."""
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_load_user)
    app.before_request(_guard)
    app.after_request(_headers)


def _guarded(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.guard = guard  # type: ignore[attr-defined]
        return view

    return mark


def _load_user() -> None:
    g.user = None if request.endpoint == "static" else signed_in_user()


def _guard() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard is None:
        abort(403)
    if guard.public:
        return None
    user: User | None = g.user
    if user is None:
        return _to_login()
    if guard.permissions and not any(user.may(name) for name in guard.permissions):
        user.require(guard.permissions[0])
    return None


def _to_login() -> AnyResponse:
    if wants_json():
        abort(401)
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    login = url_for("login.sign_in", next=here)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": url_for("login.sign_in")})
    return redirect(login)


STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
}
EDITORS = STRICT | {"style-src": "'self' 'unsafe-inline'", "font-src": "'self' data:"}
"""The diagram, table and form editors style themselves; nothing else may."""


def content_policy(path: str) -> str:
    """The Content-Security-Policy of the page at `path`."""
    rules = EDITORS if path.startswith("/studio/") else STRICT
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_policy(request.path))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "private, no-cache")
    return response
