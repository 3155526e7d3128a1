"""What the revocation of a repair learns of the repair, and what bars the repair of an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from engine.clock import SHANGHAI
from engine.feel import decode
from engine.identity import User
from engine.register.entries import create_entry, entry_row
from engine.register.facts import other_active_entries
from engine.register.models import Proceeding
from engine.register.parties import record_party
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.runtime.models import Incident, Variable
from tests.builders.diagram import diagram, end, service_task, start, user_task

LOOKED_UP = diagram(
    "look",
    start(),
    service_task("find", "register.last_proceeding",
                 headers={"kind": "修复", "result": "准予修复"}),
    user_task("wait", groups="R3"),
    end(),
    flows="start -> find -> wait -> end",
)  # fmt: skip
MORNING = datetime(2025, 10, 9, 9, 0, tzinfo=SHANGHAI)
PARTY = {"name": "测试六", "code": "341702190001060065", "party_class": "individual"}


class Register:
    """Entries and proceedings as procedures write them, and a process that asks about them."""

    def __init__(self, runtime: Runtime, user: User) -> None:
        self.runtime = runtime
        self.user = user
        self.made = 0
        runtime.execute(Deploy(files=[SourceFile(name="look.bpmn", content=LOOKED_UP)]))

    def entry(self, decided: str, last_day: str = "2028-08-11") -> str:
        self.made += 1
        number = f"贵社信列〔2025〕{self.made}号"
        with self.runtime.engine.begin() as connection:
            columns = {
                "entry_no": number, "case_no": f"案{self.made}", "decision_no": number,
                "party_key": record_party(connection, PARTY, MORNING),
                "decision_date": date.fromisoformat(decided), "years": 3,
                "last_day": date.fromisoformat(last_day), "status": "已公示", "measures": [],
                "criteria": [6], "organisation": "CZ-GC", "organisation_path": "CZ/CZ-GC/",
                "created_at": MORNING,
            }  # fmt: skip
            create_entry(connection, columns)
        return number

    def proceeding(self, entry_no: str, decided: str, result: str, **details: str) -> None:
        self.made += 1
        with self.runtime.engine.begin() as connection:
            row = {
                "kind": "修复", "instance_key": self.made, "case_no": "案1",
                "entry_key": entry_row(connection, entry_no).key,
                "organisation_path": "CZ/CZ-GC/", "received_date": date(2025, 9, 1),
                "decided_date": date.fromisoformat(decided), "result": result, "details": details,
            }  # fmt: skip
            connection.execute(insert(Proceeding), row)

    def last(self, entry_no: str) -> Any:
        """The variable `proceeding` that the job brings."""
        key = self.runtime.execute(
            StartInstance(process_id="look", user=self.user, variables={"entry_no": entry_no})
        )
        with self.runtime.reading() as connection:
            found = select(Variable.value).where(
                Variable.instance_key == key, Variable.name == "proceeding"
            )
            value = connection.scalar(found)
        return decode(value) if value is not None else None


@pytest.fixture
def register(runtime: Runtime, person: Callable[[str], User]) -> Register:
    return Register(runtime, person("gc_xb02"))


def test_the_newest_repair_of_the_entry_is_found_with_its_days(register: Register) -> None:
    # given an entry repaired twice, refused once more, and another that was repaired later
    entry, other = register.entry("2025-08-11"), register.entry("2025-08-12")
    register.proceeding(entry, "2025-09-10", "准予修复", repair_no="贵社信修〔2025〕1号")
    register.proceeding(
        entry, "2025-09-20", "准予修复", repair_no="贵社信修〔2025〕2号", repaired_date="2025-09-20"
    )
    register.proceeding(entry, "2025-09-30", "不予修复")
    register.proceeding(other, "2025-10-08", "准予修复", repair_no="贵社信修〔2025〕3号")
    # when its repair is looked up
    found = register.last(entry)
    # then it is the second, and its day is a day
    assert found["decided_date"] == date(2025, 9, 20)
    assert found["details"] == {
        "repair_no": "贵社信修〔2025〕2号",
        "repaired_date": date(2025, 9, 20),
    }


def test_an_entry_that_was_never_repaired_has_no_repair(register: Register) -> None:
    entry = register.entry("2025-08-11")
    register.proceeding(entry, "2025-09-30", "不予修复")
    assert register.last(entry) is None


def test_a_wrong_number_is_named(register: Register) -> None:
    # when a number is asked for that no entry has
    register.last("贵社信列〔2025〕99号")
    # then an incident says which
    with register.runtime.reading() as connection:
        said = connection.scalars(select(Incident.message_zh)).all()
    assert any("贵社信列〔2025〕99号" in text for text in said)


def test_other_entries_say_when_they_were_decided(register: Register) -> None:
    """AM-62: an act found out later bars the repair of the older entry, not the other way round."""
    # given two entries of one party, and one whose period is over
    old, new = register.entry("2025-08-11"), register.entry("2025-09-29")
    register.entry("2024-01-08", last_day="2025-01-08")
    # when the older one is looked at
    with register.runtime.reading() as connection:
        others = other_active_entries(connection, old, MORNING)
    # then the newer one stands beside it with its day
    assert [(one["entry_no"], one["decision_date"]) for one in others] == [(new, date(2025, 9, 29))]
