"""D16: what a correction before the decision does."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows


def met(*criteria: int) -> list[dict[str, object]]:
    return [{"criterion": n, "result": "MET"} for n in criteria]


@pytest.mark.parametrize("criterion", range(1, 8))
def test_each_circumstance_when_corrected(criterion: int) -> None:
    facts = {"corrected": True, "criteria_results": met(criterion)}
    instance = ask("pre_decision_correction", "correction_effects", **facts)
    assert rows(instance) == [criterion]
    assert instance.result[0]["effect"] == ("CONTINUE_FLAG" if criterion == 2 else "CLOSE")


def test_nothing_changes_for_who_has_not_corrected() -> None:
    facts = {"corrected": False, "criteria_results": met(3)}
    instance = ask("pre_decision_correction", "correction_effects", **facts)
    assert rows(instance) == [row_count("pre_decision_correction", "correction_effects")]


@pytest.mark.parametrize(
    ("corrected", "criteria", "effect"),
    [
        (True, [3], "CLOSE"),
        (True, [1, 3, 4, 5, 6, 7], "CLOSE"),
        (True, [2, 3], "CONTINUE_FLAG"),
        (True, [2], "CONTINUE_FLAG"),
        (False, [3], "CONTINUE"),
        (None, [2, 3], "CONTINUE"),
        (True, [], "CONTINUE"),
    ],
)
def test_a_case_closes_only_if_every_circumstance_does(
    corrected: bool | None, criteria: list[int], effect: str
) -> None:
    facts = {"corrected": corrected, "criteria_results": met(*criteria)}
    answer = ask("pre_decision_correction", "pre_decision_correction", **facts).result
    assert answer["effect"] == effect


def test_t14_paid_a_day_late_closes_before_the_decision() -> None:
    # given criterion 3 met by the words of the seed, and paid since
    facts = {"corrected": True, "case": {"criteria": [3]}}
    # when the correction is judged, then the case closes
    answer = ask("pre_decision_correction", "pre_decision_correction", **facts).result
    assert answer["effect"] == "CLOSE"
    assert [row["seed_ref"] for row in answer["effects"]] == ["S2.1.3"]
