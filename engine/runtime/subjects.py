"""What a process is about: the room that keeps such things says who may begin with which.

A process with the property `about` (for instance `entry`) names one in the variable of that name
with `_no` behind it (`entry_no`). A number that nobody has, or that is another unit's, is refused
at the start, before there is an instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from engine.errors import ChengxinError
from engine.forms import FieldError, FormInvalid
from engine.identity import User

ABOUT = "about"
"""Property of a process: the kind of thing that a person starts it about."""

Checker = Callable[[Connection, User, str], None]
_CHECKERS: dict[str, Checker] = {}


def checks_subject(kind: str) -> Callable[[Checker], Checker]:
    """Register what raises a `ChengxinError` for a number that `user` may not begin with."""

    def register(checker: Checker) -> Checker:
        _CHECKERS[kind] = checker
        return checker

    return register


def require_subject(
    connection: Connection,
    properties: Mapping[str, str],
    variables: Mapping[str, object],
    user: User,
) -> None:
    """Raise `FormInvalid` at the field of the number if the person may not begin with it."""
    kind = properties.get(ABOUT, "")
    checker = _CHECKERS.get(kind)
    if checker is None:
        return
    field = f"{kind}_no"
    try:
        checker(connection, user, str(variables.get(field) or ""))
    except ChengxinError as error:
        said = FieldError(path=field, label="", zh=error.message("zh"), en=error.message("en"))
        raise FormInvalid(errors=[said]) from error
