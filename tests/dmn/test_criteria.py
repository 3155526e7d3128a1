"""D01: whether a circumstance of S2.1 exists."""

from __future__ import annotations

from datetime import date

import pytest

from tests.dmn.bureau import ask, row_count, rows

TODAY = "2025-06-03"
PASSED, OPEN = date(2025, 5, 30), date(2025, 6, 3)


def act(kind: str, **facts: object) -> dict[str, object]:
    return {
        "act_type": kind,
        "status": "有效",
        "served_date": date(2025, 5, 6),
        "due_date": PASSED,
        **facts,
    }


def facts(
    criterion: int, *acts: dict[str, object], pc: str = "unit", **case: object
) -> dict[str, object]:
    return {
        "criterion": criterion,
        "party": {"party_class": pc},
        "case": {"criteria": [criterion], **case},
        "acts": list(acts),
    }


ROWS = [
    (1, facts(2, act("penalty"), pc="individual"), "NOT_MET"),
    (2, facts(5, act("order_return")), "REFER"),
    (3, facts(3, act("order_pay"), conduct_evidenced=False), "NOT_MET"),
    (4, facts(3, act("order_pay", status="已撤销")), "INSUFFICIENT"),
    (4, facts(3, act("order_pay", served_date=None)), "INSUFFICIENT"),
    (4, facts(3, act("order_pay", served_date=date(2025, 6, 4))), "INSUFFICIENT"),
    (5, facts(1, act("order_pay")), "INSUFFICIENT"),
    (5, facts(2), "INSUFFICIENT"),
    (6, facts(3, act("penalty")), "INSUFFICIENT"),
    (7, facts(4, act("penalty")), "INSUFFICIENT"),
    (7, facts(6, act("repay_agreement")), "INSUFFICIENT"),
    (8, facts(5, act("penalty"), pc="individual"), "INSUFFICIENT"),
    (9, facts(7, act("penalty")), "INSUFFICIENT"),
    (10, facts(2, act("penalty", due_date=None)), "MET"),
    (11, facts(3, act("order_pay", due_date=OPEN)), "NOT_YET"),
    (12, facts(3, act("order_pay", unfulfilled=False)), "NOT_MET"),
    (13, facts(1, act("penalty")), "MET"),
    (14, facts(3, act("order_pay")), "MET"),
    (15, facts(4, act("order_return"), pc="individual"), "MET"),
    (16, facts(5, act("order_return"), pc="individual"), "MET"),
    (17, facts(5, act("repay_agreement"), pc="individual"), "MET"),
    (18, facts(6, act("order_return")), "MET"),
    (19, facts(7, act("warning_notice")), "MET"),
    (20, facts(5, act("repay_agreement", due_date=None), pc="individual"), "INSUFFICIENT"),
    (21, facts(1, act("penalty", due_date=None)), "INSUFFICIENT"),
    (22, facts(4, act("order_return"), amount_due=-1), "NOT_MET"),
    (23, facts(9, act("penalty")), "ERROR"),
]


@pytest.mark.parametrize(("row", "asked", "result"), ROWS)
def test_each_row_answers(row: int, asked: dict[str, object], result: str) -> None:
    # given an act and a party, when one circumstance is judged
    instance = ask("criteria", "criteria_check", TODAY, **asked)
    # then exactly this row of the table answers
    assert rows(instance) == [row]
    assert instance.result["result"] == result
    assert instance.result["criterion"] == asked["criterion"]
    assert instance.result["reason"]


def test_every_row_has_an_example() -> None:
    assert {row for row, _, _ in ROWS} == set(range(1, row_count("criteria", "criteria_check") + 1))


@pytest.mark.parametrize(
    ("today", "result", "row"),
    [
        ("2024-03-20", "NOT_YET", 11),
        ("2024-03-21", "MET", 14),
    ],
)
def test_t01_an_order_to_pay_counts_from_the_day_after_it_was_due(
    today: str, result: str, row: int
) -> None:
    order = act("order_pay", served_date=date(2024, 3, 5), due_date=date(2024, 3, 20))
    instance = ask("criteria", "criteria_check", today, **facts(3, order, amount_due=86_400))
    assert (instance.result["result"], rows(instance)) == (result, [row])


def broken_agreement() -> dict[str, object]:
    """T11: six instalments on month ends, three paid, a reminder served on 2025-05-06."""
    ends = [(2025, m, d) for m, d in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))]
    paid = [date(2025, 1, 31), date(2025, 2, 27), date(2025, 3, 31), None, None, None]
    return {
        "repay_plan": {
            "instalments": [
                {
                    "no": n,
                    "due_date": date(*end),
                    "amount": 4400,
                    "paid_date": day,
                    "paid_amount": 4400 if day else 0,
                }
                for n, (end, day) in enumerate(zip(ends, paid, strict=True), start=1)
            ],
            "reminder_served_date": date(2025, 5, 6),
        }
    }


