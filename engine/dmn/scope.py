"""What an expression of a decision sees, and the one place where FEEL is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from engine.dmn.decision_instance import DecisionInstance
from engine.dmn.errors import DecisionFailed, WrongType, failed
from engine.dmn.model import Definitions, LiteralExpression, UnaryTest
from engine.dmn.types import NotOfType, convert
from engine.errors import ChengxinError
from engine.feel import (
    Environment,
    FeelError,
    FeelLimitExceeded,
    Warning,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.limits import MAX_STEPS, MAX_WARNINGS
from engine.feel.sizes import COMPOUND, size_of
from engine.place import Place

MAX_CALLS = 40
"""How deep functions and services of decision models may call each other."""

_STEPS_OF_CALL = 16
"""What a call counts besides the work of its body."""


class Depth:
    """How many functions and services are inside each other, in all that one answer takes."""

    __slots__ = ("calls",)

    def __init__(self) -> None:
        self.calls = 0


def spoken_names(variables: Iterable[str]) -> frozenset[str]:
    """Those names that are not single words."""
    return frozenset([name for name in variables if not name.isidentifier()])


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The variables in sight while `decision` is evaluated.

    `warnings` gathers why values became null, `trail` the tables that functions evaluated on the
    way; both are shared with the scopes inside, and so is `depth`. `spoken` are the names that are
    not single words, which the parser has to be told.
    """

    decision: str
    definitions: Definitions
    variables: Mapping[str, object]
    environment: Environment
    warnings: list[Warning]
    trail: list[DecisionInstance]
    spoken: frozenset[str]
    depth: Depth

    @contextmanager
    def call(self, place: Place) -> Iterator[None]:
        """One function or service deeper. Raises `DecisionFailed` past `MAX_CALLS`."""
        if self.depth.calls >= MAX_CALLS:
            raise DecisionFailed(
                place=place,
                decision=self.decision,
                cause=f"函数或决策服务互相调用超过 {MAX_CALLS} 层，请检查递归的结束条件",
                cause_en=f"functions or decision services call each other more than {MAX_CALLS} "
                "deep; check where the recursion ends",
            )
        self.step(_STEPS_OF_CALL)
        self.depth.calls += 1
        try:
            yield
        finally:
            self.depth.calls -= 1

    def step(self, count: int = 1) -> None:
        """Count work of the decision beside its FEEL. Raises `DecisionFailed` past the limit."""
        if self.environment.meter is None:
            return
        try:
            self.environment.meter.step(count)
        except FeelLimitExceeded as fault:
            raise failed(self.decision, fault, None) from fault

    def with_variables(self, variables: Mapping[str, object]) -> Scope:
        """The scope inside this one in which `variables` are declared as well."""
        self.step(len(self.variables) + len(variables) + len(self.spoken) >> 3)
        return Scope(
            decision=self.decision,
            definitions=self.definitions,
            variables={**self.variables, **variables},
            environment=self.environment,
            warnings=self.warnings,
            trail=self.trail,
            spoken=self.spoken | spoken_names(variables),
            depth=self.depth,
        )

    def value_of(self, expression: LiteralExpression) -> object:
        """The value of a FEEL expression; an empty one is null. Raises `DecisionFailed`."""
        if not expression.source:
            return None
        if expression.language:
            raise self._foreign(expression)
        try:
            compiled = compile_expression(
                expression.source, place=expression.place, names=self.spoken
            )
            evaluation = compiled.evaluate(self.variables, self.environment)
        except FeelError as fault:
            raise failed(self.decision, fault, expression.place) from fault
        if evaluation.warnings and len(self.warnings) < MAX_WARNINGS:
            self.warnings.extend(evaluation.warnings)
        return evaluation.value

    def matches(self, test: UnaryTest, value: object) -> bool:
        """Whether a cell admits `value`; an empty cell admits all. Raises `DecisionFailed`."""
        if test.source in ("", "-"):
            return True
        try:
            compiled = compile_unary_tests(test.source, place=test.place, names=self.spoken)
            return compiled.matches(value, self.variables, self.environment)
        except FeelError as fault:
            raise failed(self.decision, fault, test.place) from fault

    def typed(self, value: object, type_ref: str, place: Place) -> object:
        """`value` as one of `type_ref`. Raises `WrongType`."""
        if type(value) in COMPOUND and self.environment.meter is not None:
            self.step(size_of(value, MAX_STEPS << 3) >> 3)
        try:
            return convert(value, type_ref, self.definitions, self.matches)
        except NotOfType as fault:
            raise WrongType(
                place=place,
                decision=self.decision,
                part=f" {fault.path}" if fault.path else "",
                expected=fault.expected,
                found=fault.found,
            ) from fault
        except FeelError as fault:
            raise failed(self.decision, fault, place) from fault

    def _foreign(self, expression: LiteralExpression) -> ChengxinError:
        return DecisionFailed(
            place=expression.place,
            decision=self.decision,
            cause=f"表达式语言「{expression.language}」不受支持，请用 FEEL",
            cause_en=f"the expression language '{expression.language}' is not supported; use FEEL",
        )
