"""Looking for instances."""

from __future__ import annotations

import re

import pytest


def keys(page: str) -> list[int]:
    return [
        int(key) for key in re.findall(r'data-row-link href="/inspector/instances/(\d+)"', page)
    ]


def test_only_outermost_instances_are_listed_unless_asked(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    hearing = bureau.called_by(case)
    assert keys(text_of(head.get("/inspector/instances"))) == [case]
    assert keys(text_of(head.get("/inspector/instances?called=1"))) == [hearing, case]


def test_a_row_says_where_the_innermost_token_is(bureau, head, text_of):
    case = bureau.start()
    bureau.complete(case)
    page = text_of(head.get("/inspector/instances"))
    assert "window_over" in page


@pytest.mark.parametrize(
    "words", ["甲公司", "91341702MA2N0A1X8C", "91341702ma2n0a1x8c", "〔2026〕1号"]
)
def test_party_code_and_case_number_are_searched(bureau, head, text_of, words):
    wanted = bureau.start()
    bureau.start(case_no="别的案号", party={"name": "乙", "code": "X", "kind": "unit"})
    assert keys(text_of(head.get("/inspector/instances", query_string={"q": words}))) == [wanted]


def test_a_percent_sign_is_looked_for_not_understood(bureau, head, text_of):
    bureau.start()
    assert keys(text_of(head.get("/inspector/instances?q=%25"))) == []


def test_ended_and_running_are_told_apart(bureau, head, text_of):
    running, ended = bureau.start(), bureau.start()
    head.post(f"/inspector/instances/{ended}/cancel", data={"reason": "重复登记"})
    assert keys(text_of(head.get("/inspector/instances"))) == [running]
    assert keys(text_of(head.get("/inspector/instances?state=ended"))) == [ended]
    assert keys(text_of(head.get("/inspector/instances?state="))) == [ended, running]


def test_started_between_two_days_counts_both_whole(bureau, head, text_of):
    first = bureau.start()
    bureau.clock.advance_to("2026-02-11 23:30")
    second = bureau.start()
    address = "/inspector/instances?from={}&to={}"
    assert keys(text_of(head.get(address.format("2026-02-11", "2026-02-11")))) == [second]
    assert keys(text_of(head.get(address.format("2026-02-09", "2026-02-10")))) == [first]


def test_pages_go_on_and_back_without_a_gap(bureau, head, text_of):
    started = [bureau.start() for _ in range(52)]
    first = text_of(head.get("/inspector/instances"))
    older = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    second = text_of(head.get(older))
    newer = re.search(r'rel="prev" href="([^"]+)"', second).group(1).replace("&amp;", "&")
    assert keys(first) + keys(second) == started[::-1]
    assert keys(text_of(head.get(newer))) == keys(first)


def test_another_bureau_sees_nothing_of_it(bureau, client_as, text_of):
    bureau.start()
    assert keys(text_of(client_as("dz_xb02").get("/inspector/instances"))) == []


def test_a_persons_number_is_masked_in_lists(bureau, head, text_of):
    bureau.start(party={"name": "王某", "code": "341702198001010015", "kind": "individual"})
    page = text_of(head.get("/inspector/instances"))
    assert "341702198001010015" not in page
    assert "341702********0015" in page


def test_a_case_with_an_incident_anywhere_is_found(bureau, head, text_of):
    stuck = bureau.start("stuck")
    bureau.start()
    with pytest.raises(Exception, match="fork"):
        bureau.complete(stuck, answer=1)
    assert keys(text_of(head.get("/inspector/instances?incident=1"))) == [stuck]
