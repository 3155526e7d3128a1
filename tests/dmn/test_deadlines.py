"""D05: the periods of law and house."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import Period
from tests.dmn.bureau import DMN, Bureau, ask, row_count, rows, shipped

PERIODS = {
    "PUBLISH": (7, "WD", None),
    "MONTHLY_REPORT": (7, "WD", None),
    "COUNTY_REPORT": (3, "ND", "next_wd"),
    "PERIOD_A": (1, "Y", None),
    "PERIOD_B": (3, "Y", None),
    "DEFENCE": (5, "WD", None),
    "DEFENCE_EXT": (5, "WD", None),
    "REVIEW": (10, "WD", None),
    "REVIEW_EXT": (5, "WD", None),
    "DECIDE": (5, "WD", None),
    "SERVE": (7, "WD", None),
    "PUBLIC_NOTICE": (30, "ND", "next_wd"),
    "RECTIFY": (30, "ND", "next_wd"),
    "INSTALMENT_GRACE": (5, "WD", None),
    "HONOUR": (10, "WD", None),
    "MEASURE_FEEDBACK": (10, "WD", None),
    "REPAIR_ACCEPT": (3, "WD", None),
    "REPAIR_SUPPLEMENT": (5, "WD", None),
    "REPAIR_DECIDE": (10, "WD", None),
    "REPAIR_DECIDE_EXT": (10, "WD", None),
    "REPAIR_PUBLISH": (3, "WD", None),
    "REPAIR_PUSH": (3, "WD", None),
    "REPAIR_PROOF": (3, "WD", None),
    "LIFT_CONFIRM": (3, "WD", None),
    "REMOVAL_PUBLISH": (3, "WD", None),
    "TAKE_DOWN": (3, "WD", None),
    "REVOKE_STOP": (3, "WD", None),
    "OBJ_ACCEPT": (2, "WD", None),
    "OBJ_DECIDE": (7, "WD", None),
    "FIX": (2, "WD", None),
    "WARN_BEFORE": (2, "WD", None),
    "ESC2_AFTER": (2, "WD", None),
    "REPAIR_MIN_MONTHS_A": (0, "M", None),
    "REPAIR_MIN_MONTHS_B": (0, "M", None),
    "FALSE_REPAIR_BLOCK": (12, "M", None),
    "ADMIN_REVIEW": (60, "ND", None),
    "LITIGATION": (6, "M", None),
    "SUPPLEMENT_CLUE": (5, "WD", None),
    "UNIT_REVIEW": (3, "WD", None),
    "OFFICE_CHECK": (5, "WD", None),
    "GROUP_STUDY": (5, "WD", None),
    "DRAFT_NOTICE": (3, "WD", None),
    "APPROVE_NOTICE": (2, "WD", None),
    "EXTENSION_DECISION": (1, "WD", None),
    "REGISTER_DEFENCE": (1, "WD", None),
    "CHECK_CORRECTION": (2, "WD", None),
    "CHOOSE_METHOD": (1, "WD", None),
    "ANNOUNCE": (2, "WD", None),
    "COLLECT_SUMMARY": (2, "WD", None),
    "CITY_RECEIVE": (2, "WD", None),
    "CITY_RETURN": (2, "WD", None),
    "PUBLISH_DRAFT": (3, "WD", None),
    "PUBLISH_REVIEW": (5, "WD", None),
    "PUBLISH_DEFER_MAX": (5, "WD", None),
    "OBJ_VERIFY": (3, "WD", None),
    "REPAIR_VERIFY": (5, "WD", None),
    "SUSPEND_HIDE": (1, "WD", None),
    "PUBLISH_DEFER": (1, "WD", None),
    "DIFFERENCE": (1, "WD", None),
    "OBJ_SUSPEND": (0, "WD", None),
    "AMEND_PUSH": (3, "WD", None),
    "REMEDY_REGISTER": (2, "WD", None),
    "OBJ_SUPPLEMENT": (5, "WD", None),
    "AMEND_DRAFT": (3, "WD", None),
    "AMEND_SIGN": (2, "WD", None),
    "CLOSE_CONFIRM": (3, "WD", None),
    "HONOUR_RESTORE": (10, "WD", None),
    "BACKDATE": (3, "WD", None),
}
LOCKED = {"PUBLISH", "MONTHLY_REPORT", "PERIOD_A", "PERIOD_B"}


@pytest.mark.parametrize("key", PERIODS)
def test_each_period(key: str) -> None:
    instance = ask("deadlines", "deadlines", key=key)
    row = instance.result
    assert (row["key"], row["amount"], row["unit"], row["roll"]) == (key, *PERIODS[key])
    assert row["start"]
    assert row["source"]
    assert Period(amount=int(row["amount"]), unit=row["unit"], roll=row["roll"])
    if row["editable"]:
        assert row["min"] <= row["amount"] <= row["max"]


def test_every_row_has_an_example() -> None:
    seen: set[int] = set()
    for key in PERIODS:
        for profile in ("seed-2021", "national-2026"):
            seen |= set(rows(ask("deadlines", "deadlines", key=key, profile=profile)))
    assert seen == set(range(1, row_count("deadlines", "deadlines") + 1))


def test_the_periods_of_the_seed_are_locked() -> None:
    assert not any(ask("deadlines", "deadlines", key=key).result["editable"] for key in LOCKED)


def test_an_unknown_key_has_no_period() -> None:
    assert ask("deadlines", "deadlines", key="NO_SUCH").result is None


@pytest.mark.parametrize(
    ("key", "months"), [("REPAIR_MIN_MONTHS_A", 3), ("REPAIR_MIN_MONTHS_B", 12)]
)
def test_nationally_a_repair_has_to_wait(key: str, months: int) -> None:
    row = ask("deadlines", "deadlines", key=key, profile="national-2026").result
    assert row["amount"] == months


def test_every_file_starts_with_the_same_profile() -> None:
    expressions = {
        decision.logic.source  # type: ignore[union-attr]
        for file in sorted(path.stem for path in DMN.glob("*.dmn"))
        for decision in shipped(file).decisions.values()
        if decision.id.endswith("profile")
    }
    assert len(expressions) == 1


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("DEFENCE", "2024-03-26", "2024-04-02"),
        ("PUBLISH", "2024-02-02", "2024-02-18"),
        ("PUBLISH", "2024-09-27", "2024-10-12"),
        ("COUNTY_REPORT", "2025-10-16", "2025-10-20"),
        ("RECTIFY", "2025-08-13", "2025-09-12"),
        ("INSTALMENT_GRACE", "2025-05-06", "2025-05-13"),
        ("PERIOD_B", "2025-06-10", "2028-06-10"),
        ("REMOVAL_PUBLISH", "2025-04-09", "2025-04-14"),
        ("REMOVAL_PUBLISH", "2025-03-16", "2025-03-19"),
        ("REPAIR_ACCEPT", "2025-09-22", "2025-09-25"),
        ("REPAIR_PUBLISH", "2025-10-10", "2025-10-14"),
        ("HONOUR", "2025-03-10", "2025-03-24"),
        ("REVOKE_STOP", "2026-04-30", "2026-05-08"),
        ("FALSE_REPAIR_BLOCK", "2026-01-15", "2027-01-15"),
    ],
)
def test_the_periods_give_the_due_days_of_the_scenarios(key: str, start: str, due: str) -> None:
    assert Bureau().deadline(key, date.fromisoformat(start), None) == date.fromisoformat(due)
