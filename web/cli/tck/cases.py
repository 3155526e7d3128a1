"""Files of test cases: what is asked of which model, and what should come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from engine.dmn.xml import hardened
from web.cli.tck.values import nodes, value_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A result by name. Where the kit expects an error, `value` is null."""

    name: str
    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class TestCase:
    """One test case. `invocable` names the service that is asked, "" if decisions are."""

    __test__ = False

    id: str
    asks_service: bool
    invocable: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    expected: tuple[Expected, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """The test cases of one file, all about one model."""

    model_name: str
    cases: tuple[TestCase, ...]


def read_cases(file: Path) -> CaseFile:
    """The test cases of a file. Raises `DmnInvalid` if it is no XML or none that may be read."""
    root = hardened(file.read_bytes(), file.name)
    named = next(nodes(root, "modelName"), None)
    model_name = (named.text or "").strip() if named is not None else ""
    return CaseFile(model_name=model_name, cases=tuple(map(_case, nodes(root, "testCase"))))


def _case(node: etree._Element) -> TestCase:
    return TestCase(
        id=node.get("id") or "",
        asks_service=node.get("type") == "decisionService",
        invocable=node.get("invocableName") or "",
        inputs={given.get("name") or "": value_of(given) for given in nodes(node, "inputNode")},
        expected=tuple(_expected(node)),
    )


def _expected(node: etree._Element) -> Iterator[Expected]:
    for result in nodes(node, "resultNode"):
        wanted = next(nodes(result, "expected"), None)
        yield Expected(
            name=result.get("name") or "", value=None if wanted is None else value_of(wanted)
        )
