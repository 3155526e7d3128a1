"""Verdicts where a rule has more than one side."""

import pytest

from engine.bpmn.findings import Finding
from engine.bpmn.lint import Surroundings, lint
from engine.bpmn.reader import read_diagram
from tests.engine.bpmn.lint.pages import diagram

LEGAL = (
    "<bpmn:extensionElements><zeebe:properties>"
    '<zeebe:property name="legal" value="true"/>'
    "</zeebe:properties></bpmn:extensionElements>"
)


def found(piece: str, rule: str, surroundings: Surroundings | None = None) -> list[Finding]:
    findings = lint(read_diagram(diagram(piece), "x.bpmn"), surroundings)
    return [finding for finding in findings if finding.rule == rule]


def with_due_date(due: str, *, legal: bool = False) -> str:
    return f"""<bpmn:process id="process" isExecutable="true">{LEGAL if legal else ""}
    <bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:userTask id="task"><bpmn:extensionElements>
      <zeebe:taskSchedule dueDate="{due.replace('"', "&quot;")}"/>
    </bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
    <bpmn:sequenceFlow id="f2" sourceRef="task" targetRef="end"/></bpmn:process>"""


@pytest.mark.parametrize(
    "due",
    [
        '=served_date + duration("P15D")',
        "=add working days(served_date, 7)",
        '=add natural days(date(get value(acts[1], "served_date")), 15, true)',
        "=add months(served_date, 6)",
        '=now() + duration("PT72H")',
    ],
)
def test_a_number_of_days_in_a_due_date_is_an_error_where_the_law_prescribes_it(due):
    assert [f.level for f in found(with_due_date(due, legal=True), "literal-deadline")] == ["error"]
    assert [f.level for f in found(with_due_date(due), "literal-deadline")] == ["warning"]


@pytest.mark.parametrize(
    "due",
    [
        '=deadline("DEFENCE", served_date)',
        "=add working days(served_date, days)",
        '=now() + duration("PT2H")',
        "=P7D",
    ],
)
def test_a_named_period_a_variable_and_hours_may_stand_in_a_due_date(due):
    expected = ["error"] if due == "=P7D" else []
    assert [f.level for f in found(with_due_date(due, legal=True), "literal-deadline")] == expected


def test_an_unknown_function_is_named_with_the_one_probably_meant():
    [finding] = found(with_due_date('=daedline("DEFENCE", served_date)'), "expression")
    assert "「daedline」" in finding.zh
    assert "deadline" in finding.zh.replace("daedline", "")


def test_a_function_of_the_surroundings_is_known():
    piece = with_due_date('=bureau day("DEFENCE")')
    assert found(piece, "expression") != []
    assert found(piece, "expression", Surroundings(functions={"bureau day"})) == []


def test_a_check_is_feel_without_a_sign_too():
    piece = with_due_date("=today()").replace(
        "<zeebe:taskSchedule",
        '<zeebe:properties><zeebe:property name="check:金额不符" value="amount &gt;"/>'
        "</zeebe:properties><zeebe:taskSchedule",
    )
    [finding] = found(piece, "expression")
    assert "check:金额不符" in finding.zh


def test_a_condition_in_the_language_of_another_engine_is_refused():
    piece = """<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/><bpmn:endEvent id="other"/>
    <bpmn:exclusiveGateway id="gateway" default="f3"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="gateway"/>
    <bpmn:sequenceFlow id="f2" sourceRef="gateway" targetRef="end">
      <bpmn:conditionExpression>${accepted}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f3" sourceRef="gateway" targetRef="other"/>"""
    [finding] = found(piece, "expression")
    assert "请以 = 开头" in finding.zh


@pytest.mark.parametrize(
    "event", ["terminateEventDefinition", 'signalEventDefinition signalRef="s"']
)
def test_what_our_own_specs_do_is_allowed_though_the_library_does_not(event):
    piece = f"""<bpmn:process id="process" isExecutable="true"><bpmn:startEvent id="start"/>
    <bpmn:endEvent id="end"><bpmn:{event}/></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="end"/></bpmn:process>
    <bpmn:signal id="s" name="calendar_changed"/>"""
    assert found(piece, "unsupported-element") == []


def test_of_a_lost_part_only_its_beginning_is_reported():
    piece = """<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:manualTask id="lost"/><bpmn:manualTask id="lost_too"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="end"/>
    <bpmn:sequenceFlow id="f2" sourceRef="lost" targetRef="lost_too"/>
    <bpmn:sequenceFlow id="f3" sourceRef="lost_too" targetRef="end"/>"""
    assert [finding.place.element for finding in found(piece, "unreachable")] == ["lost"]


def test_a_loop_from_which_nothing_leads_away_is_found_though_it_has_no_beginning():
    piece = """<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:manualTask id="a"/><bpmn:manualTask id="b"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="end"/>
    <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
    <bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="a"/>"""
    assert [finding.place.element for finding in found(piece, "unreachable")] == ["a"]


def test_a_condition_behind_a_task_is_found_with_the_line_of_the_flow():
    piece = """<bpmn:startEvent id="start"/>
<bpmn:endEvent id="end"/>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="end">
  <bpmn:conditionExpression>=yes</bpmn:conditionExpression></bpmn:sequenceFlow>"""
    [finding] = found(piece, "ignored-condition")
    assert (finding.place.line, finding.place.element) == (5, "f1")


def test_everything_wrong_is_said_at_once():
    piece = """<bpmn:complexGateway id="gateway"/><bpmn:serviceTask id="job"/>
    <bpmn:sequenceFlow id="f1" sourceRef="gateway" targetRef="nowhere"/>"""
    findings = lint(read_diagram(diagram(piece), "x.bpmn"))
    assert {finding.rule for finding in findings if finding.level == "error"} >= {
        "unsupported-element",
        "job-type",
        "flow-to-nowhere",
        "no-start",
    }


@pytest.mark.parametrize(
    ("kind", "text", "is_right"),
    [
        ("timeDate", "2026-03-01T09:00:00+08:00", True),
        ("timeDate", "2026-03-01T09:00:00+08:00[Asia/Shanghai]", True),
        ("timeDate", "1. März", False),
        ("timeDuration", "P1Y2M3DT4H5M6.5S", True),
        ("timeDuration", "P2W", True),
        ("timeDuration", "PT", False),
        ("timeDuration", "7D", False),
        ("timeCycle", "R/PT1H", True),
        ("timeCycle", "R3/2026-01-01T00:00:00+08:00/P1D", True),
        ("timeCycle", "0 0 9 * * *", False),
    ],
)
def test_constants_of_a_start_timer(kind, text, is_right):
    piece = f"""<bpmn:startEvent id="start"><bpmn:timerEventDefinition>
    <bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:endEvent id="end"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="end"/>"""
    assert (found(piece, "timer") == []) is is_right
