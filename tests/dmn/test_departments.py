"""Who carries out which measure, and whether the office is told."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows
from tests.dmn.organisation import codes, roles

FEED_BACK = {"M04", "M05a", "M05b", "M05c", "M05d", "M05e", "M10"}
GUICHI = {"deciding_unit": "CZ-GC", "office_unit": "CZ-GC-XB"}


def catalogue() -> list[str]:
    classes = ("unit", "individual")
    found = [ask("measures", "measures", party={"party_class": c}).result for c in classes]
    return sorted({measure["id"] for measures in found for measure in measures})


def departments(measures: object, organ: object = None) -> list[dict[str, object]]:
    facts = {"measures": measures, "deciding_organ": organ}
    return ask("departments", "measure_departments", **facts).result


def test_every_measure_has_somebody_who_carries_it_out() -> None:
    found = departments(catalogue())
    assert [row["measure"] for row in found] == catalogue()
    assert {row["measure"] for row in found if row["feedback"]} == FEED_BACK


@pytest.mark.parametrize("organ", [None, GUICHI])
def test_units_and_groups_are_those_of_the_organisation(organ: object) -> None:
    for row in departments(catalogue(), organ):
        assert row["unit"] in codes()
        assert row["group"] in roles()


def test_what_the_bureau_does_itself_is_done_by_the_bureau_that_decides() -> None:
    inside = {row["unit"] for row in departments(["M01", "M02", "M06", "M07"], GUICHI)}
    assert inside == {"CZ-GC-XB", "CZ-GC-CG", "CZ-GC-RS"}


@pytest.mark.parametrize("party_class", ["unit", "individual"])
@pytest.mark.parametrize("profile", ["seed-2021", "national-2026"])
def test_measures_may_be_given_whole(party_class: str, profile: str) -> None:
    facts = {"party": {"party_class": party_class}, "profile": profile}
    measures = ask("measures", "measures", **facts).result
    assert [row["measure"] for row in departments(measures)] == [m["id"] for m in measures]


@pytest.mark.parametrize("measures", [None, [], ["M99"]])
def test_without_measures_nobody_is_asked(measures: object) -> None:
    assert departments(measures) == []
    assert ask("departments", "feedback_departments", measures=measures).result == []


def test_a_department_answers_once_for_all_its_measures() -> None:
    unit = ["M01", "M04", "M05a", "M05b", "M06", "M08", "M10"]
    found = ask("departments", "feedback_departments", measures=unit).result
    assert [(row["department"], row["measures"]) for row in found] == [
        ("市信用办", ["M04"]),
        ("审批部门", ["M05a"]),
        ("许可部门", ["M05b"]),
        ("行业主管部门", ["M10"]),
    ]
    assert [(row["unit"], row["group"]) for row in found][:2] == [("XYB", "R15"), ("CF-SPJ", "R10")]


def test_every_row_has_an_example() -> None:
    seen = rows(ask("departments", "measure_departments", measures=catalogue()))
    assert seen == list(range(1, row_count("departments", "measure_departments") + 1))
