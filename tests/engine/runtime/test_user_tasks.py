"""User tasks: opened, done by the right person, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.runtime.commands import ClaimTask, CommentCase, CompleteTask, SaveDraft
from engine.runtime.errors import (
    CompletionRefused,
    NotPermitted,
    SamePerson,
    TaskClaimed,
    TaskNotOpen,
)
from engine.runtime.models import Comment, HistoryRecord, ProcessInstance, TaskDraft, UserTask
from engine.runtime.queries.same_person import barred
from tests.builders.diagram import boundary_timer, diagram, end, gateway, start, user_task

if TYPE_CHECKING:
    from engine.clock import VirtualClock
    from engine.identity import User
    from tests.engine.runtime.conftest import Desk


def test_two_tasks_in_a_row_are_done_one_after_the_other(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("first"), user_task("second"), end(),
                flows="start -> first -> second -> end")
    )  # fmt: skip
    key = desk.start("p")
    assert desk.open_tasks() == ["first"]
    desk.complete("first", amount=Decimal("12.50"))
    assert desk.open_tasks() == ["second"]
    desk.complete("second")
    assert desk.state(key) == "completed"
    assert desk.variables(key) == {"amount": Decimal("12.50")}


def test_history_names_who_did_what(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    key = desk.start("p")
    desk.complete("t")
    with desk.runtime.reading() as connection:
        told = connection.execute(
            select(HistoryRecord.event, HistoryRecord.user, HistoryRecord.element_id)
            .where(HistoryRecord.instance_key == key)
            .order_by(HistoryRecord.key)
        ).all()
    assert told == [
        ("instance_started", "clerk", None),
        ("task_completed", "clerk", "t"),
        ("instance_completed", None, "end"),
    ]


def test_a_remark_and_a_draft_keep_their_author(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    key = desk.start("p")
    desk.runtime.execute(CommentCase(instance_key=key, user=desk.clerk, text="请尽快"))
    desk.runtime.execute(
        SaveDraft(task_key=desk.task("t"), user=desk.clerk, submitted=[("party.name", "示例")])
    )
    with desk.runtime.reading() as connection:
        assert connection.scalars(select(Comment.user)).all() == ["clerk"]
        draft = connection.execute(select(TaskDraft)).one()
    assert (draft.user, draft.submitted) == ("clerk", [["party.name", "示例"]])


def test_a_gateway_takes_the_way_whose_condition_holds(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("ask"), gateway("g"), user_task("big"), user_task("small"),
                end(), flows="start -> ask -> g; g -[amount > 100]-> big -> end;"
                             " g -[*]-> small -> end")
    )  # fmt: skip
    desk.start("p")
    desk.complete("ask", amount=Decimal(101))
    assert desk.open_tasks() == ["big"]


def test_a_task_of_another_group_cannot_be_done(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t", groups="leaders"), end(), flows="start -> t -> end")
    )
    desk.start("p")
    with pytest.raises(NotPermitted, match="办理「t」"):
        desk.complete("t")
    assert desk.open_tasks() == ["t"]


def test_a_county_does_not_do_the_tasks_of_the_city(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    desk.start("p")
    county = replace(
        desk.clerk, login="dz", organisation="CZ-DZ", organisation_path="CZ/CZ-DZ/",
        bureau_path="CZ/CZ-DZ/",
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        desk.complete("t", user=county)


def test_a_task_that_somebody_claimed_is_not_done_by_another(desk: Desk) -> None:
    desk.deploy(diagram("p", start(), user_task("t"), end(), flows="start -> t -> end"))
    desk.start("p")
    other = replace(desk.clerk, login="other")
    desk.runtime.execute(ClaimTask(task_key=desk.task("t"), user=other))
    with pytest.raises(TaskClaimed, match="other"):
        desk.complete("t")


def test_a_second_completion_is_refused_and_changes_nothing(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("a"), user_task("b"), end(), flows="start -> a -> b -> end")
    )
    desk.start("p")
    task = desk.task("a")
    desk.complete("a")
    with pytest.raises(TaskNotOpen):
        desk.runtime.execute(CompleteTask(task_key=task, user=desk.clerk))
    assert desk.open_tasks() == ["b"]


def test_whoever_did_the_first_step_may_not_review_it(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("draft"),
                user_task("review", properties={"notSamePersonAs": "draft"}), end(),
                flows="start -> draft -> review -> end")
    )  # fmt: skip
    desk.start("p")
    desk.complete("draft")
    with pytest.raises(SamePerson, match="draft"):
        desk.complete("review")
    desk.complete("review", user=replace(desk.clerk, login="other"))
    assert desk.open_tasks() == []


def test_a_check_of_the_diagram_holds_whatever_way_the_task_is_completed(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(),
                user_task("sign", properties={"check:签发日期不得早于期满": "=day > limit"}), end(),
                flows="start -> sign -> end")
    )  # fmt: skip
    desk.start("p", limit=date(2026, 2, 10))
    with pytest.raises(CompletionRefused, match="签发日期不得早于期满"):
        desk.complete("sign", day=date(2026, 2, 10))
    desk.complete("sign", day=date(2026, 2, 11))


def test_a_due_day_ends_at_its_midnight(desk: Desk) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t", due="=add working days(today(), 5)"), end(),
                flows="start -> t -> end")
    )  # fmt: skip
    desk.start("p")
    with desk.runtime.reading() as connection:
        task = connection.execute(select(UserTask)).one()
    assert task.due_date == date(2026, 2, 14)
    assert task.due_at.replace(tzinfo=None) == datetime(2026, 2, 15)


def test_a_passed_deadline_wins_over_a_late_click(desk: Desk, clock: VirtualClock) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"), boundary_timer("late", "t", "=end of day(limit)"),
                user_task("expired"), end(),
                flows="start -> t -> end; late -> expired -> end")
    )  # fmt: skip
    desk.start("p", limit=date(2026, 2, 9))
    task = desk.task("t")
    # given a scheduler that was late
    clock.advance_to("2026-02-10T00:00:00")
    # when the person clicks all the same
    with pytest.raises(TaskNotOpen):
        desk.runtime.execute(CompleteTask(task_key=task, user=desk.clerk))
    # then the deadline has its way
    desk.runtime.sweep()
    assert desk.open_tasks() == ["expired"]


def test_one_second_before_its_deadline_a_task_is_in_time(desk: Desk, clock: VirtualClock) -> None:
    desk.deploy(
        diagram("p", start(), user_task("t"), boundary_timer("late", "t", "=end of day(limit)"),
                user_task("expired"), end(),
                flows="start -> t -> end; late -> expired -> end")
    )  # fmt: skip
    key = desk.start("p", limit=date(2026, 2, 9))
    clock.advance_to("2026-02-09T23:59:59")
    desk.complete("t")
    assert desk.state(key) == "completed"


def test_a_step_of_another_procedure_about_the_matter_may_be_barred(desk: Desk) -> None:
    # given a decision on a case, and later procedures by its number or by that of its entry
    desk.deploy(
        ("decision.bpmn", diagram(
            "decision", start("begin"), user_task("sign"), end(), flows="begin -> sign -> end",
            properties={"businessKey": "=case_no"})),
        ("review.bpmn", diagram(
            "review", start("open"), user_task("look", properties={
                "notSamePersonAs": "decision/sign"}),
            end(), flows="open -> look -> end", properties={"businessKey": "=case_no"})),
        ("repair.bpmn", diagram(
            "repair", start("apply"), user_task("judge", properties={
                "notSamePersonAs": "decision/sign,decision/begin", "notSamePersonKey": "case_no"}),
            end(), flows="apply -> judge -> end", properties={"businessKey": "=entry_no"})),
    )  # fmt: skip
    other = replace(desk.clerk, login="other", name="另一人")
    for number in ("1", "2"):
        desk.start("decision", case_no=number)
        desk.complete("sign", user=desk.clerk if number == "1" else other)
    # when they come to the person who decided, they are refused, and shown as barred
    desk.start("review", case_no="1")
    repair = desk.start("repair", case_no="1", entry_no="E1")
    for task in ("look", "judge"):
        with pytest.raises(SamePerson, match="sign"):
            desk.complete(task)
        assert _barred(desk, task, desk.clerk) == "sign"
    desk.complete("look", user=other)
    # and who began the decision is barred from the repair as well as who signed it
    desk.complete("judge", user=other)
    assert desk.state(repair) == "completed"
    # but of another matter the same person may do them
    desk.start("review", case_no="3")
    assert _barred(desk, "look", desk.clerk) is None
    desk.complete("look")


def _barred(desk: Desk, element_id: str, user: User) -> str | None:
    with desk.runtime.reading() as connection:
        task = connection.execute(
            select(UserTask).where(UserTask.key == desk.task(element_id))
        ).one()
        instance = connection.execute(
            select(ProcessInstance).where(ProcessInstance.key == task.instance_key)
        ).one()
        deployed = desk.runtime.definitions.process(connection, instance.process_definition_key)
        element = deployed.process.elements[element_id]
        return barred(connection, user.login, [(task, element)]).get(task.key)
