"""What a scenario expects beside what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.clock import in_shanghai
from engine.scenario.errors import StepFailed
from engine.scenario.values import instant, show


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One value that is not as expected."""

    path: str
    expected: object
    found: object


MISSING = object()
"""Found instead of a value that is not there at all."""


def differences(expected: object, found: object, path: str = "") -> Iterator[Difference]:
    """How `found` differs. Of a context only the entries that `expected` names are compared."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            yield Difference(path=path, expected=expected, found=found)
            return
        for name, value in expected.items():
            inner = f"{path}.{name}" if path else str(name)
            yield from differences(value, found.get(name, MISSING), inner)
    elif isinstance(expected, list | tuple):
        if not isinstance(found, Sequence) or isinstance(found, str) or len(found) != len(expected):
            yield Difference(path=path, expected=expected, found=found)
            return
        for number, (one, other) in enumerate(zip(expected, found, strict=True), start=1):
            yield from differences(one, other, f"{path}[{number}]")
    elif not same(expected, found):
        yield Difference(path=path, expected=expected, found=found)


def same(expected: object, found: object) -> bool:
    """Whether two single values mean the same: numbers by amount, dates by day."""
    if found is MISSING:
        return expected is None
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | Decimal) and isinstance(found, int | Decimal):
        return Decimal(expected) == Decimal(found)
    if isinstance(found, datetime):
        return instant(expected) == in_shanghai(found)
    if isinstance(found, date):
        return (expected if isinstance(expected, date) else _day(expected)) == found
    if isinstance(expected, date) and isinstance(found, str):
        if isinstance(expected, datetime):
            return instant(found) == expected
        return expected.isoformat() == found
    return expected == found


def value_at(found: Mapping[str, object], path: str) -> object:
    """The value at a path like `acts[1].act_no`, `MISSING` if there is none."""
    value: object = found
    for part in path.split("."):
        name, _, index = part.partition("[")
        value = value.get(name, MISSING) if isinstance(value, Mapping) else MISSING
        if index:
            number = int(index.rstrip("]")) - 1 if index.rstrip("]").isdigit() else -1
            fits = isinstance(value, list) and 0 <= number < len(value)
            value = value[number] if fits and isinstance(value, list) else MISSING
    return value


def require_same(expected: object, found: object, what: str, what_en: str) -> None:
    """Raises `StepFailed` with every difference."""
    listed = list(differences(expected, found))
    if listed:
        raise differing(listed, what, what_en)


def differing(listed: Sequence[Difference], what: str, what_en: str) -> StepFailed:
    """The failure that names each difference."""
    return StepFailed(
        f"{what}：" + "；".join(_said(d, "{0}应为 {1}，实为 {2}", "没有") for d in listed),
        f"{what_en}: " + "; ".join(_said(d, "{0}expected {1}, found {2}", "none") for d in listed),
    )


def _said(difference: Difference, template: str, nothing: str) -> str:
    path = f"{difference.path} " if difference.path else ""
    found = nothing if difference.found is MISSING else show(difference.found)
    return template.format(path, show(difference.expected), found)


def _day(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
