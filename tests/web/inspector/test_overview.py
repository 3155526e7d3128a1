"""Procedures in numbers that can be clicked."""

from __future__ import annotations

import re


def test_the_overview_counts_what_runs_is_late_and_ended(bureau, head, text_of):
    # given three cases, one of them done, two of them late
    bureau.start(), bureau.start()
    ended = bureau.start()
    bureau.complete(ended)
    bureau.runtime.run_until(bureau.clock.now().replace(month=3, day=2))
    # when the head of the office looks
    page = text_of(head.get("/inspector"))
    # then the numbers are there and lead to the lists behind them
    assert re.search(r'href="[^"]*process=small_case[^"]*state=active"[^>]*>2<', page)
    assert re.search(r'href="[^"]*process=small_case[^"]*overdue=1"[^>]*>2<', page)


def test_a_number_leads_to_a_list_of_that_many(bureau, head, text_of):
    bureau.start()
    bureau.clock.advance_to("2026-02-14 09:00")
    bureau.start(case_no="池失案〔2026〕2号")
    page = text_of(head.get("/inspector/instances?process=small_case&state=active&overdue=1"))
    assert "池失案〔2026〕1号" in page
    assert "池失案〔2026〕2号" not in page


def test_a_procedure_shows_its_numbers_on_elements_and_filters_by_them(bureau, head, text_of):
    waiting = bureau.start()
    heard = bureau.start(case_no="池失案〔2026〕2号")
    bureau.complete(heard)
    marks = head.get("/inspector/processes/small_case/tokens.json").get_json()
    assert marks["tokens"] == {"check_case": 1, "hear": 1}
    page = text_of(head.get("/inspector/processes/small_case?element=check_case"))
    assert f"/inspector/instances/{waiting}" in page
    assert f"/inspector/instances/{heard}" not in page


def test_a_click_on_an_element_brings_only_the_part_below(bureau, head, text_of):
    bureau.start()
    address = "/inspector/processes/small_case?element=check_case"
    part = text_of(head.get(address, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="in-contents"')


def test_a_procedure_that_nobody_deployed_is_not_there(head):
    assert head.get("/inspector/processes/nothing").status_code == 404


def test_numbers_count_only_what_one_may_see(bureau, client_as, text_of):
    bureau.start()
    page = text_of(client_as("dz_xb02").get("/inspector"))
    assert "state=active" not in page
