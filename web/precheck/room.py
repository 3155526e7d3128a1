"""The blueprint of this room, and what its views share."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, url_for
from flask_babel import gettext as _

from engine.clock import parse_instant
from engine.register.precheck import Decide, Purpose, purposes, tables_in_force
from engine.runtime.queries.reading import Reading
from web.engine_room import looking

room = Blueprint("precheck", __name__, url_prefix="/precheck", template_folder="templates")


def deciding(look: Reading) -> Decide:
    """The tables in force."""
    return tables_in_force(look.connection, look.definitions, look.clock)


def known_purposes() -> tuple[Purpose, ...]:
    """Why somebody may ask."""
    with looking() as look:
        return purposes(deciding(look))


def instant_from(text: str) -> datetime | None:
    """The instant of a field; None for an empty one. Raises `ValueError`."""
    return parse_instant(text.strip()) if text.strip() else None


def tabs(here: str) -> list[dict[str, object]]:
    """The pages of this room, `here` among them."""
    pages = (("form", _("查一家")), ("files", _("查一批")), ("log", _("查询记录")))
    return [
        {"label": label, "address": url_for(f"precheck.{name}"), "here": name == here}
        for name, label in pages
    ]
