"""D10: who may have an entry repaired."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.dmn.bureau import ask, row_count, rows

YES: dict[str, object] = {
    "entry_active": True,
    "blocked_until": None,
    "minimum_reached": True,
    "corrected": True,
    "commitment": True,
    "new_uncorrected_act": False,
    "in_time": True,
}
ROWS = [
    (1, {"entry_active": False}, "REJECT", "名单已失效，无须修复"),
    (2, {"blocked_until": date(2025, 6, 4)}, "REJECT", "因虚假材料限制期内"),
    (3, {"minimum_reached": False}, "REJECT", "未满最短公示期"),
    (4, {"corrected": False}, "REJECT", "未纠正失信行为"),
    (5, {"commitment": False}, "SUPPLEMENT", "缺信用承诺书"),
    (6, {"new_uncorrected_act": True}, "REJECT", "存在新的未纠正失信行为"),
    (7, {"in_time": False}, "REFER", "逾期纠正，报领导小组"),
    (8, {}, "ACCEPT", "符合修复条件"),
    (9, {"corrected": None}, "ERROR", "未覆盖的组合，报流程管理员"),
]


@pytest.mark.parametrize(("row", "facts", "result", "reason"), ROWS)
def test_each_row_answers(row: int, facts: dict[str, object], result: str, reason: str) -> None:
    instance = ask("repair_eligibility", "repair_eligibility", **{**YES, **facts})
    assert rows(instance) == [row]
    assert (instance.result["result"], instance.result["reason"]) == (result, reason)
    assert instance.result["reason_code"]


def test_every_row_has_an_example() -> None:
    assert [row for row, *_ in ROWS] == list(
        range(1, row_count("repair_eligibility", "repair_eligibility") + 1)
    )


def test_no_combination_is_accepted_without_every_condition() -> None:
    flags = [name for name in YES if name != "blocked_until"]
    for values in product((True, False, None), repeat=len(flags)):
        for blocked_until in (None, date(2025, 6, 4)):
            facts = {**dict(zip(flags, values, strict=True)), "blocked_until": blocked_until}
            answer = ask("repair_eligibility", "repair_eligibility", **facts).result
            assert (answer["result"] == "ACCEPT") == (facts == YES)
            if facts["commitment"] is False:
                assert answer["result"] not in ("ACCEPT", "REFER")


@pytest.mark.parametrize(("today", "result"), [("2027-01-14", "REJECT"), ("2027-01-15", "ACCEPT")])
def test_after_a_false_proof_one_may_apply_again_a_year_later(today: str, result: str) -> None:
    facts = {**YES, "blocked_until": date(2027, 1, 15)}
    answer = ask("repair_eligibility", "repair_eligibility", today=today, **facts).result
    assert answer["result"] == result


@pytest.mark.parametrize(
    ("profile", "years", "months"),
    [
        ("seed-2021", 1, 0),
        ("seed-2021", 3, 0),
        ("national-2026", 1, 3),
        ("national-2026", 2, 12),
        ("national-2026", 3, 12),
    ],
)
def test_the_least_time_on_the_list(profile: str, years: int, months: int) -> None:
    facts = {"profile": profile, "years": years, "decision_date": date(2026, 11, 30)}
    assert ask("repair_eligibility", "repair_minimum_months", **facts).result == months
    first = {0: date(2026, 11, 30), 3: date(2027, 2, 28), 12: date(2027, 11, 30)}[months]
    assert ask("repair_eligibility", "repair_first_date", **facts).result == first


@pytest.mark.parametrize("profile", ["seed-2021", "national-2026"])
@pytest.mark.parametrize(("key", "years"), [("A", 1), ("B", 3)])
def test_the_table_of_periods_says_the_same(profile: str, key: str, years: int) -> None:
    months = ask("repair_eligibility", "repair_minimum_months", profile=profile, years=years)
    period = ask("deadlines", "deadlines", key=f"REPAIR_MIN_MONTHS_{key}", profile=profile)
    assert (period.result["amount"], period.result["unit"]) == (months.result, "M")


def test_a_late_correction_is_for_the_group_until_an_owner_changes_it() -> None:
    assert ask("repair_eligibility", "late_correction").result == "REFER"


@pytest.mark.parametrize("result", ["REFER", "REJECT", "ACCEPT"])
def test_the_owner_says_what_a_late_correction_leads_to(result: str) -> None:
    facts = {**YES, "in_time": False, "late_correction": result}
    answer = ask("repair_eligibility", "repair_eligibility", **facts).result
    assert (answer["result"], answer["reason_code"]) == (result, "LATE_CORRECTION")
    assert answer["reason"].startswith("逾期纠正")
