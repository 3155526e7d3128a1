"""What is kept of an evaluation."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from engine.dmn import DecisionTable, InputValue, read_decisions
from tests.engine.dmn.builder import ask, definitions, input_data, literal, table

GRADED = table([(["< 10"], ['"low"']), ([">= 10"], ['"high"'])], name="grade", inputs=("score",))


def test_a_table_keeps_what_it_asked_and_which_rule_answered() -> None:
    answer = ask(GRADED, "grade", score=7)
    assert answer.inputs == (InputValue(label="score", expression="score", value=Decimal(7)),)
    [rule] = answer.matched
    assert (rule.index, rule.rule_id, rule.annotation) == (1, "r1", "note 1")
    assert rule.outputs == {"y": "low"}


def test_the_evidence_of_required_decisions_is_inside() -> None:
    body = GRADED + literal("letter", 'if grade = "low" then bonus else 0', ["grade"])
    answer = ask(body, "letter", score=7, bonus=3)
    assert answer.result == 3
    assert [required.decision_id for required in answer.required] == ["grade"]
    assert answer.inputs == (InputValue(label="bonus", expression="bonus", value=3),)


def test_a_decision_two_others_need_is_evaluated_once() -> None:
    body = (
        GRADED
        + literal("a", "grade", ["grade"])
        + literal("b", "grade", ["grade"])
        + literal("both", "[a, b]", ["a", "b"])
    )
    answer = ask(body, "both", score=10)
    assert answer.result == ["high", "high"]
    assert [found.decision_id for found in answer.walk()] == ["grade", "a", "b", "both"]


def test_a_table_inside_a_function_leaves_its_evidence_too() -> None:
    model = (
        '<businessKnowledgeModel id="rate" name="rate"><encapsulatedLogic>'
        '<formalParameter name="x"/><decisionTable id="rates"><input label="x"><inputExpression>'
        '<text>x</text></inputExpression></input><output name="y"/>'
        '<rule id="one"><inputEntry><text>1</text></inputEntry><outputEntry><text>0.5</text>'
        "</outputEntry></rule></decisionTable></encapsulatedLogic></businessKnowledgeModel>"
    )
    answer = ask(
        model + literal("total", "rate(n) * 10", ["!rate", "@n"]) + input_data("n"), "total", n=1
    )
    assert answer.result == Decimal("5.0")
    assert [found.matched[0].rule_id for found in answer.required] == ["one"]


def test_why_a_value_is_null_is_kept() -> None:
    answer = ask(literal("sum", "a + b"), "sum", a=1)
    assert answer.result is None
    assert answer.warnings


def test_the_version_of_the_file_is_part_of_the_evidence() -> None:
    xml = definitions(GRADED)
    answer = read_decisions(xml, "grades.dmn").evaluate("grade", {"score": 7})
    assert (answer.file, answer.file_hash) == ("grades.dmn", sha256(xml).hexdigest())


def test_logic_of_every_kind_says_what_it_read() -> None:
    context = (
        '<decision id="t" name="t"><context><contextEntry><variable name="a"/><literalExpression>'
        "<text>base + 1</text></literalExpression></contextEntry><contextEntry><literalExpression>"
        "<text>a * rate</text></literalExpression></contextEntry></context></decision>"
    )
    answer = ask(context, base=1, rate=3, other=9)
    assert answer.result == 6
    assert [(one.label, one.value) for one in answer.inputs] == [("base", 1), ("rate", 3)]


def test_evidence_leads_back_to_the_logic_that_gave_it() -> None:
    read = read_decisions(definitions(GRADED + literal("letter", "grade", ["grade"])), "g.dmn")
    graded, letter = read.evaluate("letter", {"score": 7}).walk()
    assert isinstance(read.logic_of(graded.decision_id, graded.file_hash), DecisionTable)
    assert not isinstance(read.logic_of(letter.decision_id), DecisionTable)
    assert read.logic_of("nobody") is None
    assert read.logic_of("letter", "another file") is None
