"""Reading a form file: everything wrong with it is said at once, with its place."""

from __future__ import annotations

import pytest

from engine.forms import FormSchemaInvalid, read_form
from tests.engine.forms.making import field, form, text_of


def findings_of(text: str) -> dict:
    with pytest.raises(FormSchemaInvalid) as caught:
        read_form(text, "bad.form")
    return {finding.rule: finding for finding in caught.value.findings}


def test_a_form_knows_its_fields_by_dotted_path():
    # given a group with a path and a list below it
    read = form(
        field("textfield", "case_no", "案号"),
        {
            "type": "group",
            "id": "g",
            "path": "party",
            "components": [
                field("textfield", "name", "名称", properties={"importColumn": "单位名称|名称"}),
                {
                    "type": "dynamiclist",
                    "id": "l",
                    "path": "responsible",
                    "components": [field("number", "age", "年龄")],
                },
            ],
        },
    )
    # then each field says where it stands and what it holds
    assert [(one.path, one.type, one.in_list) for one in read.fields()] == [
        ("case_no", "text", False),
        ("party.name", "text", False),
        ("party.responsible.age", "number", True),
    ]
    assert list(read.import_columns()) == ["单位名称", "名称"]


def test_an_iframe_is_refused_with_its_line():
    found = findings_of(text_of({"type": "iframe", "id": "frame1", "url": "https://example.cn"}))
    assert found["iframe"].place.element == "frame1"
    assert found["iframe"].place.line == 7
    assert "iframe" in found["iframe"].zh


def test_all_errors_of_a_file_are_reported_at_once():
    found = findings_of(
        text_of(
            {"type": "hologram", "id": "h"},
            {"type": "textfield", "id": "nokey", "label": "名称"},
            field("number", "x", conditional={"hide": "=a and and"}),
            field("textfield", "y", validate={"pattern": "(["}),
            {"type": "dynamiclist", "id": "l", "components": []},
            {"type": "text", "id": "t", "text": "{{#if a}}x"},
        )
    )
    assert set(found) == {"unknown-type", "key", "feel", "pattern", "list-path", "template"}


def test_a_condition_that_is_no_feel_names_the_field():
    found = findings_of(text_of(field("number", "x", "金额", conditional={"hide": "=1 +"})))
    assert found["feel"].zh.startswith("「金额」conditional.hide：")


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{", '{"type":"default","components":3}'])
def test_what_is_no_form_is_refused(text):
    assert findings_of(text)


def test_a_key_starting_with_a_digit_is_refused():
    assert "key" in findings_of(text_of(field("textfield", "1st")))


def test_two_fields_with_one_key_are_a_warning_unless_they_take_turns():
    twice = form(field("textfield", "a"), {**field("textfield", "a"), "id": "other"})
    assert [finding.rule for finding in twice.findings] == ["duplicate-key"]
    turns = form(
        field("textfield", "a", conditional={"hide": "=unit"}),
        {**field("textfield", "a"), "id": "other", "conditional": {"hide": "=not(unit)"}},
    )
    assert not turns.findings


def test_an_unknown_function_is_a_warning():
    read = form(field("number", "x", validate={"min": "=least(1)"}))
    assert [finding.rule for finding in read.findings] == ["function"]


def test_a_form_says_whether_it_changes_while_it_is_filled():
    plain = form(field("textfield", "a"), field("number", "b", validate={"min": "=limit"}))
    assert not plain.reacts
    assert form(field("textfield", "a"), field("number", "b", readonly="=a = null")).reacts
