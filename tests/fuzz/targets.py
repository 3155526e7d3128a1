"""What is promised of any input, as functions that fail when it is not kept."""

from __future__ import annotations

from collections.abc import Mapping

from engine.dmn import DecisionModel, DmnInvalid, check_decisions, read_decisions
from engine.dmn.errors import DecisionError
from engine.feel import (
    Environment,
    Evaluation,
    FeelLimitExceeded,
    FeelSyntaxError,
    Function,
    NotEncodable,
    compile_expression,
    compile_unary_tests,
    encode,
)
from engine.feel.environment import Meter
from engine.feel.values import SCALARS

STEPS = 20_000
"""Steps of one evaluation here, so that each example is short."""

_DIFFERING = ("random number", "uuid")


def short_of_steps() -> Environment:
    """Surroundings in which an evaluation is stopped after `STEPS`."""
    return Environment(meter=Meter(STEPS))


def reads(text: str, *, as_cell: bool = False) -> bool:
    """Whether `text` is FEEL; whatever else is raised but the two errors goes through."""
    try:
        (compile_unary_tests if as_cell else compile_expression)(text)
    except (FeelSyntaxError, FeelLimitExceeded) as error:
        _say(error)
        return False
    return True


def read_text(text: str) -> None:
    """As an expression and as the text of a cell."""
    reads(text)
    reads(text, as_cell=True)


def evaluate_text(text: str, context: Mapping[str, object]) -> None:
    """Twice, with the same outcome: a value of FEEL with warnings, or a limit."""
    first, again = _outcome(text, context), _outcome(text, context)
    if isinstance(first, Evaluation):
        assert is_of_feel(first.value), first.value
    if not any(name in text for name in _DIFFERING):
        assert _comparable(first) == _comparable(again)


def ask_cell(text: str, value: object, context: Mapping[str, object]) -> None:
    """A cell says true, false or null."""
    try:
        verdict = compile_unary_tests(text).test(value, context, short_of_steps())
    except (FeelSyntaxError, FeelLimitExceeded) as error:
        _say(error)
        return
    assert verdict.value is None or isinstance(verdict.value, bool)
    for warning in verdict.warnings:
        assert str(warning)


def read_model(xml: bytes) -> DecisionModel | None:
    """The model, or None if it is refused with findings that say where and why."""
    try:
        return read_decisions(xml, "fuzzed.dmn")
    except DmnInvalid as invalid:
        _say(invalid)
        return None


def examine_model(model: DecisionModel) -> None:
    """The checks find something or nothing."""
    for finding in check_decisions(model):
        assert finding.zh
        assert finding.en


def ask_model(model: DecisionModel, context: Mapping[str, object]) -> None:
    """Every decision and service answers, or says why it cannot."""
    for name in (*model.decisions, *model.services):
        try:
            answer = model.evaluate(name, context, short_of_steps())
        except (DecisionError, FeelLimitExceeded) as error:
            _say(error)
            continue
        assert is_of_feel(answer.result), answer.result


def is_of_feel(value: object) -> bool:
    """Whether `value` is of a type FEEL has, with all inside it."""
    if isinstance(value, list):
        return all(map(is_of_feel, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(is_of_feel, value.values()))
    return type(value) in SCALARS or isinstance(value, Function)


def _outcome(text: str, context: Mapping[str, object]) -> Evaluation | str:
    try:
        evaluation = compile_expression(text).evaluate(context, short_of_steps())
    except (FeelSyntaxError, FeelLimitExceeded) as error:
        return _say(error)
    for warning in evaluation.warnings:
        assert str(warning)
    return evaluation


def _comparable(outcome: Evaluation | str) -> object:
    """An outcome in a form that compares; functions are as good as each other."""
    if isinstance(outcome, str):
        return outcome
    said = [str(warning) for warning in outcome.warnings]
    try:
        return encode(outcome.value), said
    except NotEncodable:
        return said


def _say(error: FeelSyntaxError | FeelLimitExceeded | DecisionError) -> str:
    said = error.message("zh") + error.message("en")
    assert said
    return said
