"""Deadlines that a job works out stay with the variables it brings them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from engine.runtime import JobContext, job_handler
from engine.runtime.models import DeadlineRecord
from tests.builders.diagram import diagram, end, service_task, start, user_task
from tests.engine.runtime.conftest import Desk

DEADLINES = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f"
 namespace="t"><decision id="deadlines" name="deadlines"><decisionTable id="t" hitPolicy="FIRST">
 <input id="i"><inputExpression id="e"><text>key</text></inputExpression></input>
 <output id="o1" name="amount" typeRef="number"/><output id="o2" name="unit" typeRef="string"/>
 <output id="o3" name="roll" typeRef="string"/>
 <rule id="r1"><inputEntry id="c1"><text></text></inputEntry><outputEntry id="c2"><text>7</text>
 </outputEntry><outputEntry id="c3"><text>"WD"</text></outputEntry><outputEntry id="c4"><text>null
 </text></outputEntry></rule></decisionTable></decision></definitions>"""


@job_handler("test.two_deadlines")
def _two_deadlines(job: JobContext) -> Mapping[str, object]:
    start_date = date(2024, 4, 8)
    publish, serve = job.deadline("PUBLISH", start_date), job.deadline("SERVE", start_date)
    return {"number": "1", "publish_due": publish, "serve_due": serve}


def test_each_deadline_of_a_job_belongs_to_the_variable_that_holds_it(desk: Desk) -> None:
    # given a job that brings a number and two deadlines of the same day
    desk.deploy(
        ("deadlines.dmn", DEADLINES),
        diagram(
            "p", start(), service_task("enter", "test.two_deadlines"), user_task("look"), end(),
            flows="start -> enter -> look -> end",
        ),
    )  # fmt: skip
    # when it has run
    desk.start("p")
    # then the arithmetic of each is kept with its own variable
    with desk.runtime.reading() as connection:
        rows = connection.execute(select(DeadlineRecord).order_by(DeadlineRecord.key)).all()
    assert [(row.rule, row.variable) for row in rows] == [
        ("PUBLISH", "publish_due"),
        ("SERVE", "serve_due"),
    ]
