"""`docs/feel.md`: every example is true, and no function or limit is left out."""

from __future__ import annotations

import re
from functools import cache

import pytest

from engine.feel import compile_expression, compile_unary_tests, limits
from engine.feel.builtins import BUILTINS
from engine.feel.texts import literal_of
from tests.engine.feel.reference import PAGE, Row, environment, rows, shown

EXAMPLES = [*rows("式子", "值"), *rows("例", "值")]
CELLS = list(rows("单元格", "输入", "中"))


@cache
def variables() -> dict[str, object]:
    return {row["变量"]: answer(row["值"]) for row in rows("变量", "值")}


def answer(source: str, given: dict[str, object] | None = None) -> object:
    given = given or {}
    return compile_expression(source, names=given).evaluate(given, environment()).value


def place(row: Row) -> str:
    return f"{PAGE.name}:{row.line}"


def test_the_page_has_examples_of_all_three_kinds() -> None:
    assert len(variables()) > 3
    assert len(EXAMPLES) > 200
    assert len(CELLS) > 20


@pytest.mark.parametrize("row", EXAMPLES, ids=place)
def test_an_example_has_the_value_that_is_written(row: Row) -> None:
    source = row["式子" if "式子" in row.cells else "例"]
    found, written = answer(source, variables()), answer(row["值"])
    assert (written is None) is (row["值"] == "null"), f"{place(row)}: {row['值']} is no value"
    assert literal_of(found) == literal_of(written), f"{place(row)}: {source}"
    assert type(found) is type(written), f"{place(row)}: {source}"


@pytest.mark.parametrize("row", CELLS, ids=place)
def test_a_cell_matches_as_it_is_written(row: Row) -> None:
    tests = compile_unary_tests(row["单元格"], names=variables())
    found = tests.test(answer(row["输入"]), variables(), environment()).value is True
    assert found is answer(row["中"]), f"{place(row)}: {row['单元格']}"


def test_every_function_stands_with_all_its_signatures_and_is_called_in_its_row() -> None:
    listed: dict[str, str] = {}
    called: set[str] = set()
    for row in rows("函数", "例"):
        listed |= {text: place(row) for text in re.findall("`([^`]+)`", row.cells["函数"])}
        called |= compile_expression(row["例"], names=variables()).calls
    signatures = {shown(one) for function in BUILTINS.values() for one in function.signatures}
    assert set(listed) == signatures
    assert called >= set(BUILTINS)


def test_the_limits_are_those_of_the_language() -> None:
    written = {row.cells["名"].strip("`"): row["上限"] for row in rows("项目", "上限", "名")}
    assert len(written) > 5
    for name, limit in written.items():
        assert limit == f"{getattr(limits, name):,}", name
