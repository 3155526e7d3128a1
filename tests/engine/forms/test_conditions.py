"""What is hidden is neither asked nor submitted."""

from __future__ import annotations

import pytest

from tests.engine.forms.making import answered, field, form, options, refused

EXPENSE = form(
    field("select", "kind", values=options("travel", "custom")),
    field(
        "textfield",
        "place",
        conditional={"hide": '=not(kind = "travel")'},
        validate={"required": True},
    ),
    field("textfield", "other", conditional={"hide": '=not(kind = "custom")'}),
)


def test_a_hidden_field_is_not_required_and_its_value_is_dropped():
    answers = answered(EXPENSE, {"kind": "custom", "place": "合肥", "other": "x"})
    assert answers == {"kind": "custom", "other": "x"}
    assert refused(EXPENSE, {"kind": "travel", "place": ""})[0].path == "place"


def test_a_negation_hides_while_nothing_is_known():
    # given form-js's unary tests: not(null) is true
    read = form(field("textfield", "x", conditional={"hide": "=not(is_review)"}))
    assert answered(read, {"x": "1"}) == {}
    assert answered(read, {"x": "1"}, {"is_review": True}) == {"x": "1"}


@pytest.mark.parametrize("condition", ["=flag", "=flag = null and false", "=1 + null", '="true"'])
def test_only_exactly_true_hides(condition):
    read = form(field("textfield", "x", conditional={"hide": condition}))
    assert answered(read, {"x": "1"}) == {"x": "1"}


def test_a_null_can_be_asked_for():
    read = form(field("textfield", "x", conditional={"hide": "=flag = null"}))
    assert answered(read, {"x": "1"}) == {}
    assert answered(read, {"x": "1"}, {"flag": False}) == {"x": "1"}


def test_hiding_runs_through_a_chain_of_fields():
    # given c depends on b, and b on a
    read = form(
        field("textfield", "c", conditional={"hide": "=b = null"}),
        field("textfield", "b", conditional={"hide": "=a = null"}),
        field("number", "a"),
    )
    assert answered(read, {"a": "", "b": "x", "c": "y"}) == {"a": None}
    assert set(answered(read, {"a": "1", "b": "x", "c": "y"})) == {"a", "b", "c"}


def test_a_hidden_group_takes_everything_in_it_along():
    read = form(
        field("checkbox", "unit"),
        {
            "type": "group",
            "id": "g",
            "path": "party",
            "conditional": {"hide": "=not(unit)"},
            "components": [
                field("textfield", "name", validate={"required": True}),
                {
                    "type": "dynamiclist",
                    "id": "l",
                    "path": "people",
                    "components": [field("textfield", "n", validate={"required": True})],
                },
            ],
        },
    )
    submitted = {"unit": "", "party": {"name": "", "people": [{"n": ""}]}}
    assert answered(read, submitted) == {"unit": False}
    assert len(refused(read, {**submitted, "unit": "true"})) == 2


def test_two_fields_may_take_turns_with_one_key():
    read = form(
        field("checkbox", "unit"),
        field("textfield", "code", conditional={"hide": "=not(unit)"}),
        {**field("number", "code"), "id": "second", "conditional": {"hide": "=unit"}},
    )
    assert answered(read, {"unit": "true", "code": "A1"}) == {"unit": True, "code": "A1"}


def test_a_condition_that_never_settles_ends():
    read = form(
        field("textfield", "a", conditional={"hide": "=b != null"}),
        field("textfield", "b", conditional={"hide": "=a != null"}),
    )
    assert len(answered(read, {"a": "1", "b": "2"})) < 3
