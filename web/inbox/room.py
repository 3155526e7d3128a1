"""The blueprint of the inbox and what all its views share."""

from __future__ import annotations

from flask import Blueprint, current_app, request, url_for

from engine.identity import Unit, bureaus
from engine.runtime.queries.cursor import Cursor, read_cursor
from engine.runtime.queries.reading import Reading
from web.language import in_language

room = Blueprint("inbox", __name__, template_folder="templates")


def cursor_in(name: str) -> Cursor | None:
    """The place in a list that the address names."""
    return read_cursor(request.args.get(name, ""))


def address_with(**changes: object) -> str:
    """The address of this list with some parameters changed; empty ones are left out."""
    kept = {name: value for name, value in request.args.items() if name not in changes}
    values = {name: str(value) for name, value in {**kept, **changes}.items() if value}
    return url_for(request.endpoint or "", _external=False, **values)


def local_address(text: str | None, otherwise: str) -> str:
    """`text` if it is an address of this site, for going back after an act."""
    if text and text.startswith("/") and not text.startswith(("//", "/\\")):
        return text
    return otherwise


def case_address(root_key: int, business_key: str | None) -> str | None:
    """Where the case page is, if there is one."""
    if "cases.case" not in current_app.view_functions:
        return None
    return url_for("cases.case", key=root_key)


class UnitNames:
    """The short names of bureaus by the path of anything below them."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self.units = units
        self._deepest_first = sorted(units, key=lambda unit: len(unit.path), reverse=True)

    @classmethod
    def read(cls, look: Reading) -> UnitNames:
        return cls(bureaus(look.connection))

    def of(self, path: str) -> str:
        """The short name of the bureau that `path` belongs to; empty if it belongs to none."""
        for unit in self._deepest_first:
            if path.startswith(unit.path):
                return in_language(unit.short_name, unit.short_name_en)
        return ""
