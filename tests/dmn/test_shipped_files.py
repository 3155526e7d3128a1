"""What holds for every shipped table."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import check_decisions
from tests.dmn.bureau import DMN, shipped

FILES = sorted(path.stem for path in DMN.glob("*.dmn"))
MODELER = "{http://camunda.org/schema/modeler/1.0}"


def tree(file: str) -> etree._Element:
    return etree.parse(str(Path(DMN, f"{file}.dmn"))).getroot()


def test_decision_ids_are_unique_over_all_files() -> None:
    ids = [name for file in FILES for name in shipped(file).decisions]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("file", FILES)
def test_the_checks_find_nothing(file: str) -> None:
    assert check_decisions(shipped(file)) == []


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_for_the_stock_modeler(file: str) -> None:
    root = tree(file)
    assert etree.QName(root).namespace == "https://www.omg.org/spec/DMN/20191111/MODEL/"
    assert root.get(f"{MODELER}executionPlatform") == "Camunda Cloud"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("file", FILES)
def test_everything_is_drawn(file: str) -> None:
    drawn = {
        str(element.get("dmnElementRef"))
        for element in tree(file).iter()
        if element.get("dmnElementRef")
    }
    model = shipped(file).definitions
    assert {*model.decisions, *model.input_data} <= drawn


@pytest.mark.parametrize("file", FILES)
def test_every_rule_says_where_it_comes_from(file: str) -> None:
    for decision in shipped(file).decisions.values():
        assert decision.name
        for rule in decision.table.rules if decision.table else ():
            assert rule.annotation, f"{decision.id} {rule.index}"


@pytest.mark.parametrize("file", FILES)
def test_every_column_has_a_chinese_label(file: str) -> None:
    for decision in shipped(file).decisions.values():
        table = decision.table
        for clause in (*table.inputs, *table.outputs) if table else ():
            assert any("一" <= letter <= "鿿" for letter in clause.label), clause
