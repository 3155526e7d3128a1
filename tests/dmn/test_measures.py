"""D04: what follows from being listed."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

UNIT = ["M01", "M02", "M03", "M04", "M05a", "M05b", "M06", "M07", "M08", "M09", "M10"]
PERSON = ["M01", "M02", "M03", "M04", "M05c", "M05d", "M05e", "M07", "M08", "M09"]
NEED_BASIS = {"M04", "M05a", "M05b", "M05c", "M05d", "M05e"}


@pytest.mark.parametrize(("party_class", "wanted"), [("unit", UNIT), ("individual", PERSON)])
def test_by_the_seed_every_measure_of_the_class_applies(
    party_class: str, wanted: list[str]
) -> None:
    measures = ask("measures", "measures", party={"party_class": party_class}).result
    assert [m["id"] for m in measures] == wanted
    assert all(m["name"] and m["executed_by"] and m["seed"] and m["enabled"] for m in measures)


@pytest.mark.parametrize(("party_class", "wanted"), [("unit", UNIT), ("individual", PERSON)])
def test_nationally_a_measure_without_basis_does_not_apply(
    party_class: str, wanted: list[str]
) -> None:
    facts = {"party": {"party_class": party_class}, "profile": "national-2026"}
    measures = ask("measures", "measures", **facts).result
    assert [m["id"] for m in measures] == [m for m in wanted if m not in NEED_BASIS]


def test_every_row_applies_to_somebody() -> None:
    seen: set[int] = set()
    for party_class in ("unit", "individual"):
        for profile in ("seed-2021", "national-2026"):
            facts = {"party": {"party_class": party_class}, "profile": profile}
            seen |= set(rows(ask("measures", "measure_catalogue", **facts)))
    assert seen == set(range(1, row_count("measures", "measure_catalogue") + 1))


def test_the_profile_is_the_seed_until_an_owner_changes_it() -> None:
    assert ask("measures", "profile").result == "seed-2021"
