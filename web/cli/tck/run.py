"""Runs test cases and counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from engine.dmn.decision_model import DecisionModel
from engine.dmn.errors import DecisionError, DmnInvalid
from engine.dmn.library import read_library
from engine.feel import Environment, FeelError
from web.cli.tck.cases import Expected, TestCase, read_cases
from web.cli.tck.values import agrees

CASES = "*-test-*.xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How one expected result of a test case came out.

    `folder` is relative to the tree that was run; `problem` says why the answer, or a part of it,
    is null. The kit writes null where it expects an error, so an error counts as that answer.
    """

    folder: str
    case: str
    result: str
    passed: bool
    expected: object
    found: object
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many results of a folder, and everything below it, came out as expected."""

    folder: str
    passed: int
    total: int


def run_tree(root: Path, environment: Environment) -> Iterator[Outcome]:
    """The outcomes of every case folder at or below `root`, in the order of their names."""
    folders = sorted({file.parent for file in root.rglob(CASES)})
    for folder in folders:
        yield from run_folder(folder, environment, folder.relative_to(root).as_posix())


def run_folder(folder: Path, environment: Environment, name: str = "") -> Iterator[Outcome]:
    """The outcomes of one case folder, called `name`. Raises `DmnInvalid` for a broken file of
    test cases; a model that cannot be read fails its cases."""
    for file in sorted(folder.glob(CASES)):
        read = read_cases(file)
        try:
            model, problem = _model(folder, read.model_name), ""
        except DmnInvalid as invalid:
            model, problem = None, invalid.message("en")
        for case in read.cases:
            for expected in case.expected:
                yield _outcome(name or folder.name, model, problem, case, expected, environment)


def tally(outcomes: Iterable[Outcome]) -> list[Tally]:
    """Counts by case folder, by each folder above, and in total (folder "") at the end."""
    counts: dict[str, list[int]] = {}
    for outcome in outcomes:
        parts = outcome.folder.split("/")
        for depth in range(len(parts), -1, -1):
            count = counts.setdefault("/".join(parts[:depth]), [0, 0])
            count[0] += outcome.passed
            count[1] += 1
    total = counts.pop("", [0, 0])
    ordered = [*sorted(counts.items()), ("", total)]
    return [Tally(folder=folder, passed=passed, total=of) for folder, (passed, of) in ordered]


def _outcome(
    folder: str,
    model: DecisionModel | None,
    problem: str,
    case: TestCase,
    expected: Expected,
    environment: Environment,
) -> Outcome:
    found: object = None
    if model is not None:
        try:
            found, problem = _ask(model, case, expected.name, environment)
        except (DecisionError, FeelError) as error:
            problem = error.message("en")
    passed = model is not None and agrees(expected.value, found)
    return Outcome(
        folder=folder,
        case=case.id,
        result=expected.name,
        passed=passed,
        expected=expected.value,
        found=found,
        problem=problem,
    )


def _ask(
    model: DecisionModel, case: TestCase, result: str, environment: Environment
) -> tuple[object, str]:
    """The answer, and why a part of it is null."""
    name = case.invocable or result
    decisions = (one.id for one in model.decisions.values() if one.name == name)
    services = (one.id for one in model.services.values() if one.name == name)
    asked = next(chain(decisions, services), name)
    instance = model.evaluate(asked, case.inputs, environment)
    answer = instance.result
    if case.asks_service and isinstance(answer, dict) and result in answer:
        answer = answer[result]
    faults = (warning.message("en") for one in instance.walk() for warning in one.warnings)
    return answer, next(faults, "")


def _model(folder: Path, name: str) -> DecisionModel:
    """The model under test; the other models of the folder are what it may import."""
    files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.dmn"))}
    return read_library(files).model(name)
