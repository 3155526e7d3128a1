"""Templates that an office edits: what is refused, and what an edit changes."""

import shutil

import pylopdf_fonts_zh_cn
import pytest

from engine.documents import (
    DocumentIncomplete,
    Press,
    TemplateFaulty,
    TemplateInvalid,
    TemplateUnknown,
    default_press,
    produce,
)
from engine.documents.fonts import load_fonts, present_families
from engine.documents.render import SHIPPED_TEMPLATES
from tests.engine.documents import cases, word

NOTE_TOML = """
title = "便函"
title_en = "Note"
date = "document_date"
[fields]
"document_date" = { zh = "日期", en = "date", kind = "date" }
"party.name" = { zh = "名称", en = "name" }
"""


@pytest.fixture
def office(tmp_path):
    """An office's own copy of the templates."""
    folder = tmp_path / "templates"
    shutil.copytree(SHIPPED_TEMPLATES, folder)
    return folder


def write_note(folder, words, description=NOTE_TOML):
    (folder / "note.typ").write_text(words, "utf-8")
    (folder / "note.toml").write_text(description, "utf-8")
    return Press(templates=folder)


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(TemplateUnknown) as refusal:
        produce("love_letter", {})
    assert "prior_notice" in refusal.value.message("zh")


def test_an_edit_changes_the_letter_and_its_fingerprint_at_once(office):
    press = Press(templates=office)
    before = press.produce("repair_notice", cases.listing())
    words = (office / "repair_notice.typ").read_text("utf-8")
    (office / "repair_notice.typ").write_text(words.replace("不收取任何费用", "免费"), "utf-8")
    after = press.produce("repair_notice", cases.listing())
    assert after.template_hash != before.template_hash
    assert after.content != before.content


def test_an_edit_of_the_common_form_changes_every_fingerprint(office):
    before = Press(templates=office).template("prior_notice").fingerprint
    with (office / "_letter.typ").open("a", encoding="utf-8") as file:
        file.write("\n// edited\n")
    assert Press(templates=office).template("prior_notice").fingerprint != before


def test_an_office_adds_a_template_of_its_own(office):
    press = write_note(office, '#import "_letter.typ": *\n#show: letter\n#need("party.name")')
    assert press.produce("note", cases.listing()).title == "便函"


@pytest.mark.parametrize(
    "words",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import("@preview/cetz:0.3.0")',
        '#let x = "@pre" + "view/cetz:0.3.0"\n#import x: *',
        '#import "\\u{40}preview/cetz:0.3.0"',
        '#include "/etc/passwd"',
        '#eval("1 + 1")',
        '#read("prior_notice.toml")',
        '#plugin("x.wasm")',
        '#let slashes = "//"; #import "@preview/cetz:0.3.0"',
        '#import/**/"@preview/cetz:0.3.0"',
    ],
)
def test_reaching_outside_or_running_text_as_code_is_refused_with_the_line(office, words):
    press = write_note(office, f"一行\n{words}")
    with pytest.raises(TemplateInvalid) as refusal:
        press.produce("note", cases.listing())
    assert refusal.value.place.file == "note.typ"
    assert refusal.value.place.line in (2, 3)


def test_a_value_used_but_not_described_is_refused(office):
    press = write_note(office, '#import "_letter.typ": *\n#need("party.nmae")')
    with pytest.raises(TemplateInvalid) as refusal:
        press.produce("note", cases.listing())
    assert "party.nmae" in refusal.value.message("zh")


@pytest.mark.parametrize(
    "description",
    [
        "title = ",
        'title = "便函"',
        NOTE_TOML.replace('kind = "date"', 'kind = "day"'),
        NOTE_TOML.replace('zh = "名称", ', ""),
        NOTE_TOML.replace('en = "name"', 'en = "name", maybe = true'),
        NOTE_TOML + '[titles."kind"]\n"甲" = { zh = "甲函" }',
    ],
)
def test_a_wrong_description_is_refused(office, description):
    press = write_note(office, "一行", description)
    with pytest.raises(TemplateInvalid) as refusal:
        press.produce("note", cases.listing())
    assert refusal.value.place.file == "note.toml"


def test_an_office_names_clauses_titles_and_a_word_file_of_its_own(office):
    # given a note whose title follows from a variable, with a clause, offered for editing
    described = NOTE_TOML.replace(
        'date = "document_date"', 'date = "document_date"\neditable = true'
    )
    described = described.replace('en = "name"', 'en = "name", clause = "S9.9"')
    described += '[titles."kind"]\n"甲" = { zh = "甲函", en = "Note A" }'
    press = write_note(office, '#import "_letter.typ": *\n#show: letter\n你好', described)
    # then the title, the clause and the Word file are there
    assert press.produce("note", cases.listing(kind="甲")).title == "甲函"
    assert press.produce("note", cases.listing(kind="乙")).title == "便函"
    assert word.text(press.docx("note", cases.listing(kind="甲"))) == "甲函你好"
    with pytest.raises(DocumentIncomplete) as refusal:
        press.produce("note", cases.listing(party={}))
    assert "名称（S9.9）" in refusal.value.message("zh")


@pytest.mark.parametrize("words", ["#panic()", "#未定义", '#set text(font: "Comic Sans")\n一行'])
def test_a_fault_or_a_warning_of_the_typesetter_stops_the_letter(office, words):
    press = write_note(office, words)
    with pytest.raises(TemplateFaulty):
        press.produce("note", cases.listing())


def test_the_shipped_templates_describe_every_value_they_use():
    for name in default_press().names():
        template = default_press().template(name)
        assert template.fields
        assert all(field.zh and field.en for field in template.fields)


def test_an_absent_font_folder_changes_nothing(tmp_path):
    with_folder = Press(fonts_folder=tmp_path / "missing")
    letters = [press.produce("repair_notice", cases.listing()) for press in (with_folder, Press())]
    assert letters[0].sha256 == letters[1].sha256


def test_the_fonts_of_the_office_are_found_and_come_first(tmp_path):
    # given an office with a font of one of the wanted families
    shipped = load_fonts(None)
    shutil.copy(pylopdf_fonts_zh_cn.sans_path(), tmp_path)
    # then the families of the folder are seen, and absent ones are never asked for
    assert set(load_fonts(tmp_path).families()) == set(shipped.families())
    assert present_families(shipped)["body"] == ["Noto Serif SC"]
    assert present_families(shipped)["strong"] == ["Noto Sans SC"]
