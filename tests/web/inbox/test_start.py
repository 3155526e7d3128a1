"""Starting a case by its form."""

from __future__ import annotations

import io

CLUE = {
    "party.name": "示例乙化工有限公司",
    "party.code": "91000000MA00000232",
    "party.party_class": "unit",
    "case_no": "池社信列〔2026〕0099号",
    "unit": "CZ-GC",
    "due": "2026-02-13",
}


def test_where_one_thing_can_be_started_its_form_opens_at_once(client_as):
    answer = client_as("gc_jb01").get("/start", follow_redirects=True)
    assert answer.request.path == "/start/clue"
    assert 'name="party.name"' in answer.text


def test_only_who_may_register_gets_the_form(client_as):
    assert client_as("gc_jb02").get("/start").status_code == 403
    assert client_as("gc_jb02").post("/start/clue", data=CLUE).status_code == 403
    assert client_as("gc_jb01").get("/start/nothing").status_code == 404


def test_a_registered_clue_is_told_with_the_next_step(bureau, client_as):
    answer = client_as("gc_jb01").post("/start/clue", data=CLUE, follow_redirects=True)
    assert answer.request.path == "/tasks"
    assert "已登记。下一步：「review」（贵池区）" in answer.text
    assert bureau.task("review")


def test_errors_of_the_start_form_keep_what_was_typed(bureau, client_as):
    answer = client_as("gc_jb01").post("/start/clue", data=CLUE | {"party.name": "", "amount": "x"})
    assert 'value="x"' in answer.text
    assert 'href="#f-party-name"' in answer.text
    assert bureau.count() == 0


def test_the_same_matter_is_not_started_twice(bureau, client_as):
    client = client_as("gc_jb01")
    client.post("/start/clue", data=CLUE)
    again = client.post("/start/clue", data=CLUE)
    assert again.status_code == 409
    assert "相同的事项已经登记过" in again.text
    assert 'value="示例乙化工有限公司"' in again.text
    assert bureau.count() == 1


def test_the_form_is_drawn_anew_while_it_is_filled_in(client_as):
    answer = client_as("gc_jb01").post("/start/clue/preview", data=CLUE | {"amount": "x"})
    assert 'value="x"' in answer.text
    assert "<html" not in answer.text


def test_files_for_other_fields_are_not_taken(bureau, client_as):
    answer = client_as("gc_jb01").post(
        "/start/clue",
        data=CLUE | {"party.name": (io.BytesIO(b"MZ"), "x.exe")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    assert bureau.count() == 0
