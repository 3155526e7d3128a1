"""消息: reminders, read marks, the number in the top bar."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from engine.runtime.models import Reminder


@pytest.fixture
def remind(bureau):
    """A reminder about the open review."""

    def write(kind: str, recipient: str, *, group: bool = False, path: str = "CZ/CZ-GC/") -> None:
        with bureau.runtime.engine.begin() as connection:
            connection.execute(
                insert(Reminder),
                {
                    "task_key": bureau.task(),
                    "kind": kind,
                    "recipient_kind": "group" if group else "user",
                    "recipient": recipient,
                    "organisation_path": path,
                    "at": bureau.clock.now(),
                },
            )

    return write


def test_a_reminder_reaches_its_person_and_is_marked_when_read(bureau, client_as, remind):
    bureau.start()
    remind("due_soon", "gc_jb02")
    client = client_as("gc_jb02")
    page = client.get("/messages").text
    assert "即将到期" in page
    assert "共 1 条，未读 1" in page
    assert "1 条未读" in page
    opened = client.post("/messages/1/open", data={"task": str(bureau.task())})
    assert opened.location == f"/tasks/{bureau.task()}"
    assert "未读 0" in client.get("/messages").text
    assert "没有未读的消息" in client.get("/messages?show=unread").text


def test_a_reminder_to_a_group_stays_in_its_bureau(bureau, client_as, remind):
    bureau.start()
    remind("overdue", "R4", group=True)
    assert "已逾期" in client_as("gc_xb02").get("/messages").text
    for login in ("dz_xb02", "cz_xb02", "gc_xb01"):
        assert "没有消息" in client_as(login).get("/messages").text, login


def test_a_group_that_only_the_city_has_hears_of_all_units(bureau, client_as, remind):
    bureau.start()
    remind("severe", "R13", group=True)
    assert "严重逾期" in client_as("cz_dc01").get("/messages").text


def test_nobody_marks_the_messages_of_others(bureau, client_as, remind):
    bureau.start()
    remind("due_soon", "gc_jb02")
    client_as("dz_jb02").post("/messages/1/open")
    client_as("dz_jb02").post("/messages/read")
    assert "未读 1" in client_as("gc_jb02").get("/messages").text
    client_as("gc_jb02").post("/messages/read")
    assert "未读 0" in client_as("gc_jb02").get("/messages").text
