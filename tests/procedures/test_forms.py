"""The shipped forms: what they ask, and that the clue form takes the monthly file."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from engine.calendar import national_calendar
from engine.clock import VirtualClock
from engine.feel import Environment
from engine.forms import Form, FormInvalid
from tests.shared import shared_path

GOOD_ROWS = 36
NOW = Environment(clock=VirtualClock(datetime(2025, 10, 9, 9, 0)), calendar=national_calendar())


def test_every_form_reads_without_a_finding(forms: dict[str, Form]) -> None:
    assert [str(found) for form in forms.values() for found in form.findings] == []


def test_every_field_has_an_english_label(forms: dict[str, Form]) -> None:
    silent = [
        f"{form.id}.{field.path}"
        for form in forms.values()
        for field in form.fields()
        if field.kind != "expression" and not field.label_en
    ]
    assert silent == []


def clue_rows() -> list[dict[str, str]]:
    path = shared_path("data", "clues-2025-09.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def complaints(form: Form, row: dict[str, str]) -> list[str]:
    read = form.answers_from_row(row, environment=NOW)
    found = [error.zh for error in read.errors]
    try:
        form.answers(read.submitted, context={}, environment=NOW)
    except FormInvalid as invalid:
        found += [error.zh for error in invalid.errors]
    return found


def test_the_clue_form_knows_every_column_of_the_monthly_file(forms: dict[str, Form]) -> None:
    headers = {column for f in forms["register_clue"].fields() for column in f.import_columns}
    assert headers == set(clue_rows()[0])


def test_the_good_rows_of_the_monthly_file_are_taken(forms: dict[str, Form]) -> None:
    for row in clue_rows()[:GOOD_ROWS]:
        assert complaints(forms["register_clue"], row) == [], row["主体名称"]


@pytest.mark.parametrize(
    ("offset", "words"),
    [(0, "校验位"), (1, "对应情形"), (2, "送达不能早于作出"), (3, "名称"), (4, "一万元")],
)
def test_the_bad_rows_are_refused_with_their_reason(
    forms: dict[str, Form], offset: int, words: str
) -> None:
    found = complaints(forms["register_clue"], clue_rows()[GOOD_ROWS + offset])
    assert any(words in text for text in found), found


def test_a_deceased_person_cannot_be_the_party(forms: dict[str, Form]) -> None:
    """AM-27: with the date of death known, the clue is refused."""
    form = forms["register_clue"]
    row = next(row for row in clue_rows() if row["主体类型"] == "个人")
    read = form.answers_from_row(row, environment=NOW)
    assert isinstance(read.submitted["party"], dict)
    read.submitted["party"]["deceased_date"] = "2025-01-02"
    with pytest.raises(FormInvalid) as refused:
        form.answers(read.submitted, context={}, environment=NOW)
    assert "已死亡" in refused.value.errors[0].zh
