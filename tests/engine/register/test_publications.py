"""What channels were given about an entry, and what of it they still show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from engine.clock import SHANGHAI
from engine.register.channels import channels
from engine.register.differences import (
    MISSING,
    SURPLUS,
    Answers,
    Difference,
    differences,
    overdue_entries,
)
from engine.register.entries import entry_row
from engine.register.exposed import ACCOUNT, ADDRESS, IDENTITY_NUMBER, TELEPHONE, exposed_in
from engine.register.marks import NewMark, set_mark
from engine.register.models import Entry, Party, Publication
from engine.register.publications import (
    NewPublication,
    is_shown,
    record_publication,
    was_published,
)
from engine.runtime import Runtime

NO = "贵社信列〔2025〕1号"
NOW = datetime(2025, 10, 9, 9, 0, tzinfo=SHANGHAI)
C2 = frozenset({"C2", "C6"})


@pytest.fixture
def register(runtime: Runtime) -> Iterator[Connection]:
    """The register with one entry that has been listed and whose publication is overdue."""
    with runtime.engine.begin() as connection:
        party = {"code": "91000000MA00000157", "party_class": "unit", "name": "示例甲"}
        key = connection.execute(
            insert(Party), {**party, "details": {}, "changed_at": NOW}
        ).inserted_primary_key
        assert key is not None
        connection.execute(
            insert(Entry),
            {
                "entry_no": NO,
                "case_no": "贵社信案〔2025〕1号",
                "party_key": key[0],
                "decision_no": NO,
                "decision_date": date(2025, 9, 1),
                "years": 1,
                "last_day": date(2026, 9, 1),
                "publish_due_date": date(2025, 9, 10),
                "status": "已送达",
                "measures": [],
                "criteria": [3],
                "organisation": "CZ-GC",
                "organisation_path": "/CZ/CZ-GC/",
                "created_at": NOW,
            },
        )
        yield connection


@pytest.fixture
def told(register: Connection) -> Callable[..., None]:
    """told("C1", "publish"): that was done on the channel."""
    count = iter(range(1, 100))

    def record(channel: str, action: str, **changes: Any) -> None:
        new: dict[str, Any] = {
            "channel": channel,
            "places": channels().names_of(channel),
            "event": "列入",
            "action": action,
            "title": "列入公示",
            "adapter": "portal",
            "content": {},
            "published_at": NOW,
            "idempotency_key": f"job-{next(count)}",
        }
        record_publication(register, NO, NewPublication(**{**new, **changes}))

    return record


@pytest.fixture
def found(register: Connection) -> Callable[..., list[tuple[str, str]]]:
    """found("C1"): kind and entry of every difference on the channel."""

    def compare(channel: str, answers: Answers | None = None) -> list[tuple[str, str]]:
        rows: Iterator[Difference] = differences(register, channels(), channel, answers or {}, NOW)
        return [(one.kind, one.entry_no) for one in rows]

    return compare


def end(register: Connection) -> None:
    register.execute(update(Entry).values(ended_at=NOW, end_ground="修复"))


def test_a_later_publication_takes_the_place_of_the_earlier(
    register: Connection, told: Callable[..., None]
) -> None:
    told("C1", "publish")
    told("C1", "publish", event="更正", title="更正公告")
    rows = register.execute(select(Publication).order_by(Publication.key)).all()
    assert [row.taken_down_at is None for row in rows] == [False, True]


def test_a_job_that_is_tried_again_is_kept_once(
    register: Connection, told: Callable[..., None]
) -> None:
    told("C1", "publish", idempotency_key="job-x")
    told("C1", "publish", idempotency_key="job-x")
    assert len(register.execute(select(Publication)).all()) == 1


def test_a_take_down_ends_what_is_shown_and_leaves_notices(
    register: Connection, told: Callable[..., None]
) -> None:
    told("C1", "publish")
    told("C1", "notice", event="移出")
    told("C1", "take_down", event="移出")
    assert not is_shown(register, NO, {"C1"})
    assert was_published(register, NO, {"C1"})
    notice = select(Publication.taken_down_at).where(Publication.action == "notice")
    assert register.scalar(notice) is None


def test_the_platform_shows_an_entry_until_it_is_told_that_it_ended(
    register: Connection, told: Callable[..., None]
) -> None:
    # given an entry pushed to the platform, then amended there under its other name
    told("C2", "publish")
    told("C6", "status", event="变更")
    assert is_shown(register, NO, C2)
    # when the entry has ended and the platform is told
    end(register)
    told("C6", "status", event="修复")
    # then it is not shown there any more
    assert not is_shown(register, NO, C2)


def test_what_was_never_published_and_is_due_is_missing(
    found: Callable[..., list[tuple[str, str]]], told: Callable[..., None]
) -> None:
    assert found("C1") == found("C2") == found("C3") == [(MISSING, NO)]
    told("C1", "publish")
    told("C3", "publish", adapter="manual")
    assert found("C1") == found("C3") == []


def test_before_the_due_day_nothing_is_missing(
    register: Connection, found: Callable[..., list[tuple[str, str]]]
) -> None:
    register.execute(update(Entry).values(publish_due_date=NOW.date()))
    assert found("C1") == []


def test_what_is_still_shown_of_an_ended_entry_is_too_much(
    register: Connection,
    found: Callable[..., list[tuple[str, str]]],
    told: Callable[..., None],
) -> None:
    told("C3", "publish", adapter="manual")
    told("C1", "publish")
    end(register)
    assert found("C3") == [(SURPLUS, NO)]
    # and our own portal looks at the list itself
    assert found("C1") == []


def test_a_hidden_entry_should_not_be_shown(
    register: Connection,
    found: Callable[..., list[tuple[str, str]]],
    told: Callable[..., None],
) -> None:
    told("C3", "publish", adapter="manual")
    mark = NewMark(
        kind="停止执行", hides=True, suspends=True, since_at=NOW, idempotency_key="job-m"
    )
    set_mark(register, NO, mark)
    assert found("C3") == [(SURPLUS, NO)]


def test_what_a_channel_says_counts_more_than_the_records(
    found: Callable[..., list[tuple[str, str]]], told: Callable[..., None]
) -> None:
    told("C2", "publish")
    answers = {"C2": frozenset({"贵社信列〔2020〕9号"})}
    assert found("C2", answers) == [(MISSING, NO), (SURPLUS, "贵社信列〔2020〕9号")]


def test_an_entry_that_nobody_ended_is_found_the_day_after_its_last(register: Connection) -> None:
    last = entry_row(register, NO).last_day
    assert overdue_entries(register, datetime(last.year, 9, 1, 23, 59, tzinfo=SHANGHAI)) == []
    assert overdue_entries(register, datetime(last.year, 9, 2, 1, 0, tzinfo=SHANGHAI)) == [NO]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2024年10月至12月欠缴86400.00元，池人社责字〔2025〕3号", []),
        ("统一社会信用代码91000000MA00000157", []),
        ("统一社会信用代码911100001000000020", []),
        ("负责人341702190001010017拒不缴纳", [IDENTITY_NUMBER]),
        ("旧号码341702900101001的持有人", [IDENTITY_NUMBER]),
        ("电话13812345678", [TELEPHONE]),
        ("电话0566-2123456", [TELEPHONE]),
        ("账号6222020200112233445", [ACCOUNT]),
        ("住在池州市贵池区示例路6号", [ADDRESS]),
    ],
)
def test_personal_details_are_found_in_a_text(text: str, kinds: list[str]) -> None:
    party = {"party_class": "individual", "address": "池州市贵池区示例路6号", "code": "x"}
    assert exposed_in(text, party) == kinds


def test_the_address_of_a_unit_may_be_said() -> None:
    party = {"party_class": "unit", "address": "池州市贵池区示例路1号"}
    assert exposed_in("位于池州市贵池区示例路1号", party) == []
