"""The shipped letters: each says what it must, always in the same bytes."""

from datetime import date

import pytest

from engine.documents import CharacterMissing, default_press, produce
from tests.engine.documents import cases, pdf, subjects
from tests.engine.documents.test_further_letters import SAYS

LISTING_LETTERS = [
    "corrected_notice",
    "listing_decision",
    "no_listing_notice",
    "prior_notice",
    "repair_notice",
    "review_opinion",
    "service_receipt",
]
LETTERS = sorted([*LISTING_LETTERS, *SAYS])


def test_every_letter_of_the_procedures_is_there():
    assert list(default_press().names()) == LETTERS


@pytest.mark.parametrize("letter", LISTING_LETTERS)
@pytest.mark.parametrize("party", [cases.UNIT, cases.PERSON], ids=["unit", "person"])
def test_every_letter_is_an_archivable_pdf_with_its_text(letter, party):
    document = produce(letter, cases.defended(party=party))
    assert document.content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in document.content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document.content
    assert set(party["name"] + document.title) <= pdf.characters(document.content)


@pytest.mark.parametrize("letter", LETTERS)
def test_the_same_variables_give_the_same_bytes(letter):
    first = produce(letter, subjects.full())
    shuffled = dict(reversed(subjects.full(unrelated="value").items()))
    second = produce(letter, shuffled)
    assert (second.content, second.sha256) == (first.content, first.sha256)
    assert second.data == first.data


def test_a_letter_knows_its_number_date_and_form():
    document = produce("prior_notice", cases.listing())
    assert document.title == "拟列入社会保险失信人名单事先告知书"
    assert document.number == "贵社信告〔2024〕3号"
    assert document.date == date(2024, 3, 25)
    assert len(document.template_hash) == 64
    assert document.typst_version.startswith("0.")


def test_only_the_variables_of_the_letter_are_kept_with_it():
    document = produce("repair_notice", cases.listing(secret="not for the archive"))
    assert "secret" not in document.data
    assert document.data["decision_date"] == "2024-04-08"


def text_of(letter, variables):
    """The characters of a letter, to tell which of two wordings it has."""
    return pdf.characters(produce(letter, variables).content)


def test_the_decision_answers_a_defence_and_says_when_there_was_none():
    assert "冻" in text_of("listing_decision", cases.defended())
    assert "冻" not in text_of("listing_decision", cases.listing())
    opinion = {"review": {"opinion": "理由乙", "result": "不成立"}}
    assert "乙" in text_of("listing_decision", cases.defended(**opinion))
    late = {"defence": {"received_at": date(2024, 4, 3), "in_time": False, "points": "逾期甲"}}
    assert "阅" in text_of("listing_decision", cases.listing(**late))


def test_a_person_is_addressed_as_a_person_without_a_legal_representative():
    decision = text_of("listing_decision", cases.listing(party=cases.PERSON))
    assert "址" in decision
    assert "无" in decision


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x") *甲* _乙_ "丙" `丁` $戊$ @己 <庚> [辛]',
        '#import "@preview/x:0.1.0"',
        "= 标题\n- 列表\n/ 词: 义",
        "\\u{41} \\ // 注释 /* 注释 */",
    ],
)
def test_what_a_party_is_called_is_never_read_as_markup(name):
    document = produce("prior_notice", cases.listing(party=cases.UNIT | {"name": name}))
    visible = {character for character in name if not character.isspace()}
    assert visible <= pdf.characters(document.content)


def test_rare_characters_of_names_are_printed():
    rare = "喆赟頔堃䶮㛃𫖯\U00030ede"
    document = produce("prior_notice", cases.listing(party=cases.PERSON | {"name": rare}))
    assert set(rare) <= pdf.characters(document.content)


@pytest.mark.parametrize(("character", "code"), [("😀", "U+1F600"), ("\x01", "U+0001")])
def test_a_character_without_a_glyph_is_named_instead_of_left_out(character, code):
    with pytest.raises(CharacterMissing) as refusal:
        produce("prior_notice", cases.listing(party=cases.UNIT | {"name": f"甲{character}"}))
    assert code in refusal.value.message("zh")
    assert code in refusal.value.message("en")


def test_long_names_and_many_measures_still_fit():
    long = cases.listing(
        party=cases.UNIT | {"name": "示例" * 50},
        measures=[f"第{n}项措施" * 5 for n in range(1, 31)],
    )
    assert len(default_press().preview("listing_decision", long)) > 3


def test_a_preview_has_a_picture_for_each_page():
    pages = default_press().preview("prior_notice", cases.listing(), resolution=36)
    assert len(pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
