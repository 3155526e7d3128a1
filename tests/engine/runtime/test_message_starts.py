"""A message that begins processes: each a root instance of its own, the same matter once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Row, select

from engine.calendar import SpecialDay
from engine.identity import SYSTEM
from engine.runtime.commands import ApproveCalendar, CorrelateMessage, EnterCalendar
from engine.runtime.errors import NotCorrelated
from engine.runtime.models import ProcessInstance, UserTask
from engine.shipped import shipped_folder
from tests.builders.diagram import (
    diagram,
    end,
    message,
    message_catch,
    service_task,
    start,
    user_task,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tests.engine.runtime.conftest import Desk

BY_MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'


def _follower(process_id: str, properties: Mapping[str, str]) -> tuple[str, bytes]:
    return f"{process_id}.bpmn", diagram(
        process_id, start("told", inner=BY_MESSAGE), user_task(f"{process_id}_task"), end(),
        flows=f"told -> {process_id}_task -> end",
        properties={"businessKey": "=entry_no", **properties},
        extra=message("m", "LISTED", "entry_no"),
    )  # fmt: skip


@pytest.fixture
def followers(desk: Desk) -> Desk:
    """A listing that publishes a message, and two processes that it begins."""
    headers = {
        "messageName": "LISTED", "correlationKey": "=entry_no",
        "variables": "={entry_no: entry_no}",
    }  # fmt: skip
    desk.deploy(
        ("listing.bpmn", diagram(
            "listing", start(), service_task("tell", "runtime.publish_message", headers=headers),
            end(), flows="start -> tell -> end")),
        _follower("publication", {"startKey": "=entry_no"}),
        _follower("removal", {}),
    )  # fmt: skip
    return desk


def test_one_message_begins_every_process_that_it_starts(followers: Desk) -> None:
    # given a unit, and a listing of it
    listing = followers.start("listing", entry_no="E1")
    # then each follows as a root of its own, of the same unit, by the number of the entry
    begun = _instances(followers)[1:]
    assert sorted(row.process_id for row in begun) == ["publication", "removal"]
    for row in begun:
        assert (row.parent_key, row.root_key) == (None, row.key)
        assert (row.business_key, row.organisation) == ("E1", "CZ")
    assert listing not in {row.root_key for row in begun}


def test_the_same_matter_in_another_message_begins_nothing_twice(followers: Desk) -> None:
    followers.start("listing", entry_no="E1")
    reached = followers.runtime.execute(
        CorrelateMessage(
            name="LISTED", correlation_key="E1", variables={"entry_no": "E1"},
            message_id="another", time_to_live=timedelta(hours=1),
        )
    )  # fmt: skip
    # then the process without a start key begins again, the other does not
    assert followers.open_tasks() == ["publication_task", "removal_task", "removal_task"]
    assert len(reached) == 1


def test_a_message_that_is_known_by_all_is_no_error(desk: Desk) -> None:
    desk.deploy(_follower("publication", {"startKey": "=entry_no"}))
    wish = CorrelateMessage(name="LISTED", correlation_key="E1", variables={"entry_no": "E1"})
    assert len(desk.runtime.execute(wish)) == 1
    assert desk.runtime.execute(wish) == []
    with pytest.raises(NotCorrelated):
        desk.runtime.execute(CorrelateMessage(name="UNHEARD", correlation_key="E1"))
    assert desk.open_tasks() == ["publication_task"]


def test_processes_that_a_message_began_talk_by_the_number_of_the_entry(followers: Desk) -> None:
    # given a removal of each of two entries that waits for its message
    followers.deploy(
        ("removal.bpmn", diagram(
            "removal", start("told", inner=BY_MESSAGE), message_catch("over", "r"),
            user_task("take_down"), end(), flows="told -> over -> take_down -> end",
            properties={"businessKey": "=entry_no"},
            extra=message("m", "LISTED", "entry_no") + message("r", "OVER", "entry_no")))
    )  # fmt: skip
    for number in ("E1", "E2"):
        followers.start("listing", entry_no=number)
    followers.runtime.execute(CorrelateMessage(name="OVER", correlation_key="E2"))
    keys = {row.key: row.business_key for row in _instances(followers)}
    assert [keys[key] for key in _waiting(followers, "take_down")] == ["E2"]


def test_a_process_that_says_its_unit_works_with_that_units_calendar(desk: Desk) -> None:
    # given a unit that does not work on Tuesday, and a process that a message begins for it
    desk.deploy(
        ("deadlines.dmn", (shipped_folder("dmn") / "deadlines.dmn").read_bytes()),
        ("p.bpmn", diagram(
            "p", start("told", inner=BY_MESSAGE),
            user_task("t", due='=deadline("DEFENCE", today())'), end(), flows="told -> t -> end",
            properties={"organisation": "=unit"}, extra=message("m", "LISTED", "entry_no"))),
    )  # fmt: skip
    notice = desk.runtime.execute(
        EnterCalendar(
            user=SYSTEM, title="停电", organisation_path="QY/",
            days=[SpecialDay(day=date(2026, 2, 10), working=False, name="停电")],
        )
    )  # fmt: skip
    second = replace(SYSTEM, login="second")
    desk.runtime.execute(ApproveCalendar(user=second, notice_key=notice))
    for unit in ("QY", "CZ"):
        desk.runtime.execute(
            CorrelateMessage(name="LISTED", correlation_key=unit, variables={"unit": unit})
        )
    # then its days count from the first step on
    with desk.runtime.reading() as connection:
        due = dict(connection.execute(select(UserTask.organisation, UserTask.due_date)).all())
    assert due["QY"] == date(2026, 2, 24)
    assert due["CZ"] == date(2026, 2, 14)


def _instances(desk: Desk) -> list[Row[Any]]:
    with desk.runtime.reading() as connection:
        return list(connection.execute(select(ProcessInstance).order_by(ProcessInstance.key)))


def _waiting(desk: Desk, element_id: str) -> list[int]:
    with desk.runtime.reading() as connection:
        return list(
            connection.scalars(
                select(UserTask.instance_key).where(
                    UserTask.element_id == element_id, UserTask.state == "open"
                )
            )
        )
