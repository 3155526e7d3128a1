from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.calendar import national_calendar
from engine.clock import SHANGHAI, VirtualClock
from engine.runtime import Runtime
from engine.runtime.models import CalendarNotice, HistoryRecord, UserTask
from web.admin.calendar_views import next_year_missing
from web.admin.entering import entered

NEW_YEAR = "/admin/calendars/new"
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕7号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假，共8天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假，共5天。4月25日（周日）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假，共7天。9月26日（周日）、10月9日（周六）上班。
"""
GUICHI = "CZ/CZ-GC/"
Browser = Callable[[str], FlaskClient]


def entered_by(client: FlaskClient, **fields: str) -> str:
    """Enter a notice. Gives the address of its page."""
    answer = client.post(NEW_YEAR, data={"keep": "1", **fields})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.headers["Location"]


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def due_of(runtime: Runtime) -> tuple[date, bool]:
    with runtime.reading() as connection:
        row = connection.execute(select(UserTask.due_date, UserTask.due_provisional)).one()
    return row.due_date, row.due_provisional


def test_the_year_shows_rest_days_make_up_days_and_what_is_provisional(
    client_as: Browser,
) -> None:
    this_year = text_of(client_as("gc_xb01"), "/admin/calendars?year=2026")
    next_year = text_of(client_as("gc_xb01"), "/admin/calendars?year=2027")

    assert 'title="2026-02-14 调休上班' in this_year
    assert 'title="2026-02-17 法定节假日' in this_year
    assert 'title="2026-03-02 工作日"' in this_year
    assert 'title="2027-03-01 工作日 · 暂定"' in next_year
    assert "日历不含这一年" in text_of(client_as("gc_xb01"), "/admin/calendars?year=1900")


def test_a_pasted_notice_is_checked_before_it_is_entered(client_as: Browser) -> None:
    keeper = client_as("cz_lc01")
    wrong = NOTICE.replace("10月1日（周五）", "10月1日（周四）")

    page = keeper.post(NEW_YEAR, data={"text": wrong, "keep": "1"}).get_data(as_text=True)

    assert "有错误，不能录入" in page
    assert "2027-10-01 不是星期四" in page
    assert "录入，送批准" not in page
    assert "还没有录入过" in text_of(keeper, "/admin/calendars")


def test_a_right_notice_is_entered_by_one_and_approved_by_another(
    client_as: Browser, runtime: Runtime, case: int
) -> None:
    address = entered_by(client_as("cz_lc01"), text=NOTICE)
    assert due_of(runtime) == (date(2026, 12, 29), True)

    assert "您录入的，须由另一人批准" not in text_of(client_as("cz_xb02"), address)
    assert "1 项由暂定变为确定" in text_of(client_as("cz_xb02"), address)
    done = client_as("cz_xb02").post(f"{address}/approve")

    assert "重算 1 项" in done.get_data(as_text=True)
    assert due_of(runtime) == (date(2026, 12, 29), False)
    with runtime.reading() as connection:
        notice = connection.execute(select(CalendarNotice)).one()
        record = connection.execute(
            select(HistoryRecord).where(HistoryRecord.event == "deadline_recomputed")
        ).one()
    assert (notice.entered_by, notice.approved_by, notice.year) == ("cz_lc01", "cz_xb02", 2027)
    assert (record.instance_key, record.user, record.reason) == (case, "cz_xb02", notice.title)
    assert "没有期限变动" in text_of(client_as("cz_xb02"), address)


def test_days_that_come_earlier_are_marked_before_they_count(
    client_as: Browser, runtime: Runtime, case: int
) -> None:
    """Given a weekend on which Guichi works, when it is approved, the due day comes earlier."""
    address = entered_by(
        client_as("cz_lc01"), title="贵池区年末加班", rows="2026-12-26 上班", unit=GUICHI
    )

    preview = text_of(client_as("gc_xb02"), address)
    assert "1 项改期，其中提前 1 项" in preview
    assert "2026-12-29（周二）" in preview
    assert "2026-12-28（周一）" in preview
    assert due_of(runtime)[0] == date(2026, 12, 29)

    client_as("gc_xb02").post(f"{address}/approve")

    assert due_of(runtime)[0] == date(2026, 12, 28)


def test_nobody_approves_what_they_entered_or_what_holds_elsewhere_or_twice(
    client_as: Browser,
) -> None:
    national = entered_by(client_as("cz_lc01"), text=NOTICE)

    assert client_as("cz_lc01").post(f"{national}/approve").status_code == 403
    assert client_as("gc_xb02").post(f"{national}/approve").status_code == 403
    assert client_as("cz_xb02").post(f"{national}/approve").status_code == 200
    assert client_as("cz_xb02").post(f"{national}/approve").status_code == 403


def test_those_who_do_not_keep_calendars_only_look(client_as: Browser) -> None:
    clerk = client_as("gc_xb01")
    assert "录入放假安排" not in text_of(clerk, "/admin/calendars")
    assert clerk.get(NEW_YEAR).status_code == 403
    assert clerk.post(NEW_YEAR, data={"text": NOTICE, "keep": "1"}).status_code == 403
    assert client_as("gc_sd01").get("/admin/calendars").status_code == 403


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2027-02-30 放假", "没有 2027-02-30 这一天"),
        ("2027-01-03 … 2027-01-01 放假", "先后颠倒"),
        ("元旦放假", "应写成"),
        ("2027-01-01 放假\n2027-01-01 上班", "第 2 行：2027-01-01 写了两次"),
        ("2027-01-01 … 2037-01-01 放假", "日期过多"),
        ("", "还没有写日期"),
    ],
)
def test_rows_that_cannot_be_read_say_where_and_why(rows: str, said: str) -> None:
    found = entered({"title": "某通知", "rows": rows})
    assert not found.is_acceptable
    assert said in "".join(finding.zh for finding in found.findings)


def test_rows_are_spans_of_rest_and_work() -> None:
    found = entered(
        {"title": "某通知", "rows": "2027-01-01 … 2027-01-03 放假 元旦\n\n2027-01-09 上班"}
    )
    assert found.is_acceptable
    assert [(day.day.day, day.working, day.name) for day in found.days] == [
        (1, False, "元旦"),
        (2, False, "元旦"),
        (3, False, "元旦"),
        (9, True, "某通知"),
    ]


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 14), None),
        (date(2026, 10, 15), (2027, False)),
        (date(2026, 12, 9), (2027, False)),
        (date(2026, 12, 10), (2027, True)),
        (date(2025, 12, 10), None),
    ],
)
def test_next_year_is_asked_for_from_october_on(
    today: date, missing: tuple[int, bool] | None
) -> None:
    assert next_year_missing(today, national_calendar()) == missing


def test_the_keeper_is_told_on_every_page_until_it_is_approved(
    client_as: Browser, clock: VirtualClock
) -> None:
    sentence = "2027 年放假安排尚未录入批准"
    clock.advance_to(datetime(2026, 12, 23, 9, tzinfo=SHANGHAI))
    keeper = client_as("cz_lc01")
    assert sentence in text_of(keeper, "/admin/users")
    assert "cx-flash-error" in text_of(keeper, "/admin/users")
    assert sentence not in text_of(client_as("gc_xb01"), "/admin/calendars")

    address = entered_by(keeper, text=NOTICE)
    assert sentence in text_of(keeper, "/admin/users")
    client_as("cz_xb02").post(f"{address}/approve")

    assert sentence not in text_of(keeper, "/admin/users")
