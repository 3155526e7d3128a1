"""Every version of DMN, under any prefix, with what modelers put beside the logic."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dmn import DecisionFailed, DmnInvalid, check_decisions, read_decisions
from tests.engine.dmn.builder import definitions, literal, model, table

FILES = sorted((Path(__file__).parent / "versions").glob("*.dmn"))
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"


def test_there_is_a_file_of_each_version() -> None:
    assert [file.stem for file in FILES] == [f"dmn-1.{minor}" for minor in range(1, 7)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_version_answers(file: Path) -> None:
    # given a model with a knowledge source, a note, extensions, a drawing and an orientation
    read = read_decisions(file.read_bytes(), file.name)
    # then it is clean, and its table answers as its rules say
    assert check_decisions(read) == []
    assert read.evaluate("level", {"amount": 9_999}).result == "low"
    answer = read.evaluate("level", {"amount": 10_000})
    assert (answer.result, answer.matched[0].rule_id) == ("high", "large")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_types_of_the_version_are_kept(file: Path) -> None:
    read = read_decisions(file.read_bytes(), file.name)
    with pytest.raises(Exception, match="number"):
        read.evaluate("level", {"amount": "much"})


@pytest.mark.parametrize(
    "namespace",
    [
        "https://www.omg.org/spec/DMN/20191111/DMNDI/",
        "http://www.omg.org/spec/BPMN/20100524/MODEL",
        "https://www.omg.org/spec/DMN/20990101/MODEL/",
        "",
    ],
)
def test_what_is_no_model_is_refused(namespace: str) -> None:
    with pytest.raises(DmnInvalid):
        read_decisions(definitions(literal("a", "1"), namespace), "a.dmn")


@pytest.mark.parametrize(
    "language",
    [
        "feel",
        "FEEL",
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        FEEL,
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
    ],
)
def test_feel_has_many_names(language: str) -> None:
    body = literal("a", "1 + 1").replace(
        "<literalExpression", f'<literalExpression expressionLanguage="{language}"'
    )
    assert model(body).evaluate("a", {}).result == 2


def test_an_expression_in_another_language_is_refused_where_it_stands() -> None:
    body = literal("a", "1 + 1").replace(
        "<literalExpression", '<literalExpression expressionLanguage="groovy"'
    )
    read = model(body)
    assert any("groovy" in finding.zh for finding in check_decisions(read))
    with pytest.raises(DecisionFailed, match="groovy"):
        read.evaluate("a", {})


def test_the_language_of_the_file_is_that_of_its_expressions() -> None:
    xml = definitions(literal("a", "1")).replace(
        b"<definitions", b'<definitions expressionLanguage="juel"'
    )
    with pytest.raises(DecisionFailed, match="juel"):
        read_decisions(xml, "a.dmn").evaluate("a", {})


def test_a_cell_in_another_language_is_refused() -> None:
    body = table([(["1"], ["1"])]).replace("<inputEntry", '<inputEntry expressionLanguage="juel"')
    with pytest.raises(DmnInvalid, match="juel"):
        model(body)


def test_types_of_another_language_are_refused() -> None:
    item = '<itemDefinition name="tDay"><typeRef>xsd:date</typeRef></itemDefinition>'
    xml = definitions(item).replace(
        b"<definitions", b'<definitions typeLanguage="http://www.w3.org/2001/XMLSchema"'
    )
    with pytest.raises(DmnInvalid, match="XMLSchema"):
        read_decisions(xml, "a.dmn")


def test_other_imports_are_left_aside() -> None:
    schema = '<import namespace="x" importType="http://www.w3.org/2001/XMLSchema"/>'
    read = model(schema + literal("a", "1"))
    assert read.definitions.imports == ()
    assert check_decisions(read) == []
