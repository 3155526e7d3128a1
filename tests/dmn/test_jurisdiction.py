"""D15: who decides, who signs, who reviews."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

ROWS = [
    (1, "CZ-GC", "CZ-GC", "贵", "341702", "池州市贵池区人民政府", "CZ-XB"),
    (2, "CZ-DZ", "CZ-DZ", "东", "341721", "东至县人民政府", "CZ-XB"),
    (3, "CZ-ST", "CZ-ST", "石", "341722", "石台县人民政府", "CZ-XB"),
    (4, "CZ-QY", "CZ-QY", "青", "341723", "青阳县人民政府", "CZ-XB"),
    (5, "CZ-JH", "CZ", "池", "341700-JH", "池州市人民政府", "CZ-XB"),
    (6, "CZ-KF", "CZ", "池", "341700-KF", "池州市人民政府", "CZ-XB"),
    (7, "CZ-JN", "CZ", "池", "341700-JN", "池州市人民政府", "CZ-XB"),
    (8, "CZ", "CZ", "池", "341700", "池州市人民政府", None),
]


@pytest.mark.parametrize(("row", "unit", "decides", "mark", "region", "review", "reports_to"), ROWS)
@pytest.mark.parametrize("below", ["", "-JB"])
def test_each_unit_and_what_is_below_it(
    row: int,
    unit: str,
    decides: str,
    mark: str,
    region: str,
    review: str,
    reports_to: str | None,
    below: str,
) -> None:
    instance = ask("jurisdiction", "jurisdiction", source_unit=unit + below)
    organ = instance.result
    assert rows(instance) == [row]
    assert (organ["unit"], organ["deciding_unit"], organ["number_mark"]) == (unit, decides, mark)
    assert (organ["region_code"], organ["review_organ"]) == (region, review)
    assert organ["reports_to"] == reports_to
    for field in ("group_name", "organ_name", "office_name", "office_addr", "contact", "phone"):
        assert organ[field]


def test_every_row_has_an_example() -> None:
    assert [row for row, *_ in ROWS] == list(
        range(1, row_count("jurisdiction", "jurisdiction") + 1)
    )


def test_an_unknown_unit_has_nobody_to_decide() -> None:
    assert ask("jurisdiction", "jurisdiction", source_unit="HF-01").result is None
