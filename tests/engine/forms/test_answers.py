"""From what was submitted to typed answers, or to every bad field at once."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from engine.clock import SHANGHAI
from tests.engine.forms.making import answered, field, form, options, refused


def test_answers_are_typed_by_their_fields():
    # given one field of every kind
    read = form(
        field("textfield", "name"),
        field("textarea", "facts"),
        field("number", "amount", decimalDigits=2),
        field("number", "code", serializeToString=True),
        field("datetime", "day", subtype="date"),
        field("datetime", "at", subtype="time"),
        field("datetime", "instant", subtype="datetime"),
        field("checkbox", "agreed"),
        field("radio", "result", values=options("通过", "退回")),
        field("checklist", "criteria", values=[{"label": "一", "value": 1}]),
        field("taglist", "tags", values=options("a", "b")),
        field("filepicker", "files", multiple=True),
        field("expression", "double", expression="=amount * 2"),
    )
    # when a browser submits texts
    answers = answered(
        read,
        {
            "name": "  池州市某某公司 ",
            "facts": "第一行\r\n第二行",
            "amount": "12,345.60",
            "code": "7",
            "day": "2026-02-13",
            "at": "09:30",
            "instant": "2026-02-13T09:30",
            "agreed": "true",
            "result": "通过",
            "criteria": ["1"],
            "tags": ["a", "b"],
            "files": ["3", "4"],
            "double": "1",
            "stranger": "x",
        },
    )
    # then every value has its type, the computed one is ours, the unknown one is gone
    assert answers == {
        "name": "池州市某某公司",
        "facts": "第一行\n第二行",
        "amount": Decimal("12345.60"),
        "code": "7",
        "day": date(2026, 2, 13),
        "at": time(9, 30),
        "instant": datetime(2026, 2, 13, 9, 30, tzinfo=SHANGHAI),
        "agreed": True,
        "result": "通过",
        "criteria": [Decimal(1)],
        "tags": ["a", "b"],
        "files": [3, 4],
        "double": Decimal("24691.20"),
    }


def test_what_is_not_filled_is_empty_as_in_form_js():
    read = form(
        field("textfield", "name"),
        field("number", "amount"),
        field("datetime", "day"),
        field("checkbox", "agreed"),
        field("checklist", "some", values=options("a")),
        field("select", "one", values=options("a")),
    )
    empty = {"name": "", "amount": "", "day": "", "agreed": "", "some": [], "one": ""}
    assert answered(read, empty) == {
        "name": "",
        "amount": None,
        "day": None,
        "agreed": False,
        "some": [],
        "one": None,
    }


def test_all_bad_fields_are_named_at_once_in_both_languages():
    read = form(
        field("textfield", "name", "名称", validate={"required": True}),
        field("number", "amount", "金额", properties={"labelEn": "Amount"}),
        field("datetime", "day", "日期"),
        field("checkbox", "agreed", "已核对", validate={"required": True}),
    )
    errors = refused(read, {"name": " ", "amount": "很多", "day": "2026-02-30", "agreed": ""})
    assert [(error.path, error.zh) for error in errors] == [
        ("name", "「名称」未填写，请填写。"),
        ("amount", "「金额」：「很多」不是数字。"),
        ("day", "「日期」：没有 2026-02-30 这一天。"),
        ("agreed", "「已核对」必须勾选。"),
    ]
    assert errors[1].en == "Amount: '很多' is not a number."


@pytest.mark.parametrize(
    ("settings", "value", "part"),
    [
        ({"validate": {"minLength": 3}}, "ab ", "至少 3 字，现为 2 字"),
        ({"validate": {"maxLength": "=1 + 1"}}, "abc", "至多 2 字，现为 3 字"),
        ({"validate": {"pattern": r"^\d{4}$"}}, "20a6", "格式不对"),
        (
            {"validate": {"pattern": "^a", "patternErrorMessage": "应以 a 开头"}},
            "b",
            "应以 a 开头",
        ),
        ({"validate": {"validationType": "email"}}, "a@b", "电子邮箱"),
        ({"validate": {"validationType": "phone"}}, "12", "电话号码"),
    ],
)
def test_text_is_checked(settings, value, part):
    (error,) = refused(form(field("textfield", "x", "内容", **settings)), {"x": value})
    assert part in error.zh


@pytest.mark.parametrize(
    "number",
    ["13812345678", "+86 13812345678", "0566-2123456", "02812345678", "2123456", "12333",
     "400-123-4567", "0566-2123456-801", "+44 2071234567"],
)  # fmt: skip
def test_telephone_numbers_of_china_are_accepted(number):
    read = form(field("textfield", "x", validate={"validationType": "phone"}))
    assert answered(read, {"x": number})["x"] == number


@pytest.mark.parametrize(
    ("settings", "value", "part"),
    [
        ({"validate": {"min": 15, "max": 180}}, "14", "不能小于 15"),
        ({"validate": {"max": "=limit"}}, "100.01", "不能大于 100"),
        ({"decimalDigits": 2}, "1.005", "至多 2 位小数"),
        ({"decimalDigits": 0}, "1.5", "应为整数"),
        ({}, "12.5万", "请写成元"),
        ({}, "1e5", "不是数字"),
        ({}, "NaN", "不是数字"),
    ],
)
def test_numbers_are_checked(settings, value, part):
    (error,) = refused(form(field("number", "x", "数", **settings)), {"x": value}, {"limit": 100})
    assert part in error.zh


def test_a_value_that_is_no_option_is_refused():
    read = form(
        field("select", "one", "结果", values=options("通过", "退回")),
        field("checklist", "some", "情形", valuesKey="offered"),
        field("radio", "computed", "年", valuesExpression="=[1, 3, 5]"),
    )
    errors = refused(
        read, {"one": "删除", "some": ["a", "c"], "computed": "2"}, {"offered": ["a", "b"]}
    )
    assert [error.zh for error in errors] == [
        "「结果」的选项中没有「删除」。",
        "「情形」的选项中没有「c」。",
        "「年」的选项中没有「2」。",
    ]


def test_an_option_keeps_its_own_type():
    read = form(field("radio", "years", valuesExpression="=[1, 3, 5]"))
    assert answered(read, {"years": "3"}) == {"years": Decimal(3)}


def test_a_past_day_is_refused_where_the_form_says_so():
    # given that today is 9 February
    read = form(field("datetime", "day", "日期", disallowPassedDates=True))
    (error,) = refused(read, {"day": "2026-02-08"})
    assert error.zh == "「日期」不能早于今天（2026-02-09（周一））。"
    assert answered(read, {"day": "2026-02-09"})["day"] == date(2026, 2, 9)


@pytest.mark.parametrize("written", ["2025/6/20", "2025年6月20日", "20250620", "2025.06.20"])
def test_a_day_may_be_written_in_several_ways(written):
    assert answered(form(field("datetime", "d")), {"d": written}) == {"d": date(2025, 6, 20)}


def test_files_must_belong_to_the_case():
    read = form(field("filepicker", "files", "证据", validate={"required": True}))
    assert refused(read, {"files": []})[0].zh == "「证据」未附材料，请添加附件。"
    assert "只能附一份" in refused(read, {"files": ["1", "2"]})[0].zh
    (error,) = read.errors({"files": ["9"]}, context={}, attachments={1, 2})
    assert "不属于本案" in error.zh


# --------------------------------------------------------------------- what the client may change


def test_the_server_s_value_of_a_read_only_field_wins():
    read = form(field("textfield", "case_no", readonly=True), field("textfield", "note"))
    answers = answered(read, {"case_no": "forged", "note": "x"}, {"case_no": "池-1"})
    assert answers == {"case_no": "池-1", "note": "x"}


def test_read_only_may_depend_on_other_answers():
    read = form(
        field("radio", "kind", values=options("单位", "个人")),
        field("textfield", "code", readonly='=kind = "单位"'),
    )
    known = {"code": "A"}
    assert answered(read, {"kind": "单位", "code": "B"}, known)["code"] == "A"
    assert answered(read, {"kind": "个人", "code": "B"}, known)["code"] == "B"


def test_a_disabled_field_is_not_submitted():
    read = form(field("textfield", "a", disabled=True, validate={"required": True}))
    assert answered(read, {"a": "forged"}, {"a": "x"}) == {}


def test_an_absent_key_keeps_what_was_shown_first():
    read = form(
        field("textfield", "a"),
        field("textfield", "b", defaultValue="start"),
        field("datetime", "c", properties={"default": "=today()"}),
    )
    assert answered(read, {}, {"a": "known"}) == {
        "a": "known",
        "b": "start",
        "c": date(2026, 2, 9),
    }


def test_a_context_known_in_part_keeps_the_rest():
    read = form(field("textfield", "party.phone"))
    answers = answered(read, {"party": {"phone": "12333"}}, {"party": {"name": "甲", "phone": "1"}})
    assert answers == {"party": {"name": "甲", "phone": "12333"}}


# ----------------------------------------------------------------------------------- owner's rules


def test_an_owner_s_check_is_applied_to_all_answers():
    read = form(
        field("datetime", "act", "作出日期"),
        field(
            "datetime",
            "served",
            "送达日期",
            properties={"check": "=served >= act", "checkMessage": "不能早于作出日期"},
        ),
    )
    (error,) = refused(read, {"act": "2026-02-09", "served": "2026-02-06"})
    assert (error.path, error.zh) == ("served", "「送达日期」：不能早于作出日期。")
    assert answered(read, {"act": "2026-02-05", "served": "2026-02-06"})
    # an empty field breaks no rule that cannot say
    assert answered(read, {"act": "2026-02-05", "served": ""})


def test_a_check_that_cannot_say_refuses_the_answers():
    read = form(field("textfield", "a", "甲", properties={"check": "=missing > 1"}))
    (error,) = refused(read, {"a": "x"})
    assert error.zh == "「甲」：不符合规则 missing > 1。"


def test_a_field_may_be_required_by_another_answer():
    read = form(
        field("radio", "result", values=options("通过", "退回")),
        field("textarea", "opinion", "意见", properties={"requiredWhen": '=result = "退回"'}),
    )
    assert refused(read, {"result": "退回"})[0].zh == "「意见」未填写，请填写。"
    assert answered(read, {"result": "通过"})


def test_a_year_nobody_can_mean_is_refused():
    (error,) = refused(form(field("datetime", "d", "日期")), {"d": "0206-02-09"})
    assert error.zh == "「日期」：「0206-02-09」的年份不对。"
