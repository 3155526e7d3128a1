from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from engine.clock import SHANGHAI, SystemClock, VirtualClock
from engine.runtime import Runtime
from web.prepare import follow_database

Browser = Callable[[str], FlaskClient]


def test_the_page_shows_the_time_and_what_comes_next(client_as: Browser, case: int) -> None:
    page = client_as("cz_lc01").get("/admin/clock").get_data(as_text=True)
    assert "虚拟时间：2026-12-22 09:00" in page
    assert "到下一个到期时刻" in page
    assert "check" in page


def test_the_clock_goes_on_to_an_instant(client_as: Browser, clock: VirtualClock) -> None:
    said = client_as("cz_lc01").post(
        "/admin/clock", data={"instant": "2026-12-24T10:30"}, follow_redirects=True
    )
    assert clock.now() == datetime(2026, 12, 24, 10, 30, tzinfo=SHANGHAI)
    assert "时钟已走到 2026-12-24 10:30" in said.get_data(as_text=True)


def test_the_clock_goes_on_to_what_is_due_next(
    client_as: Browser, runtime: Runtime, clock: VirtualClock, case: int
) -> None:
    due_at = runtime.next_due_at()
    assert due_at is not None
    client_as("gc_xb02").post("/admin/clock", data={"to": "next"})
    assert clock.now() == due_at


def test_the_clock_does_not_go_back_nor_too_far_nor_nowhere(
    client_as: Browser, clock: VirtualClock
) -> None:
    before = clock.now()
    for written, said in (
        ("2026-12-21T09:00", "时钟不能倒走"),
        ("2036-12-21", "一次最多拨快 400 天"),
        ("明天", "请写明日期或时刻"),
        ("", "请写明日期或时刻"),
    ):
        answer = client_as("cz_lc01").post(
            "/admin/clock", data={"instant": written}, follow_redirects=True
        )
        assert said in answer.get_data(as_text=True)
    assert clock.now() == before


def test_the_top_bar_says_that_time_is_virtual_and_leads_to_the_clock(
    client_as: Browser,
) -> None:
    owner = client_as("cz_lc01").get("/admin/users").get_data(as_text=True)
    clerk = client_as("gc_xb01").get("/admin/calendars").get_data(as_text=True)
    assert '<a class="cx-virtual" href="/admin/clock"' in owner
    assert '<span class="cx-virtual">' in clerk


def test_only_some_may_move_the_clock(client_as: Browser, clock: VirtualClock) -> None:
    before = clock.now()
    answer = client_as("gc_xb01").post("/admin/clock", data={"instant": "2026-12-24"})
    assert answer.status_code == 403
    assert clock.now() == before


def test_by_the_system_clock_the_page_says_how_to_rehearse(
    app: Flask, runtime: Runtime, client_as: Browser
) -> None:
    runtime.clock = SystemClock()
    owner = client_as("cz_lc01")
    assert "chengxin run --clock" in owner.get("/admin/clock").get_data(as_text=True)
    assert "cx-virtual" not in owner.get("/admin/users").get_data(as_text=True)
    answer = owner.post("/admin/clock", data={"instant": "2036-01-01"}, follow_redirects=True)
    assert "时钟是系统时钟，不能拨动" in answer.get_data(as_text=True)


def test_a_virtual_clock_goes_on_where_the_database_stopped(runtime: Runtime, case: int) -> None:
    """Given cases of the 22nd, when the server starts again on the 1st, it is the 22nd."""
    again = Runtime(runtime.engine, VirtualClock(datetime(2026, 12, 1, tzinfo=SHANGHAI)))
    stopped_at = datetime(2026, 12, 22, 9, 0, tzinfo=SHANGHAI)

    assert follow_database(again) == stopped_at
    assert again.clock.now() == stopped_at
    assert follow_database(again) is None
