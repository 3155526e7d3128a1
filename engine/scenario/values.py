"""Values of a scenario: blocks laid over each other, names filled in, instants read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.clock import in_shanghai, parse_instant, start_of_day

NAME = re.compile(r"\$\{\s*([^${}]+?)\s*\}")
UNDER = "<<"
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?")


class Unknown(Exception):
    """A `${name}` that nobody defined."""

    def __init__(self, name: str, known: Mapping[str, object]) -> None:
        super().__init__(name)
        self.name = name
        self.known = sorted(known)


def filled(value: object, names: Mapping[str, object]) -> object:
    """`value` with every `${name}` replaced; a text that is nothing else becomes the value itself.

    The content of a key `<<` is laid under the other entries of its context. Raises `Unknown`.
    """
    if isinstance(value, str):
        whole = NAME.fullmatch(value)
        if whole:
            return _look_up(whole[1], names)
        return NAME.sub(lambda found: show_plain(_look_up(found[1], names)), value)
    if isinstance(value, Mapping):
        own = {str(filled(k, names)): filled(v, names) for k, v in value.items() if k != UNDER}
        return over(laid_over(filled(value[UNDER], names)), own) if UNDER in value else own
    if isinstance(value, list):
        return [filled(item, names) for item in value]
    return value


def laid_over(blocks: object) -> object:
    """One context of a list of contexts: later ones over earlier ones, entry by entry."""
    if not isinstance(blocks, list):
        return blocks
    result: object = {}
    for block in blocks:
        result = over(result, block)
    return result


def over(old: object, new: object) -> object:
    """`new` over `old`: contexts entry by entry, everything else replaced."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        both = dict(old)
        for name, value in new.items():
            both[name] = over(both[name], value) if name in both else value
        return both
    return new


def instant(value: object) -> datetime | None:
    """The instant a scenario names: a date is its first moment. None if it names none."""
    if isinstance(value, datetime):
        return in_shanghai(value)
    if isinstance(value, date):
        return start_of_day(value)
    if isinstance(value, str):
        try:
            return parse_instant(value.strip())
        except ValueError:
            return None
    return None


def typed(value: object) -> object:
    """A value for the engine: a text that is a date and time becomes one, in Shanghai."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return instant(value)
    if isinstance(value, Mapping):
        return {str(name): typed(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return value


def show(value: object, longest: int = 160) -> str:
    """A value for a person, on one line."""
    text = _show(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def show_plain(value: object) -> str:
    """A value inside of a text."""
    return value if isinstance(value, str) else _show(value)


def _show(value: object) -> str:
    match value:
        case None:
            return "空"
        case bool():
            return "true" if value else "false"
        case datetime():
            return in_shanghai(value).strftime("%Y-%m-%d %H:%M" + (":%S" if value.second else ""))
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case str():
            return f"「{value}」" if value else "「」"
        case Mapping():
            return "{" + "，".join(f"{name}: {_show(entry)}" for name, entry in value.items()) + "}"
        case list() | tuple():
            return "[" + "，".join(_show(item) for item in value) + "]"
        case _:
            return str(value)


def _look_up(name: str, names: Mapping[str, object]) -> object:
    found: object = names
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise Unknown(name, found if isinstance(found, Mapping) else {})
        found = found[part]
    return found
