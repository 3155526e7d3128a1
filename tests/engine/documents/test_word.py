"""The Word file of a letter: the same words, ready to be edited."""

import re
from collections import Counter
from datetime import datetime

import pytest
from docx.table import Table

from engine.clock import SHANGHAI
from engine.documents import (
    DocumentIncomplete,
    DocumentNotFound,
    NotEditable,
    archive,
    default_press,
    document_docx,
    docx,
    produce,
)
from tests.engine.documents import cases, pdf, subjects, word

RECORDS = ["precheck_sheet", "remedy_register", "removal_record", "suspension_record"]
PAGE_NUMBER = re.compile(r"—\d+—")


def editable():
    press = default_press()
    return [name for name in press.names() if press.template(name).editable]


def test_all_letters_but_records_can_be_edited():
    assert sorted(set(default_press().names()) - set(editable())) == RECORDS


@pytest.mark.parametrize("letter", editable())
@pytest.mark.parametrize("party", [cases.UNIT, cases.PERSON], ids=["unit", "person"])
def test_the_word_file_has_every_character_of_the_pdf_and_no_other(letter, party):
    variables = subjects.full(party=party, push={"measures": cases.MEASURES[:2]})
    printed = PAGE_NUMBER.sub("", pdf.text(produce(letter, variables).content))
    assert Counter(word.text(docx(letter, variables))) == Counter(printed)


def test_title_clauses_and_seal_stand_in_their_order():
    text = word.text(docx("listing_decision", subjects.full()))
    order = ["列入社会保险失信人名单决定书", "一、事实", "八、救济", "附件", "（印章）2024年4月8日"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def size(file):
    section = file.sections[0]
    return round(section.page_width.mm), round(section.page_height.mm)


def test_the_page_is_that_of_an_official_letter():
    # given a letter and a wide table
    letter = word.opened(docx("repair_decision", subjects.full()))
    table = word.opened(docx("monthly_report", subjects.full()))
    # then one stands upright, the other lies, and both number their pages
    assert size(letter) == (210, 297)
    assert size(table) == (297, 210)
    assert "PAGE" in letter.sections[0].footer._element.xml
    title = next(part for part in letter.paragraphs if part.text == "信用修复决定书")
    assert title.runs[0].font.size.pt == 22
    body = next(part for part in letter.paragraphs if part.text.startswith("你单位于"))
    assert body.paragraph_format.first_line_indent.pt == 32


def test_the_head_of_a_table_is_repeated_and_its_columns_fill_the_page():
    file = word.opened(docx("publication_table", subjects.full()))
    table = file.tables[0]
    assert len(table.rows) == 3
    assert "tblHeader" in table.rows[0]._tr.xml
    width = sum(cell.width.mm for cell in table.rows[1].cells)
    assert width == pytest.approx(247, abs=1)


def test_two_tables_stay_two():
    parts = list(word.opened(docx("supervision_sheet", subjects.full())).iter_inner_content())
    tables = [number for number, part in enumerate(parts) if isinstance(part, Table)]
    assert len(tables) == 2
    assert tables[1] - tables[0] > 1


def test_markup_in_a_name_stays_text():
    name = '<b>甲</b> & "乙" #panic()'
    file = docx("prior_notice", cases.listing(party=cases.UNIT | {"name": name}))
    assert "".join(name.split()) in word.text(file)


@pytest.mark.parametrize("letter", RECORDS)
def test_a_record_is_not_handed_out_for_editing(letter):
    with pytest.raises(NotEditable) as refusal:
        docx(letter, subjects.full())
    assert "PDF" in refusal.value.message("zh")


def test_an_incomplete_case_gives_no_word_file_either():
    with pytest.raises(DocumentIncomplete):
        docx("repair_decision", {})


def test_an_archived_letter_comes_back_as_a_word_file(connection):
    document = produce("prior_notice", cases.listing())
    made_at = datetime(2024, 3, 25, 9, 0, tzinfo=SHANGHAI)
    key = archive(connection, document, created_at=made_at)
    assert "贵社信告〔2024〕3号" in word.text(document_docx(connection, key))
    with pytest.raises(DocumentNotFound):
        document_docx(connection, key + 1)
