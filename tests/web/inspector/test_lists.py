"""Incidents, deadlines, timers and jobs of all instances."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("list_", ["incidents", "deadlines", "timers", "jobs"])
def test_an_empty_list_says_what_will_stand_there(head, text_of, list_):
    assert "cx-empty" in text_of(head.get(f"/inspector/{list_}"))


def test_deadlines_open_on_what_is_overdue(bureau, head, text_of):
    bureau.start()
    bureau.clock.advance_to("2026-02-13 00:00")
    page = text_of(head.get("/inspector/deadlines"))
    assert "逾期 1 个工作日" in page
    assert "CHECK" in page


def test_a_task_due_before_a_long_holiday_is_overdue_on_its_first_day(bureau, head, text_of):
    # given a task due on the last working day before the Spring Festival
    bureau.clock.advance_to("2026-02-11 10:00")
    bureau.start()
    # when the holiday begins, no working day has passed and yet it is late
    bureau.clock.advance_to("2026-02-15 10:00")
    page = text_of(head.get("/inspector/deadlines?kind=overdue"))
    assert "已逾期，其后尚无工作日" in page
    assert "今日 24:00 到期" not in page


def test_periods_and_tasks_to_come_stand_in_one_list_the_nearest_first(bureau, head, text_of):
    heard = bureau.start(case_no="甲")
    bureau.complete(heard)
    bureau.start(case_no="乙")
    page = text_of(head.get("/inspector/deadlines?kind=upcoming"))
    assert page.index("check_case") < page.index("HEARING")
    assert "期间届满" in page


def test_many_deadlines_go_on_page_by_page(bureau, head, text_of):
    import re

    for _ in range(52):
        bureau.start()
    first = text_of(head.get("/inspector/deadlines?kind=upcoming"))
    following = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = text_of(head.get(following))
    found = [
        re.findall(r'data-row-link href="/inspector/instances/(\d+)', p) for p in (first, second)
    ]
    assert (len(found[0]), len(found[1])) == (50, 2)
    assert not set(found[0]) & set(found[1])


def test_a_timer_at_midnight_is_written_as_the_end_of_the_day_before(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    page = text_of(head.get("/inspector/timers"))
    assert "2026-02-28 24:00" in page
    assert "=end of day(heard_until)" in page


def test_lists_show_only_what_one_may_see(bureau, client_as, text_of):
    case = bureau.start()
    bureau.complete(case)
    stranger = client_as("dz_xb02")
    for list_ in ("deadlines", "timers", "jobs", "incidents"):
        assert "cx-empty" in text_of(stranger.get(f"/inspector/{list_}"))


def test_the_navigation_counts_incidents_as_an_alarm(bureau, head, text_of):
    stuck = bureau.start("stuck", limit=None)
    with pytest.raises(Exception, match="fork"):
        bureau.complete(stuck, answer=7)
    assert "cx-nav-alarm" in text_of(head.get("/inspector")) or "alarm" in text_of(
        head.get("/inspector")
    )
