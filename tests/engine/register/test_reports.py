"""Monthly reports in the register: kept, closed, sent on; and what a ticked row begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from engine.clock import SHANGHAI
from engine.identity import User
from engine.register.figures import board, months_between
from engine.register.models import ReportFile, ReportRow
from engine.runtime import Runtime
from engine.runtime.commands import CompleteTask, StartInstance
from engine.runtime.models import Incident, ProcessInstance, UserTask
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.task import variables_seen

Person = Callable[[str], User]
ROW = {
    "party_class": "unit",
    "name": "示例甲机械有限公司",
    "code": "91000000MA00000157",
    "kind": "责令",
    "doc_no": "池人社责字〔2025〕9号",
    "date": "2025-09-10",
    "amount": "32000.00",
    "criterion": 3,
    "suggest_listing": True,
}
"""A row as a form gives it."""


@pytest.fixture
def collecting(runtime: Runtime, person: Person) -> Runtime:
    """The collection of September 2025 has begun; it is the ninth of October."""
    runtime.execute(
        StartInstance(
            process_id="reporting", user=person("cz_xb01"), variables={"month": "2025-09"}
        )
    )
    runtime.sweep()
    return runtime


@pytest.fixture
def does(collecting: Runtime, person: Person) -> Callable[..., None]:
    """does("cz_jb01", "fill_report", "CZ-JB", answers): somebody completes a unit's task."""

    def complete(login: str, element: str, unit: str, answers: dict[str, object]) -> None:
        query = select(UserTask.key).where(
            UserTask.element_id == element, UserTask.organisation == unit,
            UserTask.state == "open",
        )  # fmt: skip
        with collecting.reading() as connection:
            key = connection.execute(query).scalar_one()
        collecting.execute(CompleteTask(task_key=key, user=person(login), variables=answers))
        collecting.sweep()

    return complete


def rows(runtime: Runtime, query: object) -> list[object]:
    with runtime.reading() as connection:
        return list(connection.execute(query).all())  # type: ignore[call-overload]


def test_a_report_is_kept_with_who_filled_it_in_and_who_reviewed_it(
    collecting: Runtime, does: Callable[..., None]
):
    # given a report that is filled in, and waits for its review
    does("cz_jb01", "fill_report", "CZ-JB", {"report": {"records": [ROW], "note": "一条"}})
    of_unit = select(ReportFile).where(ReportFile.unit == "CZ-JB")
    (waiting,) = rows(collecting, of_unit)
    assert (waiting.state, waiting.reported_at) == ("待审核", None)
    # when it is reviewed
    does("cz_jb02", "review_report", "CZ-JB", {"report_review": {"result": "通过"}})
    # then the one file has it all
    (file,) = rows(collecting, of_unit)
    assert (file.month, file.region, file.level, file.state) == (
        "2025-09", "341700", "unit", "已报",
    )  # fmt: skip
    assert (file.filled_by, file.reviewed_by) == ("cz_jb01", "cz_jb02")
    assert (file.due_date, file.late_working_days) == (date(2025, 10, 16), 0)
    assert file.reported_at == datetime(2025, 10, 9, 9, tzinfo=SHANGHAI)
    (row,) = rows(collecting, select(ReportRow).where(ReportRow.report_key == file.key))
    assert (row.party_name, row.criterion, row.proposed) == (ROW["name"], "3", True)
    assert (row.document_no, row.document_date) == (ROW["doc_no"], date(2025, 9, 10))


def test_a_ticked_row_begins_a_listing_that_knows_where_it_comes_from(
    collecting: Runtime, does: Callable[..., None]
):
    # given a functional area whose only unit reported a row it proposes, and one it does not
    other = {**ROW, "doc_no": "池人社责字〔2025〕10号", "suggest_listing": False}
    does("jh_jb01", "fill_report", "CZ-JH-JB", {"report": {"records": [other, ROW]}})
    does("jh_jb02", "review_report", "CZ-JH-JB", {"report_review": {"result": "通过"}})
    # when the contact sums up, with the ticks as they are proposed
    does("jh_jb01", "summarise_reports", "CZ-JH-JB", {})
    # then one listing begins, whose clue the unit completes
    (listing,) = rows(
        collecting, select(ProcessInstance).where(ProcessInstance.process_id == "listing")
    )
    (task,) = rows(collecting, select(UserTask).where(UserTask.instance_key == listing.key))
    assert (task.element_id, task.organisation) == ("complete_clue", "CZ-JH-JB")
    with collecting.reading() as connection:
        knows = variables_seen(connection, listing.key, task.token_id)
    assert (knows["source_unit"], knows["reporting_month"], knows["row_no"]) == (
        "CZ-JH-JB", "2025-09", 2,
    )  # fmt: skip
    assert knows["party"] == {
        "party_class": "unit", "name": ROW["name"], "code": ROW["code"],
    }  # fmt: skip
    assert knows["case"]["criteria"] == [3]
    assert knows["acts"] == [{"act_no": ROW["doc_no"], "act_date": date(2025, 9, 10)}]
    assert rows(collecting, select(Incident)) == []


def test_whoever_is_missing_is_overdue_in_the_figures(collecting: Runtime, person: Person):
    # given that nobody reports
    collecting.run_until(datetime(2025, 10, 21, 9, tzinfo=SHANGHAI))
    # when supervision looks three working days after the last day
    with collecting.reading() as connection:
        look = Reading(
            connection=connection, definitions=collecting.definitions,
            calendars=collecting.calendars, clock=collecting.clock,
        )  # fmt: skip
        months = months_between(date(2025, 9, 1), date(2025, 10, 1))
        made = board(look, person("cz_dc01"), months)
    # then every unit is a line of overdue tasks, and no report was in time
    reports = [line for line in made.overdue if line.owner[0] == "信息采集员" and line.most == 3]
    assert len(reports) == 18
    assert {line.steps[1:] for line in reports} == {(1, 0)}
    figure = next(
        f for s in made.sections for f in s.figures if f.kind.id == "units_reported_in_time"
    )
    assert (figure.total.total.value, figure.total.total.of) == (0, 18)
