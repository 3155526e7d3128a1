"""The web application: configuration, rooms, frame."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import engine.documents.job_handlers
import engine.register.job_handlers  # noqa: F401 - both register their handlers of jobs
from engine.clock import Clock, SystemClock, VirtualClock, parse_instant
from engine.runtime import Runtime
from engine.store import open_database
from web.config import MEGABYTE, Config
from web.database import init_database
from web.errors import init_errors
from web.formats import init_formats
from web.language import init_languages
from web.layout.assets import init_assets
from web.layout.views import init_layout
from web.security import init_security
from web.session import manager

ROOMS = (
    "layout",
    "login",
    "search",
    "inbox",
    "cases",
    "inspector",
    "supervision",
    "studio",
    "register",
    "precheck",
    "honours",
    "portal",
    "admin",
    "api",
)
"""The rooms with pages. Each has `web/<room>/views.py` with `room = Blueprint(...)`."""


def create_app(config: Config, runtime: Runtime | None = None) -> Flask:
    """The application for `config`; `runtime` is made from it unless one is handed in."""
    app = Flask("web", template_folder=".", static_folder="static")
    app.config.update(settings(config))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["chengxin"] = runtime or build_runtime(config)
    init_database(app)
    manager.init_app(app)
    init_languages(app)
    init_formats(app)
    init_security(app)
    init_errors(app)
    init_assets(app)
    init_layout(app)
    for name in ROOMS:
        register_room(app, name)
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )
    return app


def settings(config: Config) -> dict[str, object]:
    """`config` in the words of Flask and its extensions."""
    return {
        "SECRET_KEY": config.secret_key,
        "DEMONSTRATION": config.demonstration,
        "TESTING": config.testing,
        "PROPAGATE_EXCEPTIONS": config.testing,
        "SESSION_COOKIE_NAME": "chengxin",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.https,
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=config.idle_minutes),
        "SESSION_REFRESH_EACH_REQUEST": True,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": config.upload_megabytes * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 8 * MEGABYTE,
        "MAX_FORM_PARTS": 20_000,
        "RATELIMIT_ENABLED": not config.testing,
        "RATELIMIT_DEFAULT": f"{config.requests_per_minute} per minute",
        "RATELIMIT_STORAGE_URI": "memory://",
    }


def build_runtime(config: Config) -> Runtime:
    """The engine's runtime on the database of `config`, with every handler of jobs."""
    return Runtime(open_database(config.database_url), build_clock(config.clock))


def build_clock(start: str) -> Clock:
    """The wall clock, or a virtual one that stands at `start`."""
    return VirtualClock(parse_instant(start)) if start else SystemClock()


def register_room(app: Flask, name: str) -> None:
    """Open a room; one that has no pages yet is passed over."""
    if find_spec(f"web.{name}") is None or find_spec(f"web.{name}.views") is None:
        return
    views = import_module(f"web.{name}.views")
    app.register_blueprint(cast("Blueprint", views.room))
