"""D.1: who reports every month, and what."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows
from tests.dmn.organisation import codes, units

KINDS = ["线索", "处罚", "责令", "协议", "违约", "履行", "修复"]


def reporting() -> list[dict[str, object]]:
    return ask("reporting", "reporting_units").result


def test_eighteen_units_in_eight_regions_report() -> None:
    found = reporting()
    named = [unit for region in found for unit in region["units"]]
    assert (len(found), len(named), len(set(named))) == (8, 18, 18)


def test_seven_regions_report_to_the_city() -> None:
    to_itself = [row["region_name"] for row in reporting() if not row["reports_to_city"]]
    assert to_itself == ["市本级"]


def test_the_units_are_those_of_the_organisation() -> None:
    for region in reporting():
        assert {region["office"], *region["units"]} <= codes()
    regions = {
        unit.region_code: unit.short_name for unit in units().values() if unit.code[:2] == "CZ"
    }
    assert {row["region"]: row["region_name"] for row in reporting()} == regions


def test_a_region_is_named_as_jurisdiction_names_it() -> None:
    for region in reporting():
        organ = ask("jurisdiction", "jurisdiction", source_unit=region["units"][0]).result
        assert organ["region_code"] == region["region"]
        assert (organ["reports_to"] is not None) == region["reports_to_city"]


@pytest.mark.parametrize(("as_county", "to_city"), [(None, 7), (True, 7), (False, 4)])
def test_areas_report_as_counties_do_or_straight_to_the_city(
    as_county: bool | None, to_city: int
) -> None:
    facts = {"functional_areas_as_county": as_county}
    found = ask("reporting", "reporting_units", **facts).result
    assert len(found) == 8
    assert len([row for row in found if row["reports_to_city"]]) == to_city


def test_only_clues_and_repairs_are_reported_where_an_owner_wants_that() -> None:
    kinds = ask("reporting", "information_kinds", information_scope="listing").result
    assert [kind["name"] for kind in kinds] == ["线索", "修复"]


def test_every_kind_of_information_is_reported() -> None:
    kinds = ask("reporting", "information_kinds").result
    assert [kind["name"] for kind in kinds] == KINDS
    assert len({kind["id"] for kind in kinds}) == len(KINDS)
    assert {kind["name"] for kind in kinds if kind["makes_clue"]} == {
        "线索",
        "处罚",
        "责令",
        "违约",
    }


def test_every_row_has_an_example() -> None:
    seen: set[int] = set()
    for as_county in (True, False):
        facts = {"functional_areas_as_county": as_county}
        seen |= set(rows(ask("reporting", "reporting_units", **facts)))
    assert seen == set(range(1, row_count("reporting", "reporting_units") + 1))
