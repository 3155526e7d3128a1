"""Rows of a file become rows of a list: the good ones at once, the others with their reason."""

from __future__ import annotations

from engine.feel import Environment
from engine.forms import ImportList, RowsTaken, import_lists, take_rows
from tests.engine.forms.making import field, form

RECORDS = {
    "type": "dynamiclist",
    "id": "records",
    "path": "report.records",
    "label": "信用信息",
    "allowAddRemove": True,
    "properties": {"importRows": "true"},
    "components": [
        field(
            "textfield",
            "name",
            "主体名称",
            validate={"required": True},
            properties={"importColumn": "主体名称|姓名"},
        ),
        field("number", "amount", "金额", properties={"importColumn": "金额"}),
        field("datetime", "date", "日期", subtype="date", properties={"importColumn": "日期"}),
    ],
}
READ = form(RECORDS, field("textfield", "note", "说明"))
NOTHING: dict[str, object] = {}


def taken(*rows: dict[str, object], typed: dict[str, object] = NOTHING) -> RowsTaken:
    into: ImportList = import_lists(READ)[0]
    return take_rows(
        READ, into, list(enumerate(rows, start=2)), typed, context={}, environment=Environment()
    )


def names(answer: RowsTaken) -> list[object]:
    rows = answer.submitted["report"]["records"]
    return [row["name"] for row in rows]


def test_a_list_says_that_it_takes_rows_and_by_which_headers():
    assert [(one.path, one.columns) for one in import_lists(READ)] == [
        ("report.records", ("主体名称", "姓名", "金额", "日期"))
    ]
    without = {**RECORDS, "properties": {}}
    assert import_lists(form(without)) == ()


def test_good_rows_are_added_behind_those_that_are_typed():
    # given a form in which a row and a note are typed
    typed = {"note": "n", "report": {"records": [{"name": "甲", "amount": "1", "_row": ""}]}}
    # when a file with two rows is taken in
    answer = taken({"主体名称": "乙", "金额": "2"}, {"主体名称": "丙"}, typed=typed)
    # then they stand behind it, and the note is still there
    assert names(answer) == ["甲", "乙", "丙"]
    assert (answer.added, answer.known, answer.faults) == (2, 0, ())
    assert answer.submitted["note"] == "n"


def test_a_bad_row_is_left_out_and_named_by_row_column_and_reason():
    answer = taken(
        {"主体名称": "甲", "金额": "二"},
        {"姓名": "", "金额": "3"},
        {"主体名称": "丙", "日期": "2025-09-31"},
        {"主体名称": "丁"},
    )
    assert names(answer) == ["丁"]
    assert [(one.row_no, one.column) for one in answer.faults] == [
        (2, "金额"),
        (3, "姓名"),
        (4, "日期"),
    ]
    assert "不是数字" in answer.faults[0].zh
    assert answer.faults[1].zh == "未填写，请填写。"


def test_the_same_file_again_adds_nothing():
    # given a file that was taken in, its values as a page would post them
    typed = {"report": {"records": [{"name": "甲", "amount": "32,000.00", "date": "2025-09-10"}]}}
    # when it comes again, with a new row and that one twice
    same = {"主体名称": "甲", "金额": 32000, "日期": "2025-09-10"}
    answer = taken(same, {"主体名称": "乙"}, {"主体名称": "乙"}, typed=typed)
    # then only what is new is added, once
    assert names(answer) == ["甲", "乙"]
    assert (answer.added, answer.known) == (1, 2)


def test_headers_no_field_knows_are_named_and_no_row_goes_beyond_the_limit():
    answer = taken({"主体名称": "甲", "电话": "1"})
    assert answer.unknown == ("电话",)
    many = [{"主体名称": f"第{number}"} for number in range(502)]
    answer = taken(*many)
    assert answer.added == 500
    assert [one.row_no for one in answer.faults] == [502, 503]
