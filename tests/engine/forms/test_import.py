"""A row of a clue file becomes submitted data; a bad cell is named by column and reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.engine.forms.making import answered, field, form, options


def column(kind: str, key: str, header: str, **settings: object) -> dict:
    return field(kind, key, header, properties={"importColumn": header}, **settings)


CLUE = form(
    {
        "type": "group",
        "id": "party",
        "path": "party",
        "components": [
            column("textfield", "name", "单位名称"),
            column("textfield", "code", "统一社会信用代码|信用代码"),
            column(
                "select",
                "party_class",
                "当事人类别",
                values=[
                    {"label": "单位", "value": "unit"},
                    {"label": "个人", "value": "individual"},
                ],
            ),
        ],
    },
    column(
        "checklist",
        "criteria",
        "失信情形",
        values=[{"label": "欠缴、拒缴", "value": 2}, {"label": "骗保", "value": 5}],
    ),
    column("number", "amount", "欠费金额（元）", decimalDigits=2),
    column("datetime", "from", "起始日期"),
    column("checkbox", "consent", "同意电子送达"),
    column("taglist", "insurance", "险种", values=options("养老", "失业", "工伤")),
    {
        "type": "dynamiclist",
        "id": "acts",
        "path": "acts",
        "components": [
            column("textfield", "no", "文书文号"),
            column("datetime", "date", "文书日期"),
        ],
    },
)


def test_a_row_is_read_as_it_is_written_in_the_office():
    row = {
        "单位名称": " 池州市某某公司 ",
        "信用代码": "91341700MA2ABCDE0X",
        "当事人类别": "单位",
        "失信情形": "欠缴、拒缴；骗保",
        "欠费金额（元）": "¥12,345.60",
        "起始日期": "2025/6/20",
        "同意电子送达": "是",
        "险种": "养老、工伤",
        "文书文号": "池人社责〔2025〕1号",
        "文书日期": datetime(2025, 6, 20),
        "文书文号2": "池人社罚〔2025〕2号",
        "备注": "x",
    }
    read = CLUE.answers_from_row(row)
    assert not read.errors
    assert read.unknown == ("备注",)
    answers = answered(CLUE, read.submitted)
    assert answers == {
        "party": {
            "name": "池州市某某公司",
            "code": "91341700MA2ABCDE0X",
            "party_class": "unit",
        },
        "criteria": [Decimal(2), Decimal(5)],
        "amount": Decimal("12345.60"),
        "from": date(2025, 6, 20),
        "consent": True,
        "insurance": ["养老", "工伤"],
        "acts": [
            {"no": "池人社责〔2025〕1号", "date": date(2025, 6, 20)},
            {"no": "池人社罚〔2025〕2号", "date": None},
        ],
    }


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("当事人类别", "机构", "「当事人类别」列：没有「机构」这一项，可填：单位、个人。"),
        ("欠费金额（元）", "约三万", "「欠费金额（元）」列：「约三万」不是数字。"),
        ("欠费金额（元）", "3万", "「欠费金额（元）」列：请写成元，不要写「万」「亿」。"),
        ("起始日期", "2025-02-29", "「起始日期」列：没有 2025-02-29 这一天。"),
        ("同意电子送达", "也许", "「同意电子送达」列：「也许」应写「是」或「否」。"),
        ("险种", "养老、医疗", "「险种」列：没有「医疗」这一项，可填：养老、失业、工伤。"),
    ],
)
def test_a_bad_cell_is_reported_by_column_and_reason(header, cell, reason):
    read = CLUE.answers_from_row({"单位名称": "甲", header: cell})
    assert [(error.column, error.zh) for error in read.errors] == [(header, reason)]
    assert read.submitted == {"party": {"name": "甲"}}


@pytest.mark.parametrize("cell", ["9.1342E+17", 913417000000000000, 9.13417e17])
def test_a_code_a_spreadsheet_has_rounded_is_refused(cell):
    (error,) = CLUE.answers_from_row({"统一社会信用代码": cell}).errors
    assert "设为文本格式" in error.zh


@pytest.mark.parametrize(
    "cell", ["45828", "2025-06-20 00:00:00", date(2025, 6, 20), 45828, "2025年6月20日"]
)
def test_days_of_spreadsheets_are_understood(cell):
    read = CLUE.answers_from_row({"起始日期": cell})
    assert read.submitted == {"from": date(2025, 6, 20)}


def test_headers_are_compared_without_stars_blanks_and_brackets():
    read = CLUE.answers_from_row({"*欠费 金额": "1"})
    assert read.submitted == {"amount": Decimal(1)}


def test_errors_of_the_form_find_their_column():
    read = CLUE.answers_from_row({"文书文号2": "x", "单位名称": "甲"})
    assert read.columns == {"acts[1].no": "文书文号2", "party.name": "单位名称"}


def test_options_from_the_data_are_found_by_label_too():
    read = form(column("select", "unit", "来源单位", valuesKey="units"))
    units = {"units": [{"label": "贵池区人社局", "value": "GC"}]}
    row = read.answers_from_row({"来源单位": "贵池区人社局"}, context=units)
    assert row.submitted == {"unit": "GC"}
