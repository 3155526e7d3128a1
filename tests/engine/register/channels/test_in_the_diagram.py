"""The shipped diagram of one channel with a real platform: again after an hour, then by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import insert, select, update

from engine.clock import SHANGHAI
from engine.identity import User
from engine.register.models import CaseFile, Entry, Party, Publication
from engine.runtime import Runtime
from engine.runtime.commands import RearmStartTimers, StartInstance
from engine.runtime.models import ProcessInstance, UserTask
from tests.engine.register.channels.conftest import SECRET, Platform

NO = "贵社信列〔2025〕1号"
NINE = datetime(2025, 10, 9, 9, 0, tzinfo=SHANGHAI)
DUE = date(2025, 10, 16)
PERSON = {
    "party_class": "individual",
    "id_type": "居民身份证",
    "name": "测试六",
    "code": "341702190001060065",
    "address": "池州市贵池区示例路6号",
    "phone": "13900000006",
}


@pytest.fixture
def listed(runtime: Runtime) -> None:
    """A person has been entered in the list."""
    with runtime.engine.begin() as connection:
        kept = {name: PERSON[name] for name in ("code", "party_class", "name")}
        key = connection.execute(
            insert(Party), {**kept, "details": PERSON, "changed_at": NINE}
        ).inserted_primary_key
        assert key is not None
        connection.execute(
            insert(Entry),
            {
                "entry_no": NO,
                "case_no": "贵社信案〔2025〕1号",
                "party_key": key[0],
                "decision_no": NO,
                "decision_date": date(2025, 9, 30),
                "years": 3,
                "last_day": date(2028, 9, 30),
                "status": "已送达",
                "public_summary": "冒领养老金，责令退回后拒不退回。",
                "region_code": "341702",
                "deciding_organ": {"organ_name": "池州市贵池区人力资源和社会保障局"},
                "measures": [],
                "criteria": [6],
                "organisation": "CZ-GC",
                "organisation_path": "/CZ/CZ-GC/",
                "created_at": NINE,
            },
        )


@pytest.fixture
def publish(
    runtime: Runtime,
    listed: None,
    platform: Platform,
    person: Callable[[str], User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., None]:
    """publish(): the sharing platform, served by a push, is to be told of the entry."""
    file = tmp_path / "channels.yaml"
    push = {
        "adapter": "http_push",
        "url": platform.address,
        "receipt": "data.receipt",
        "secret_env": "PLATFORM_SECRET",
        "timeout_seconds": 2,
    }
    portal = {"adapter": "portal"}
    file.write_text(yaml.safe_dump({"channels": {"C1": portal, "C2": push}}), encoding="utf-8")
    monkeypatch.setenv("CHENGXIN_CHANNELS", str(file))
    monkeypatch.setenv("PLATFORM_SECRET", SECRET)

    def start(channel: str = "C2", action: str = "publish", event: str = "列入") -> None:
        row = {"channel": channel, "action": action, "title": "失信人名单信息", "group": "R9"}
        variables: dict[str, Any] = {
            "entry_no": NO,
            "case_no": "贵社信案〔2025〕1号",
            "party": PERSON,
            "deciding_organ": {"deciding_unit": "CZ-GC"},
            "decision_no": NO,
            "decision_date": date(2025, 9, 30),
            "channel": row,
            "event": event,
            "due": DUE,
            "extra": {},
        }
        runtime.execute(
            StartInstance(process_id="handle_channel", user=person("cz_fb01"), variables=variables)
        )
        runtime.sweep()

    return start


def publications(runtime: Runtime) -> list[Any]:
    with runtime.reading() as connection:
        return list(connection.execute(select(Publication).order_by(Publication.key)))


def open_tasks(runtime: Runtime) -> list[tuple[str, date | None]]:
    with runtime.reading() as connection:
        rows = connection.execute(
            select(UserTask.name, UserTask.due_date).where(UserTask.state == "open")
        )
        return [(row.name, row.due_date) for row in rows]


def test_a_push_with_receipt_needs_nobody(
    runtime: Runtime, platform: Platform, publish: Callable[..., None]
) -> None:
    publish()
    (row,) = publications(runtime)
    assert (row.receipt, row.adapter, row.late_working_days) == ("R-1", "http_push", 0)
    assert open_tasks(runtime) == []
    # and what was pushed says neither number, address nor telephone of the person in full
    said = platform.pushed()[0]["body"].decode()
    assert "341702********0065" in said
    assert not any(PERSON[name] in said for name in ("code", "address", "phone"))


def test_it_is_pushed_again_after_an_hour_under_the_same_key(
    runtime: Runtime, platform: Platform, publish: Callable[..., None]
) -> None:
    # given a platform that fails twice
    platform.faults = [500, b"no json"]
    publish()
    assert publications(runtime) == []
    # when two hours have passed
    runtime.run_until(NINE + timedelta(hours=2))
    # then the third push brought the receipt that the first had earned
    (row,) = publications(runtime)
    assert row.receipt == "R-1"
    assert len(platform.pushed()) == 3
    assert len({r["headers"]["Idempotency-Key"] for r in platform.pushed()}) == 1


def test_three_failures_become_a_task_and_the_due_day_stays(
    runtime: Runtime, platform: Platform, publish: Callable[..., None]
) -> None:
    platform.faults = [500, 500, 500]
    publish()
    runtime.run_until(NINE + timedelta(hours=2))
    assert open_tasks(runtime) == [("人工推送", DUE)]
    runtime.run_until(NINE + timedelta(days=1))
    assert len(platform.pushed()) == 3


def test_a_take_down_leaves_the_portal_at_once(
    runtime: Runtime, publish: Callable[..., None]
) -> None:
    # given an entry shown on the portal (by the record of it)
    publish("C1", "take_down", "移出")
    # then it is recorded as taken down, and nobody had to do it
    (row,) = publications(runtime)
    assert (row.action, row.taken_down_at) == ("take_down", NINE)
    assert open_tasks(runtime) == []


def test_the_portal_waits_for_the_publisher(runtime: Runtime, publish: Callable[..., None]) -> None:
    publish("C1")
    assert open_tasks(runtime) == [("上传门户网站", DUE)]


def test_an_entry_that_nobody_ended_ends_at_the_next_check(
    runtime: Runtime, publish: Callable[..., None]
) -> None:
    # given an entry whose last day passed four days ago, and nobody waits for that
    publish("C1")
    with runtime.engine.begin() as connection:
        entry = connection.execute(select(Entry)).one()
        connection.execute(update(Entry).values(last_day=date(2025, 10, 5)))
        connection.execute(
            insert(CaseFile),
            {
                "case_no": entry.case_no,
                "party_key": entry.party_key,
                "root_key": connection.scalar(select(ProcessInstance.key)),
                "organisation": entry.organisation,
                "organisation_path": entry.organisation_path,
                "source_unit": "CZ-GC-JB",
                "state": entry.status,
                "opened_date": entry.decision_date,
            },
        )
    # when the check of the night has been made
    runtime.execute(RearmStartTimers(processes=["daily_check"]))
    runtime.run_until(NINE + timedelta(hours=18))
    # then the entry has ended, at the first instant after its last day
    with runtime.reading() as connection:
        row = connection.execute(select(Entry.status, Entry.ended_at)).one()
    assert (row.status, row.ended_at) == ("已移出（期满）", datetime(2025, 10, 6, tzinfo=SHANGHAI))
