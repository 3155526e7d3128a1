"""Dynamic lists: rows, lists in rows, and which row was which."""

from __future__ import annotations

from decimal import Decimal

from tests.engine.forms.making import answered, field, form, refused

ACTS = {
    "type": "dynamiclist",
    "id": "acts",
    "path": "acts",
    "label": "前置文书",
    "components": [
        field("textfield", "no", "文号", validate={"required": True}),
        field("number", "amount", "金额"),
    ],
}


def test_rows_are_typed_and_their_errors_say_which_row():
    read = form(ACTS)
    rows = {"acts": [{"no": "1", "amount": "2"}, {"no": "", "amount": "x"}]}
    errors = refused(read, rows)
    assert [(error.path, error.zh) for error in errors] == [
        ("acts[1].no", "「前置文书第 2 项 · 文号」未填写，请填写。"),
        ("acts[1].amount", "「前置文书第 2 项 · 金额」：「x」不是数字。"),
    ]
    assert answered(read, {"acts": rows["acts"][:1]}) == {
        "acts": [{"no": "1", "amount": Decimal(2)}]
    }


def test_an_empty_list_is_an_answer():
    assert answered(form(ACTS), {"acts": []}, {"acts": [{"no": "1"}]}) == {"acts": []}


def test_inside_a_row_its_own_values_are_this():
    # given nested lists with conditions on this, parent and i
    read = form(
        field("checkbox", "strict"),
        {
            "type": "dynamiclist",
            "id": "rows",
            "path": "rows",
            "components": [
                field("textfield", "kind"),
                field("textfield", "why", conditional={"hide": '=this.kind != "b"'}),
                {
                    "type": "dynamiclist",
                    "id": "inner",
                    "path": "inner",
                    "components": [
                        field("expression", "at", expression="=i"),
                        field("expression", "outer", expression="=parent.this.kind"),
                        field("expression", "root", expression="=strict"),
                    ],
                },
            ],
        },
    )
    answers = answered(
        read,
        {
            "strict": "true",
            "rows": [
                {"kind": "a", "why": "x", "inner": []},
                {"kind": "b", "why": "y", "inner": [{}, {}]},
            ],
        },
    )
    assert answers["rows"][0] == {"kind": "a", "inner": []}
    assert answers["rows"][1]["why"] == "y"
    assert answers["rows"][1]["inner"][1] == {
        "at": [Decimal(2), Decimal(2)],
        "outer": "b",
        "root": True,
    }


def test_a_row_keeps_what_the_form_does_not_know_of_it():
    # given two rows with a reference the form does not show
    known = {"acts": [{"no": "1", "ref": "x"}, {"no": "2", "ref": "y"}]}
    # when the first is removed and a new one added
    answers = answered(
        form(ACTS), {"acts": [{"_row": "1", "no": "2b"}, {"_row": "", "no": "3"}]}, known
    )
    # then the reference stays with its row
    assert answers == {
        "acts": [
            {"no": "2b", "ref": "y", "amount": None},
            {"no": "3", "amount": None},
        ]
    }


def test_a_row_cannot_be_claimed_twice():
    read = form({**ACTS, "components": [field("textfield", "no", readonly=True)]})
    answers = answered(
        read, {"acts": [{"_row": "0"}, {"_row": "0"}, {"_row": "7"}]}, {"acts": [{"no": "1"}]}
    )
    assert answers == {"acts": [{"no": "1"}, {"no": ""}, {"no": ""}]}


def test_rows_that_may_not_change_are_those_of_the_server():
    read = form({**ACTS, "allowAddRemove": False})
    known = {"acts": [{"no": "1"}, {"no": "2"}]}
    answers = answered(read, {"acts": [{"no": "a"}, {"no": "b"}, {"no": "c"}]}, known)
    assert [row["no"] for row in answers["acts"]] == ["a", "b"]
    assert [row["no"] for row in answered(read, {"acts": []}, known)["acts"]] == ["1", "2"]


def test_a_list_begins_with_its_default_rows():
    read = form({**ACTS, "defaultRepetitions": 2})
    assert len(read.defaults({})["acts"]) == 2
    assert read.defaults({"acts": []})["acts"] == []


def test_a_check_may_stand_on_a_list():
    read = form(
        {**ACTS, "properties": {"check": "=count(acts) > 0", "checkMessage": "至少登记一份"}}
    )
    (error,) = refused(read, {"acts": []})
    assert (error.path, error.zh) == ("acts", "「前置文书」：至少登记一份。")