@pytest.mark.parametrize(
    ("today", "result", "row"),
    [
        ("2025-05-12", "NOT_YET", 11),
        ("2025-05-13", "NOT_YET", 11),
        ("2025-05-14", "MET", 17),
    ],
)
def test_t11_a_broken_agreement_counts_after_the_grace_of_the_reminder(
    today: str, result: str, row: int
) -> None:
    asked = facts(5, act("repay_agreement", due_date=None), pc="individual", amount_due=26_400)
    instance = ask("criteria", "criteria_check", today, **asked, **broken_agreement())
    assert (instance.result["result"], rows(instance)) == (result, [row])
    if result == "NOT_YET":
        assert instance.result["wait_until"] == date(2025, 5, 13)


def test_a_late_instalment_needs_a_reminder_first() -> None:
    plan = broken_agreement()
    plan["repay_plan"]["reminder_served_date"] = None  # type: ignore[index]
    asked = facts(5, act("repay_agreement"), pc="individual")
    instance = ask("criteria", "criteria_check", "2025-05-14", **asked, **plan)
    assert (instance.result["result"], rows(instance)) == ("INSUFFICIENT", [20])


@pytest.mark.parametrize(
    ("today", "next_day"), [("2025-04-30", date(2025, 4, 30)), ("2025-04-10", date(2025, 4, 30))]
)
def test_an_agreement_that_is_kept_is_looked_at_again_after_the_next_instalment(
    today: str, next_day: date
) -> None:
    agreed = act("repay_agreement", served_date=date(2024, 12, 30))
    asked = facts(5, agreed, pc="individual")
    instance = ask("criteria", "criteria_check", today, **asked, **broken_agreement())
    assert instance.result["result"] == "NOT_YET"
    assert instance.result["wait_until"] == next_day


def test_an_instalment_paid_within_the_grace_does_not_break_the_agreement() -> None:
    plan = broken_agreement()
    plan["repay_plan"]["instalments"][3].update(  # type: ignore[index]
        paid_date=date(2025, 5, 13), paid_amount=4400
    )
    asked = facts(5, act("repay_agreement"), pc="individual")
    instance = ask("criteria", "criteria_check", "2025-05-14", **asked, **plan)
    assert instance.result["result"] == "NOT_MET"


@pytest.mark.parametrize(
    ("unfulfilled", "outstanding", "result", "row"),
    [
        (False, 0, "NOT_MET", 12),
        (True, 1000, "MET", 15),
    ],
)
def test_t13_a_balance_of_any_size_counts(
    unfulfilled: bool, outstanding: int, result: str, row: int
) -> None:
    order = act(
        "order_return",
        served_date=date(2024, 10, 8),
        due_date=date(2024, 10, 31),
        unfulfilled=unfulfilled,
    )
    asked = facts(4, order, amount_due=120_000, amount_outstanding=outstanding)
    instance = ask("criteria", "criteria_check", "2024-11-01", **asked)
    assert (instance.result["result"], rows(instance)) == (result, [row])


@pytest.mark.parametrize(
    ("today", "unfulfilled", "result"),
    [
        ("2025-04-01", False, "NOT_MET"),
        ("2025-04-01", True, "MET"),
        ("2025-03-31", True, "NOT_YET"),
    ],
)
def test_t14_what_counts_is_the_end_of_the_due_day(
    today: str, unfulfilled: bool, result: str
) -> None:
    order = act(
        "order_pay",
        served_date=date(2025, 3, 3),
        due_date=date(2025, 3, 31),
        unfulfilled=unfulfilled,
    )
    instance = ask("criteria", "criteria_check", today, **facts(3, order))
    assert instance.result["result"] == result


def test_of_several_acts_the_one_that_carries_the_listing_is_judged() -> None:
    # given an order that was obeyed, a revoked one, and one that was not obeyed
    orders = [
        act("order_pay", act_no="一号", unfulfilled=False),
        act("order_pay", act_no="二号", status="已撤销"),
        act("order_pay", act_no="三号"),
    ]
    # when criterion 3 is judged
    instance = ask("criteria", "criteria_check", TODAY, **facts(3, *orders))
    # then the third is what it rests on
    evidence = {found.decision_id: found for found in instance.walk()}
    assert instance.result["result"] == "MET"
    assert evidence["criterion_facts"].result["act_no"] == "三号"


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        (["MET", "NOT_MET"], "MET"),
        (["REFER", "NOT_YET"], "REFER"),
        (["NOT_YET", "NOT_MET"], "NOT_YET"),
        (["NOT_MET", "INSUFFICIENT"], "NONE"),
        ([], "NONE"),
    ],
)
def test_one_circumstance_is_enough(results: list[str], outcome: str) -> None:
    judged = [
        {"criterion": n, "result": r, "wait_until": date(2025, 6, n) if r == "NOT_YET" else None}
        for n, r in enumerate(results, start=1)
    ]
    verdict = ask("criteria", "any_met", criteria_results=judged).result
    assert verdict["outcome"] == outcome
    assert verdict["any_met"] is (outcome == "MET")
    waits = [entry["wait_until"] for entry in judged if entry["wait_until"]]
    assert verdict["wait_until"] == (max(waits) if waits else None)
