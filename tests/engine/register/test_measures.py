"""Measures of an entry: once each while they last, suspended, ended for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from engine.clock import SHANGHAI
from engine.register.measures import (
    Feedback,
    NewMeasure,
    apply_measures,
    confirm_end,
    end_measures,
    record_feedback,
    suspend_measures,
)
from engine.register.models import EntryMeasure
from engine.runtime import Runtime
from tests.engine.register.precheck.conftest import DING, listed

__all__ = ["listed"]
NOW = datetime(2025, 3, 10, 10, 0, tzinfo=SHANGHAI)
ENDED = datetime(2025, 10, 10, tzinfo=SHANGHAI)


def measure(id_: str, department: str = "", *, pushed: bool = False) -> NewMeasure:
    return NewMeasure(
        measure_id=id_, name=f"措施{id_}", executed_by=department or "信用办",
        department=f"U-{department}", basis_ref="", pushed=pushed,
    )  # fmt: skip


OWN = measure("M06")
PUSHED = measure("M05a", "审批部门", pushed=True)
OTHER = measure("M10", "主管部门", pushed=True)


@pytest.fixture
def entry(listed: Callable[..., str]) -> str:
    return listed(DING, "2025-03-10", "2026-03-10")


@pytest.fixture
def states(runtime: Runtime) -> Callable[[], list[Any]]:
    """states(): the measures as they are kept."""

    def read() -> list[Any]:
        with runtime.reading() as connection:
            return list(connection.execute(select(EntryMeasure).order_by(EntryMeasure.key)))

    return read


def test_our_own_apply_at_once_and_those_of_others_wait_for_an_answer(runtime, entry, states):
    with runtime.engine.begin() as connection:
        apply_measures(connection, entry, [OWN, PUSHED], NOW)
        apply_measures(connection, entry, [OWN, PUSHED], NOW)
    own, pushed = states()
    assert (own.state, own.from_date, own.pushed_at) == ("已实施", date(2025, 3, 10), None)
    assert (pushed.state, pushed.from_date, pushed.pushed_at) == ("待反馈", None, NOW)


def test_the_end_is_the_instant_of_removal_whenever_it_is_confirmed(runtime, entry, states):
    answer = Feedback(measure_id="M05a", result="已实施", from_date=date(2025, 3, 12), note="")
    with runtime.engine.begin() as connection:
        apply_measures(connection, entry, [OWN, PUSHED, OTHER], NOW)
        record_feedback(connection, entry, [answer], NOW)
        # when the entry ends
        lifted = end_measures(connection, entry, ENDED, never_applied=False)
        # and one department confirms, twice
        confirm_end(connection, entry, ["M05a"], "", ENDED.replace(day=12))
        confirm_end(connection, entry, ["M05a"], "", ENDED.replace(day=13))
    # then every department is told of what had been pushed to it
    assert [(one["department"], [m["id"] for m in one["measures"]]) for one in lifted] == [
        ("审批部门", ["M05a"]),
        ("主管部门", ["M10"]),
    ]
    assert {row.ended_at for row in states()} == {ENDED}
    confirmed = {row.measure_id: row.end_confirmed_at for row in states()}
    assert confirmed == {"M06": None, "M05a": ENDED.replace(day=12), "M10": None}
    assert [row.state for row in states()] == ["已实施", "已实施", "待反馈"]


def test_the_measures_of_a_revoked_listing_are_as_if_they_had_never_been(runtime, entry, states):
    with runtime.engine.begin() as connection:
        apply_measures(connection, entry, [OWN, PUSHED], NOW)
        end_measures(connection, entry, ENDED, never_applied=True)
        # an answer that comes too late changes nothing
        late = Feedback(measure_id="M05a", result="已实施", from_date=None, note="")
        record_feedback(connection, entry, [late], ENDED)
    assert {row.state for row in states()} == {"视同未实施"}


def test_a_restored_entry_gets_its_measures_anew(runtime, entry, states):
    with runtime.engine.begin() as connection:
        apply_measures(connection, entry, [PUSHED], NOW)
        end_measures(connection, entry, ENDED, never_applied=False)
        apply_measures(connection, entry, [PUSHED], ENDED)
    assert [row.ended_at for row in states()] == [ENDED, None]


def test_what_is_suspended_keeps_its_state_and_what_ended_is_not_suspended(runtime, entry, states):
    with runtime.engine.begin() as connection:
        apply_measures(connection, entry, [OWN], NOW)
        end_measures(connection, entry, ENDED, never_applied=False)
        apply_measures(connection, entry, [PUSHED], ENDED)
        suspend_measures(connection, entry, ENDED)
    assert [row.suspended_at for row in states()] == [None, ENDED]
    with runtime.engine.begin() as connection:
        suspend_measures(connection, entry, None)
    assert [(row.state, row.suspended_at) for row in states()] == [
        ("已实施", None),
        ("待反馈", None),
    ]
