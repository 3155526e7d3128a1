"""A list of any length, of units that do not exist: to measure how long questions take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, func, insert, select

from engine.feel.builtins.identifiers import checked_uscc
from engine.register.entry_status import EXPIRED, PUBLISHED
from engine.register.models import Entry, Party

YEAR = timedelta(days=365)
AT_ONCE = 5_000


def party_code(number: int) -> str:
    """The code of the unit with this number, with the right check character."""
    return checked_uscc(f"91000000MA{number:07d}")


def enter_many(connection: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Enter units with these numbers: of the even ones the entry is in force, of the others it
    has ended.
    """
    known = connection.scalar(select(func.max(Party.key))) or 0
    rows = enumerate(numbers, start=known + 1)
    while part := list(islice(rows, AT_ONCE)):
        connection.execute(insert(Party), list(_parties(part, now)))
        connection.execute(insert(Entry), list(_entries(part, now)))


def _parties(part: list[tuple[int, int]], now: datetime) -> Iterator[dict[str, object]]:
    for key, number in part:
        yield {
            "key": key,
            "code": party_code(number),
            "party_class": "unit",
            "name": f"示例单位{number}",
            "details": {},
            "changed_at": now,
        }


def _entries(part: list[tuple[int, int]], now: datetime) -> Iterator[dict[str, object]]:
    today = now.date()
    for key, number in part:
        listed = number % 2 == 0
        decided = today - YEAR / 2 if listed else today - 2 * YEAR
        yield {
            "entry_no": f"示例〔{number}〕号",
            "case_no": f"示例案〔{number}〕号",
            "party_key": key,
            "decision_no": f"示例〔{number}〕号",
            "decision_date": decided,
            "years": 1,
            "last_day": decided + YEAR,
            "status": PUBLISHED if listed else EXPIRED,
            "deciding_organ": {},
            "measures": [],
            "criteria": [],
            "organisation": "",
            "organisation_path": "",
            "created_at": now,
        }
