"""What a page is given to render."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.forms import Attachment, Presented, amount_in_capitals
from tests.engine.forms.making import AT_MONDAY, field, form, options, samples


def only(*components: dict, data: dict | None = None, context: dict | None = None) -> Presented:
    (presented, *_) = form(*components).present(
        data or {}, context=context or {}, environment=AT_MONDAY
    )
    return presented


def test_markdown_is_rendered_and_values_stay_values():
    text = {"type": "text", "text": "# 致 {{name}}\n\n**注意**<script>alert(1)</script>"}
    html = only(text, context={"name": "*甲* [x](https://evil.example)\n<b>"}).html
    assert "<h2>致 *甲* [x](https://evil.example)" in html.replace("<br>\n", " ")
    assert "<strong>注意</strong>" in html
    assert "<script" not in html
    assert "<b>" not in html
    assert "href" not in html


def test_templates_know_conditions_and_loops():
    text = {
        "type": "text",
        "text": "{{#if count(acts) > 0}}共 {{count(acts)}} 份："
        "{{#loop acts}}{{this.no}}（{{n}}）；{{/loop}}{{/if}}",
    }
    assert (
        "共 2 份：a（1）；b（2）；"
        in only(text, context={"acts": [{"no": "a", "n": 1}, {"no": "b", "n": 2}]}).html
    )
    assert only(text, context={"acts": []}).html == ""


def test_a_computed_text_may_be_markdown():
    text = {"type": "text", "text": '="由 " + who + " 办理\\n\\n- 一"'}
    assert "<li>一</li>" in only(text, context={"who": "张"}).html


def test_html_loses_what_could_run():
    html = {"type": "html", "content": '<p style="x" onclick="y">{{v}}</p><img src=x onerror=y>'}
    assert only(html, context={"v": "<i>a</i>"}).html == "<p>&lt;i&gt;a&lt;/i&gt;</p>"


def test_labels_hints_and_units_may_be_computed():
    item = only(
        field(
            "number",
            "x",
            '="欠费（" + kind + "）"',
            description="上限 {{limit}}",
            appearance={"suffixAdorner": "=unit"},
            validate={"max": "=limit", "required": True},
        ),
        context={"kind": "养老", "limit": 100, "unit": "元"},
    )
    assert (item.label, item.description, item.suffix) == ("欠费（养老）", "上限 100", "元")
    assert (item.maximum, item.required) == ("100", True)


def test_bad_text_is_shown_as_it_was_typed():
    read = form(field("number", "n"), field("datetime", "d"), field("textfield", "t"))
    data = {"n": "1,2x", "d": "2025-02-30", "t": "a"}
    errors = read.errors(data, context={})
    number, day, text = read.present(data, errors)
    assert (number.text, day.text, text.text) == ("1,2x", "2025-02-30", "a")
    assert day.bad
    assert number.error == "「1,2x」不是数字。"
    assert not text.error


def test_read_only_values_are_shown_in_words():
    read = form(
        field("number", "amount", decimalDigits=2),
        field("datetime", "day"),
        field("checkbox", "yes"),
        field("checklist", "some", values=[{"label": "养老", "value": "a"}]),
        field("select", "gone", values=options("x")),
    )
    known = {"amount": 12345.6, "day": "2026-02-13", "yes": True, "some": ["a"], "gone": "old"}
    shown = [item.shown for item in read.present({}, context=known, readonly=True)]
    assert shown == ["12,345.60", "2026-02-13（周五）", "是", "养老", "old"]


def test_an_option_that_is_no_longer_offered_is_not_lost():
    item = only(field("select", "x", values=options("a")), data={"x": "old"})
    assert [(option.key, option.checked, option.stale) for option in item.options] == [
        ("a", False, False),
        ("old", True, True),
    ]


def test_a_masked_value_does_not_reach_the_page():
    read = form(field("textfield", "id_no", readonly=True, properties={"mask": "id"}))
    (item,) = read.present(
        {}, context={"id_no": "110101199003074477"}, mask=lambda rule, value: f"{str(value)[:6]}***"
    )
    assert (item.shown, item.text, item.value, item.masked) == ("110101***", "", None, True)


def test_components_of_one_layout_row_share_the_sixteen_columns():
    def at(row: str, columns: int | None, **settings: object) -> dict:
        layout = {"row": row, "columns": columns}
        key = f"k{row}{columns}{len(settings)}"
        return field("textfield", key, layout=layout, **settings)

    presented = form(
        at("a", None),
        at("a", 4, conditional={"hide": "=true"}),
        at("a", None, x=1),
        at("b", 8),
    ).present({})
    assert [(one.columns, one.starts) for one in presented if one.visible] == [
        (8, True),
        (8, False),
        (8, True),
    ]


def test_a_hidden_field_keeps_its_text_unless_its_twin_asks_for_it():
    hide = {"conditional": {"hide": "=unit"}}
    read = form(
        field("checkbox", "unit"),
        field("textfield", "code"),
        {**field("textfield", "code", **hide), "id": "twin"},
        field("textfield", "other", **hide),
    )
    presented = read.present({"unit": "true", "code": "A", "other": "B"})
    assert [(item.visible, item.keeps, item.text) for item in presented[1:]] == [
        (True, False, "A"),
        (False, False, "A"),
        (False, True, "B"),
    ]


def test_files_tables_and_documents():
    read = form(
        field("filepicker", "files", multiple=True),
        {
            "type": "table",
            "dataSource": "=rows",
            "columns": [{"label": "号", "key": "no"}, {"label": "金额", "key": "sum"}],
        },
        {"type": "documentPreview", "dataSource": "=docs"},
        {"type": "image", "source": "https://example.cn/x.svg", "alt": "标志"},
    )
    files, table, documents, image = read.present(
        {"files": ["2"]},
        context={
            "rows": [{"no": "1", "sum": Decimal("1234.5")}],
            "docs": [
                {"name": "告知书", "url": "/cases/1/documents/2"},
                {"name": "坏", "url": "x:y"},
            ],
        },
        attachments=[Attachment(key=2, name="证据.pdf", url="/a/2"), Attachment(key=3, name="b")],
    )
    assert [(option.label, option.checked) for option in files.options] == [
        ("证据.pdf", True),
        ("b", False),
    ]
    assert table.numeric == (False, True)
    assert (table.head, table.body) == (("号", "金额"), (("1", "1,234.50"),))
    assert [link.url for link in documents.links] == ["/cases/1/documents/2", ""]
    assert (image.source, image.links[0].url) == ("", "https://example.cn/x.svg")


def test_english_wording_is_used_where_the_owner_gives_it():
    read = form(field("textfield", "name", "名称", properties={"labelEn": "Name"}))
    (item,) = read.present({}, language="en")
    assert item.label == "Name"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("12345.67", "壹万贰仟叁佰肆拾伍元陆角柒分"),
        ("1000.05", "壹仟元零伍分"),
        ("100000001", "壹亿零壹元整"),
        ("10010000.5", "壹仟零壹万元伍角整"),
        ("0.3", "叁角整"),
        ("20304", "贰万零叁佰零肆元整"),
        ("-1", ""),
    ],
)
def test_amounts_in_capitals(amount, words):
    assert amount_in_capitals(Decimal(amount)) == words


@pytest.mark.parametrize("path", samples() or [None], ids=lambda path: path.stem if path else "")
def test_every_sample_form_can_be_read_and_presented(path):
    if path is None:
        pytest.skip("no sample forms beside the repository")
    from engine.forms import read_form

    read = read_form(path.read_bytes(), path.name)
    assert read.present({}, environment=AT_MONDAY)
    read.errors({}, context={}, environment=AT_MONDAY)
