"""Runs cases of the DMN technology compatibility kit against the engine.

A case folder holds a model and `*-test-*.xml` files; a test case gives input nodes and expects
result nodes. Where the kit expects an error, its expected value is null, and an error of ours
counts as null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.dmn import DecisionError, DecisionModel, DmnInvalid, read_decisions
from engine.errors import ChengxinError
from engine.feel import Environment, Range, YearMonthDuration, compile_expression

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_FEEL = {
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}


class FixedClock:
    def now(self) -> datetime:
        return datetime(2024, 3, 26, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """How one expected result of one test case came out."""

    case: str
    passed: bool
    expected: object
    found: object


def run_level(folder: Path) -> list[Outcome]:
    """Every outcome of every case below the folder of a compliance level."""
    return [outcome for case in sorted(folder.iterdir()) for outcome in run_case(case)]


def run_case(folder: Path) -> list[Outcome]:
    """Every outcome of one case folder."""
    outcomes: list[Outcome] = []
    for file in sorted(folder.glob("*-test-*.xml")):
        tests = etree.parse(str(file)).getroot()
        model = _model(folder, _text(tests, "modelName"))
        for test in _all(tests, "testCase"):
            outcomes.extend(_run_test(f"{folder.name}/{test.get('id')}", test, model))
    return outcomes


def _run_test(name: str, test: etree._Element, model: DecisionModel | None) -> Iterator[Outcome]:
    given = {node.get("name"): _value(node) for node in _all(test, "inputNode")}
    for node in _all(test, "resultNode"):
        wanted = _value(next(_all(node, "expected")))
        service = test.get("invocableName") if test.get("type") == "decisionService" else None
        found = _ask(model, service or node.get("name"), given, node.get("name"))
        yield Outcome(f"{name}/{node.get('name')}", _agrees(wanted, found), wanted, found)


def _ask(
    model: DecisionModel | None, name: str, given: Mapping[str, object], result: str
) -> object:
    if model is None:
        return "the model cannot be read"
    ids = [d.id for d in (*model.decisions.values(), *model.services.values()) if d.name == name]
    try:
        answer = model.evaluate(ids[0] if ids else name, given, Environment(clock=FixedClock()))
    except DecisionError:
        return None
    except ChengxinError as error:
        return error
    several = name in (s.name for s in model.services.values()) and isinstance(answer.result, dict)
    if several and result in answer.result:
        return answer.result[result]
    return answer.result


def _model(folder: Path, name: str) -> DecisionModel | None:
    """The model under test; the other models of the folder are what it may import."""
    others = {file: file.read_bytes() for file in folder.glob("*.dmn") if file.name != name}
    read: list[DecisionModel] = []
    for _ in others:  # imports of imports: read again until nothing is new
        read = [read_decisions(xml, file.name, read) for file, xml in others.items()]
    try:
        return read_decisions((folder / name).read_bytes(), name, read)
    except DmnInvalid:
        return None


def _value(node: etree._Element) -> object:
    listed = next(_all(node, "list"), None)
    if listed is not None:
        if listed.get(f"{_XSI}nil") == "true":
            return None
        return [_value(item) for item in _all(listed, "item")]
    components = list(_all(node, "component"))
    if components:
        return {component.get("name"): _value(component) for component in components}
    value = next(_all(node, "value"), None)
    if value is None or value.get(f"{_XSI}nil") == "true":
        return None
    return _typed((value.get(f"{_XSI}type") or "string").rpartition(":")[2], value.text or "")


def _typed(kind: str, text: str) -> object:
    if kind in _FEEL:
        return compile_expression(f'{_FEEL[kind]}("{text.strip()}")').evaluate({}).value
    if kind == "boolean":
        return text.strip() == "true"
    if kind in ("decimal", "double", "float", "integer", "int", "long"):
        return Decimal(text.strip())
    return text


def _agrees(wanted: object, found: object) -> bool:
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, Decimal) and isinstance(found, Decimal):
        return abs(wanted - found) <= Decimal("1e-8") * max(1, abs(wanted))
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_agrees, wanted, found))
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(
            _agrees(entry, found[key]) for key, entry in wanted.items()
        )
    if isinstance(found, YearMonthDuration | Range):
        return wanted == found
    return type(wanted) is type(found) and wanted == found


def _all(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (
        child
        for child in node
        if isinstance(child.tag, str) and etree.QName(child).localname == name
    )


def _text(node: etree._Element, name: str) -> str:
    return next(_all(node, name)).text or ""
