"""Stepping in, with a reason that stays."""

from __future__ import annotations

import pytest


def test_a_task_is_handed_on_and_the_history_says_from_whom_to_whom(
    bureau, head, client_as, text_of
):
    case = bureau.start()
    task = bureau.task_of(case)
    answer = head.post(
        f"/inspector/tasks/{task}/reassign", data={"assignee": "gc_xb01", "reason": "原经办人休假"}
    )
    assert answer.status_code == 302
    history = text_of(head.get(f"/inspector/instances/{case}?tab=history"))
    assert "原经办人休假" in history
    assert "陈建平" in history
    assert "人工干预" in history


def test_a_due_date_is_moved_and_both_days_are_shown(bureau, head, text_of):
    case = bureau.start()
    task = bureau.task_of(case)
    head.post(
        f"/inspector/tasks/{task}/due-date", data={"due_date": "2026-02-27", "reason": "等鉴定"}
    )
    history = text_of(head.get(f"/inspector/instances/{case}?tab=history"))
    assert "2026-02-12（周四）" in history
    assert "2026-02-27（周五）" in history
    page = text_of(head.get(f"/inspector/instances/{case}?tab=deadlines"))
    assert "已由人工变更" in page


def test_an_instance_is_ended_with_all_it_called(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    hearing = bureau.called_by(case)
    head.post(f"/inspector/instances/{case}/cancel", data={"reason": "重复登记"})
    assert (bureau.state_of(case), bureau.state_of(hearing)) == ("cancelled", "cancelled")
    assert "重复登记" in text_of(head.get(f"/inspector/instances/{case}?tab=history"))


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_happens_without_a_reason(bureau, head, reason):
    case = bureau.start()
    assert (
        head.post(f"/inspector/instances/{case}/cancel", data={"reason": reason}).status_code > 399
    )
    assert bureau.state_of(case) == "active"


def test_an_incident_is_dealt_with_and_says_by_whom(bureau, head, text_of):
    stuck = bureau.start("stuck", limit=None)
    with pytest.raises(Exception, match="fork"):
        bureau.complete(stuck, answer=7)
    assert "异常" in text_of(head.get("/inspector/incidents"))
    head.post(f"/inspector/incidents/{bureau.incident_of(stuck)}/retry")
    assert "没有异常" in text_of(head.get("/inspector/incidents"))
    assert "杨佳宁" in text_of(head.get("/inspector/incidents?state=resolved"))


def test_an_observer_sees_but_is_offered_nothing_and_refused_everything(bureau, observer, text_of):
    case = bureau.start()
    task = bureau.task_of(case)
    page = text_of(observer.get(f"/inspector/instances/{case}?tab=tasks"))
    assert "/reassign" not in page
    assert "/due-date" not in page
    assert "/cancel" not in page
    for address in (
        f"instances/{case}/cancel",
        f"tasks/{task}/reassign",
        f"tasks/{task}/due-date",
    ):
        assert observer.post(f"/inspector/{address}", data={"reason": "试"}).status_code == 403
    assert bureau.state_of(case) == "active"


def test_nobody_steps_into_another_bureau(bureau, client_as):
    case = bureau.start()
    task = bureau.task_of(case)
    stranger = client_as("dz_xb02")
    for address in (
        f"instances/{case}/cancel",
        f"tasks/{task}/reassign",
        f"tasks/{task}/due-date",
    ):
        data = {"reason": "试", "assignee": "gc_xb01", "due_date": "2026-03-02"}
        assert stranger.post(f"/inspector/{address}", data=data).status_code == 403
    assert bureau.state_of(case) == "active"


def test_a_clerk_has_no_inspector(client_as):
    assert client_as("gc_jb01").get("/inspector").status_code == 403
