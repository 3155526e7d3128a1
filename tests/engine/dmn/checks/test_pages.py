"""`docs/tables.md`: its wrong tables are found wrong, its right ones right."""

from __future__ import annotations

import pytest

from engine.dmn import check_decisions, left_open
from tests.engine.dmn.checks.pages import Section, named_checks, sections

SECTIONS = sections()


@pytest.mark.parametrize("section", SECTIONS, ids=[one.check for one in SECTIONS])
def test_the_wrong_table_of_a_section_is_found_and_the_right_one_is_clean(
    section: Section,
) -> None:
    remarks = [*check_decisions(section.wrong), *left_open(section.wrong)]
    found = [one for one in remarks if one.check == section.check]
    assert section.said in found[0].zh
    assert found[0].en
    assert check_decisions(section.right) == []
    assert section.check not in [one.check for one in left_open(section.right)]


def test_every_check_is_named_on_the_page() -> None:
    shown = {section.check for section in SECTIONS}
    assert shown | {"requirement", "import", "too-large", "xml"} == set(named_checks())
