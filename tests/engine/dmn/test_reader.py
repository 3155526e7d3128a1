"""Files: versions, prefixes, and what is refused."""

from __future__ import annotations

import pytest

from engine.dmn import DmnInvalid, HitPolicy, read_decisions
from engine.errors import ChengxinError
from tests.engine.dmn.builder import definitions, literal, table

VERSIONS = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


@pytest.mark.parametrize("namespace", VERSIONS)
def test_every_version_of_dmn_is_read(namespace: str) -> None:
    model = read_decisions(definitions(literal("a", "1 + 1"), namespace), "a.dmn")
    assert model.evaluate("a", {}).result == 2


def test_any_prefix_is_read() -> None:
    xml = (
        '<规则:definitions xmlns:规则="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n">'
        '<规则:decision id="a" name="a"><规则:literalExpression><规则:text>2</规则:text>'
        "</规则:literalExpression></规则:decision></规则:definitions>"
    )
    assert read_decisions(xml.encode(), "a.dmn").evaluate("a", {}).result == 2


def test_a_decision_knows_its_line_and_hit_policy() -> None:
    model = read_decisions(definitions(table([(["1"], ["1"])], policy="RULE ORDER")), "t.dmn")
    decision = model.decisions["t"]
    assert decision.hit_policy is HitPolicy.RULE_ORDER
    assert (decision.place.file, decision.place.line) == ("t.dmn", 3)
    assert decision.table is not None
    assert (decision.table.rules[0].place.line, decision.table.rules[0].id) == (4, "r1")


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (b"<!DOCTYPE d [<!ENTITY a 'b'>]>" + definitions("")[39:], "DOCTYPE"),
        (b"<definitions/>", "definitions"),
        (b"<definitions", "XML"),
        (b"", "XML"),
        (definitions("<a>" * 200 + "</a>" * 200), "100"),
        (b" " * 5_000_001, "5 MB"),
        (definitions(literal("a", "1") + literal("a", "2")), "a"),
        (definitions(table([(["1", "2"], ["1"])])), "1"),
        (definitions(table([], policy="GUESS")), "GUESS"),
        (definitions(table([], policy="COLLECT", aggregation="AVG")), "AVG"),
    ],
)
def test_what_is_unsafe_or_broken_is_refused(xml: bytes, why: str) -> None:
    with pytest.raises(DmnInvalid) as caught:
        read_decisions(xml, "bad.dmn")
    assert why in caught.value.message("zh")
    assert why in caught.value.message("en")
    assert caught.value.findings[0].place.file == "bad.dmn"


def test_every_error_speaks_both_languages() -> None:
    def below(error: type[ChengxinError]) -> list[type[ChengxinError]]:
        found = error.__subclasses__()
        return found + [deeper for one in found for deeper in below(one)]

    errors = [error for error in below(ChengxinError) if error.__module__ == "engine.dmn.errors"]
    assert len(errors) > 8
    assert all("zh" in vars(error) and "en" in vars(error) for error in errors)
