"""The figures of supervision: what is counted where, who sees whose, and the workbook of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from engine.clock import SHANGHAI
from engine.identity import User, find_unit
from engine.register.figures import Board, Figure, board, board_xlsx, months_between
from engine.register.models import Entry, Party, Proceeding, ReportFile
from engine.runtime import Runtime
from engine.runtime.queries.reading import Reading

AUTUMN = months_between(date(2025, 8, 1), date(2025, 10, 31))
GUICHI, DONGZHI = "CZ/CZ-GC/", "CZ/CZ-DZ/"
Person = Callable[[str], User]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]


class Register:
    """Rows of the register as procedures write them."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.made = 0

    def write(self, table: type, **columns: object) -> int:
        with self.runtime.engine.begin() as connection:
            key = connection.execute(insert(table), columns).inserted_primary_key
        assert key is not None
        return int(key[0])

    def entry(self, path: str = GUICHI, **columns: object) -> None:
        self.made += 1
        party = self.write(
            Party, code=f"P{self.made}", party_class="unit", name=f"示例{self.made}", details={},
            changed_at=at(2025, 8, 1),
        )  # fmt: skip
        self.write(
            Entry,
            **{
                "entry_no": f"贵社信列〔2025〕{self.made}号", "case_no": f"案{self.made}",
                "party_key": party, "decision_no": f"列{self.made}",
                "decision_date": date(2025, 8, 4), "years": 1, "last_day": date(2026, 8, 4),
                "status": "已决定", "measures": [], "criteria": [3], "organisation": "CZ-GC",
                "organisation_path": path, "created_at": at(2025, 8, 4),
                "publish_due_date": date(2025, 8, 13), "deciding_organ": {}, **columns,
            },
        )  # fmt: skip

    def report(self, unit: str, due: date, reported: datetime | None, **columns: object) -> None:
        self.made += 1
        bureau = unit.rpartition("-")[0]
        self.write(
            ReportFile,
            **{
                "month": "2025-08", "region": bureau, "unit": unit, "level": "unit",
                "organisation_path": f"CZ/{bureau}/{unit}/", "state": "已报", "due_date": due,
                "reported_at": reported, "idempotency_key": f"r{self.made}", **columns,
            },
        )  # fmt: skip

    def proceeding(self, kind: str, received: date, **columns: object) -> None:
        self.made += 1
        self.write(
            Proceeding,
            **{
                "kind": kind, "instance_key": self.made, "organisation_path": GUICHI,
                "received_date": received, "details": {}, **columns,
            },
        )  # fmt: skip


@pytest.fixture
def register(runtime: Runtime) -> Register:
    return Register(runtime)


@pytest.fixture
def boards(runtime: Runtime, person: Person) -> Callable[..., Board]:
    """boards("cz_dc01", "CZ-GC"): the board of a reader, narrowed to a bureau."""

    def look_at(login: str = "cz_dc01", unit: str = "") -> Board:
        with runtime.reading() as connection:
            look = Reading(
                connection=connection, definitions=runtime.definitions,
                calendars=runtime.calendars, clock=runtime.clock,
            )  # fmt: skip
            chosen = find_unit(connection, unit) if unit else None
            return board(look, person(login), AUTUMN, chosen)

    return look_at


def figure(made: Board, name: str) -> Figure:
    return next(f for s in made.sections for f in s.figures if f.kind.id == name)


def total(made: Board, name: str) -> Decimal | None:
    found = figure(made, name)
    return found.number(found.total.total)


def by_unit(made: Board, name: str) -> dict[str, dict[str, Decimal | None]]:
    found = figure(made, name)
    return {
        line.name[0]: {month: found.number(sum_) for month, sum_ in line.months.items()}
        for line in found.lines
    }


def test_publication_is_in_time_through_its_last_day(
    register: Register, boards: Callable[..., Board]
):
    """T02, T06: 23:30 of the due day is in time; what is late or missing is not."""
    register.entry(published_at=at(2025, 8, 13, 23, 30))
    register.entry(published_at=at(2025, 8, 14, 0, 0))
    register.entry(published_at=None)
    # one that is not due yet, and one that was revoked before its day, are not counted
    register.entry(publish_due_date=date(2025, 10, 10), published_at=None)
    register.entry(published_at=None, ended_at=at(2025, 8, 8), end_ground="撤销", counted=False)
    made = boards()
    assert total(made, "published_in_time") == Decimal("33.3")
    assert by_unit(made, "published_in_time") == {"贵池区": {"2025-08": Decimal("33.3")}}
    assert figure(made, "published_in_time").misses_target


