"""Decision services: asked from outside, called from FEEL, invoked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, WrongType
from tests.engine.dmn.builder import ask, input_data, literal, service, table, typed

PARTS = (
    input_data("amount", "number")
    + literal("rate", "0.1")
    + literal("fine", "amount * rate", ["@amount", "rate"])
    + literal("due", "amount + fine", ["@amount", "fine"])
)
WHOLE = service("whole", ["due"], data=["amount"])
GIVEN = service("given", ["due"], data=["amount"], inputs=["rate"])


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("whole(100)", 110),
        ("whole(amount: 100)", 110),
        ("given(100, 0.5)", 150),
        ("given(rate: 0.5, amount: 100)", 150),
        ('whole("much")', None),
        ("whole()", None),
        ("[whole(1), whole(2)][2]", Decimal("2.2")),
    ],
)
def test_a_service_is_called_as_a_function(call: str, result: object) -> None:
    body = PARTS + WHOLE + GIVEN + literal("t", call, ["!whole", "!given"])
    assert ask(body).result == result


def test_a_service_sees_nothing_but_its_arguments() -> None:
    body = PARTS + WHOLE + literal("t", "whole(null)", ["!whole"])
    assert ask(body, amount=100).result is None


def test_a_service_is_invoked_by_the_names_of_its_parameters() -> None:
    invoked = (
        '<decision id="t" name="t"><knowledgeRequirement><requiredKnowledge href="#given"/>'
        "</knowledgeRequirement><invocation><literalExpression><text>given</text>"
        '</literalExpression><binding><parameter name="rate"/><literalExpression><text>1</text>'
        '</literalExpression></binding><binding><parameter name="amount"/><literalExpression>'
        "<text>100</text></literalExpression></binding></invocation></decision>"
    )
    assert ask(PARTS + GIVEN + invoked).result == 200


def test_several_output_decisions_answer_by_name() -> None:
    both = service("both", ["fine", "due"], data=["amount"])
    assert ask(PARTS + both, "both", amount=100).result == {"fine": 10, "due": 110}


def test_the_result_of_a_service_has_its_type() -> None:
    assert ask(PARTS + service("s", ["due"], result="list"), "s", amount=10).result == [11]
    with pytest.raises(WrongType):
        ask(PARTS + service("s", ["due"], result="string"), "s", amount=10)


def test_the_evidence_of_a_service_holds_its_decisions() -> None:
    graded = table([(["< 10"], ['"low"'])], name="grade", inputs=("score",))
    body = (
        input_data("score", "number")
        + graded
        + service("grading", ["grade"], data=["score"])
        + literal("t", "grading(3)", ["!grading"])
    )
    answer = ask(body)
    assert [one.decision_id for one in answer.walk()] == ["grade", "grading", "t"]
    assert [rule.rule_id for one in answer.walk() for rule in one.matched] == ["r1"]


def test_a_service_that_calls_itself_without_end_is_stopped() -> None:
    again = (
        input_data("n", "number")
        + typed("next", "number", "again(n + 1)", ["@n", "!again"])
        + service("again", ["next"], data=["n"])
    )
    with pytest.raises(DecisionFailed) as caught:
        ask(again, "again", n=1)
    assert "40" in caught.value.message("en")