def test_monthly_reports_count_by_unit_and_month_of_the_report(
    register: Register, boards: Callable[..., Board]
):
    due = date(2025, 9, 9)
    register.report("CZ-GC-JB", due, at(2025, 9, 9, 23, 59))
    register.report("CZ-GC-JC", due, at(2025, 9, 10))
    register.report("CZ-GC-XZ", due, None, state="未报")
    register.report("CZ-DZ-JB", due, at(2025, 9, 5))
    # a supplement does not make a late unit punctual
    register.report("CZ-GC-XZ", due, at(2025, 9, 9), supplement=True)
    register.report("CZ-DZ-XB", date(2025, 9, 15), at(2025, 9, 16), level="region")
    made = boards()
    assert by_unit(made, "units_reported_in_time") == {
        "贵池区": {"2025-08": Decimal("33.3")},
        "东至县": {"2025-08": Decimal("100.0")},
    }
    assert total(made, "regions_reported_in_time") == Decimal(0)
    # a bureau alone has its sub-units as lines
    inside = by_unit(boards(unit="CZ-GC"), "units_reported_in_time")
    assert len(inside) == 3
    assert sum(1 for months in inside.values() if months["2025-08"] == 100) == 1


def test_a_head_sees_the_own_bureau_only(register: Register, boards: Callable[..., Board]):
    register.report("CZ-GC-JB", date(2025, 9, 9), at(2025, 9, 9))
    register.report("CZ-DZ-JB", date(2025, 9, 9), None)
    register.entry(decision_served_date=None)
    head = boards("dz_xb02")
    assert total(head, "units_reported_in_time") == Decimal(0)
    assert head.not_served.total == 0
    assert boards("gc_xb02").not_served.total == 1
    assert boards("cz_dc01").not_served.total == 1


def test_removals_are_told_apart_by_ground_and_revocations_are_none(
    register: Register, boards: Callable[..., Board]
):
    for ground, month in (("期满", 8), ("期满", 9), ("修复", 9)):
        register.entry(ended_at=at(2025, month, 20), end_ground=ground)
    register.entry(ended_at=at(2025, 9, 20), end_ground="撤销", counted=False)
    made = boards()
    assert by_unit(made, "removed:期满") == {"贵池区": {"2025-08": 1, "2025-09": 1}}
    assert total(made, "removed:修复") == 1
    assert total(made, "revoked") == 1
    assert total(made, "listed") == 4


def test_the_table_says_which_proceedings_make_which_figure(
    register: Register, boards: Callable[..., Board]
):
    register.proceeding("申辩", date(2025, 8, 5), decided_date=date(2025, 9, 1), result="成立")
    register.proceeding("申辩", date(2025, 8, 6))
    for days, result in ((4, "维持"), (7, "更正")):
        register.proceeding(
            "异议", date(2025, 8, 20), decided_date=date(2025, 9, 2), result=result,
            working_days=days,
        )  # fmt: skip
    for result, commitment in (("准予修复", True), ("准予修复", False), ("不予修复", False)):
        register.proceeding(
            "修复", date(2025, 9, 1), decided_date=date(2025, 9, 10), result=result,
            details={"commitment": commitment},
        )  # fmt: skip
    register.proceeding("别的", date(2025, 9, 1))
    made = boards()
    assert by_unit(made, "defences_filed") == {"贵池区": {"2025-08": 2}}
    assert by_unit(made, "defences_upheld") == {"贵池区": {"2025-09": 1}}
    assert total(made, "objections") == 2
    assert total(made, "objections_upheld") == 1
    assert total(made, "objections_days") == Decimal("5.5")
    assert (total(made, "repairs"), total(made, "repairs_approved")) == (3, 2)
    assert total(made, "commitments") == Decimal("50.0")
    assert figure(made, "commitments").misses_target


def test_entries_that_end_within_thirty_days_are_listed(
    register: Register, boards: Callable[..., Board]
):
    """The clock stands on 2025-10-09."""
    for last_day in (date(2025, 10, 8), date(2025, 10, 9), date(2025, 11, 8), date(2025, 11, 9)):
        register.entry(last_day=last_day, decision_date=date(2024, 10, 9))
    made = boards()
    assert [line.day for line in made.ending_soon.lines] == [date(2025, 10, 9), date(2025, 11, 8)]


def test_the_calendar_of_next_year_is_an_alarm_from_december(
    runtime: Runtime, boards: Callable[..., Board]
):
    # given 2025, whose following year is known
    assert boards().calendar.known
    # when it is 2026, and nothing is known of 2027
    runtime.clock.advance_to(at(2026, 11, 30, 9))  # type: ignore[attr-defined]
    assert not boards().calendar.known
    assert not boards().calendar.alarm
    runtime.clock.advance_to(at(2026, 12, 1, 9))  # type: ignore[attr-defined]
    assert boards().calendar.alarm


def test_the_workbook_has_a_sheet_for_every_figure(
    register: Register, boards: Callable[..., Board]
):
    register.entry(published_at=at(2025, 8, 13))
    register.report("CZ-GC-JB", date(2025, 9, 9), at(2025, 9, 10))
    made = boards()
    book = load_workbook(BytesIO(board_xlsx(made)))
    figures = [f for s in made.sections for f in s.figures]
    assert len(book.sheetnames) == len(figures) + 3
    sheet = book["单位月报"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][1:5] == ["2025-08", "2025-09", "2025-10", "合计"]
    assert rows[1][:2] == ["贵池区", 0]
    assert rows[-1][0] == "合计"
    assert board_xlsx(boards(), "en")


def test_too_many_months_are_cut_to_the_last():
    months = months_between(date(2031, 1, 5), date(2021, 6, 1))
    assert len(list(months)) == 60
    assert list(months)[-1] == "2031-01"
