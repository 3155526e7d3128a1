"""The face of the room: compile a text once, evaluate it often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from engine.feel import syntax
from engine.feel.builtins import BUILTINS
from engine.feel.compiler import (
    UNSURE,
    Compiled,
    ConstantTests,
    compile_node,
    compile_tests,
)
from engine.feel.compiler.scope import Run, Test
from engine.feel.environment import EMPTY, Environment
from engine.feel.errors import (
    EvaluationTooDeep,
    ExpressionTooDeep,
    FeelError,
    NotAFeelValue,
    Warning,
)
from engine.feel.grammar import parse_expression, parse_type, parse_unary_tests
from engine.feel.limits import MAX_DEPTH
from engine.feel.names import is_plain
from engine.feel.session import Frame, Session
from engine.feel.sizes import COMPOUND, bounded_value
from engine.feel.syntax import Type
from engine.feel.values import SCALARS, from_python
from engine.place import Place

_CACHES = (8192, 512, 4)
"""How many short, long and very long texts are kept compiled; a character takes some 250 bytes."""
_LONG, _VERY_LONG = 120, 3000
_NO_NAMES: frozenset[str] = frozenset()
_FUNCTIONS = frozenset(name for name in BUILTINS if " " in name)


class Evaluation(NamedTuple):
    """What an expression gave, and why parts of it may have become null."""

    value: object
    warnings: tuple[Warning, ...] = ()


_TRUE, _FALSE = Evaluation(True), Evaluation(False)


class Expression:
    """A compiled expression.

    `names` are the variables it may read from its context (inside a filter a name may also be an
    entry of the item), `calls` the functions it calls without defining them.
    """

    __slots__ = ("_direct", "_read", "_run", "calls", "names", "source")

    def __init__(self, source: str, compiled: Compiled[Run]) -> None:
        self.source = source
        self.names = compiled.names
        self.calls = compiled.calls
        self._run = compiled.run
        self._direct = compiled.direct
        self._read = tuple(sorted(compiled.names | compiled.calls))

    def evaluate(
        self, context: Mapping[str, object], environment: Environment = EMPTY
    ) -> Evaluation:
        """The value in `context`.

        A fault of FEEL gives null and a warning. Raises `FeelLimitExceeded`, and whatever a
        service or a host function raises that is not a `Fault`.
        """
        try:
            if self._direct is not None:
                value = self._direct(context)
                if value is True:
                    return _TRUE
                if value is False:
                    return _FALSE
                if value is not UNSURE:
                    return Evaluation(value)
            session = Session(environment)
            variables = given(self._read, context, session)
            value = self._run(Frame(variables, None, session))
            if type(value) in COMPOUND:
                bounded_value(value)
        except RecursionError:
            raise EvaluationTooDeep from None
        session.settle()
        return Evaluation(value, tuple(session.warnings))

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


class UnaryTests:
    """The compiled text of a decision-table cell; `names` and `calls` as in `Expression`.

    `constant` is the test without a context, None if the cell looks at more than the value.
    """

    __slots__ = ("_read", "_test", "calls", "constant", "names", "source")

    def __init__(self, source: str, compiled: Compiled[Test]) -> None:
        self.source = source
        self.names = compiled.names - {"?"}
        self.calls = compiled.calls
        self._test = compiled.run
        self.constant: ConstantTests | None = compiled.constant
        self._read = tuple(sorted(self.names | self.calls))

    def matches(
        self,
        value: object,
        context: Mapping[str, object],
        environment: Environment = EMPTY,
    ) -> bool:
        """Whether `value` passes; a test at fault is one not passed. Raises as `evaluate`."""
        constant = self.constant
        if constant is not None and not constant.calls and type(value) in SCALARS:
            return constant.test(value) is True
        return self.test(value, context, environment).value is True

    def test(
        self,
        value: object,
        context: Mapping[str, object],
        environment: Environment = EMPTY,
    ) -> Evaluation:
        """True, false or null, and the warnings. Raises as `Expression.evaluate`."""
        session = Session(environment)
        try:
            variables = given(self._read, context, session)
            tested = value
            if type(value) not in SCALARS:
                tested = given(("?",), {"?": value}, session)["?"]
            variables["?"] = tested
            passed = self._test(Frame(variables, None, session), tested)
        except RecursionError:
            raise EvaluationTooDeep from None
        session.settle()
        return Evaluation(passed, tuple(session.warnings))

    def __repr__(self) -> str:
        return f"UnaryTests({self.source!r})"


def given(
    names: tuple[str, ...], context: Mapping[str, object], session: Session
) -> dict[str, object]:
    """The variables of `names` that `context` holds, as FEEL values."""
    variables: dict[str, object] = {}
    for name in names:
        if name in context:
            value = context[name]
            if type(value) in SCALARS:
                variables[name] = value
                continue
            try:
                if session.environment.meter is not None:
                    session.weigh(value)
                variables[name] = from_python(value)
            except NotAFeelValue as fault:
                session.warn(NotAFeelValue(name=name, found=fault.values["found"]), 0)
                variables[name] = None
    return variables


def compile_expression(
    source: str, *, place: Place | None = None, names: Collection[str] = ()
) -> Expression:
    """Compile an expression; the same source gives the same object.

    `names` are the names of variables and entries the expression may use that are not single
    words, such as `Pre-bureau risk`; names of several plain words need no announcement.
    Raises `FeelSyntaxError` and `FeelLimitExceeded`, with `place`.
    """
    try:
        compiled = _EXPRESSIONS[(len(source) > _LONG) + (len(source) > _VERY_LONG)]
        return compiled(source, _spoken(names) if names else _NO_NAMES)
    except FeelError as error:
        error.place = place  # the errors of a text say in which file it stands
        raise
    except RecursionError:
        raise ExpressionTooDeep(place=place, limit=MAX_DEPTH) from None


def compile_unary_tests(
    source: str, *, place: Place | None = None, names: Collection[str] = ()
) -> UnaryTests:
    """Compile the text of a decision-table cell; otherwise as `compile_expression`."""
    try:
        compiled = _UNARY_TESTS[(len(source) > _LONG) + (len(source) > _VERY_LONG)]
        return compiled(source, _spoken(names) if names else _NO_NAMES)
    except FeelError as error:
        error.place = place
        raise
    except RecursionError:
        raise ExpressionTooDeep(place=place, limit=MAX_DEPTH) from None


def read_type(text: str, names: Collection[str] = ()) -> Type:
    """The type that a text such as `list<number>` names, for `Environment.types`.

    Otherwise as `compile_expression` (DMN 1.5 §10.3.1.2, grammar rule 54).
    """
    try:
        return parse_type(text, _spoken(names))
    except RecursionError:
        raise ExpressionTooDeep(limit=MAX_DEPTH) from None


def _spoken(names: Collection[str]) -> frozenset[str]:
    """Only names of several words matter to the parser."""
    return _not_plain(names if isinstance(names, frozenset) else frozenset(names))


@lru_cache(maxsize=64)
def _not_plain(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if not is_plain(name))


def _compiled_expression(source: str, names: frozenset[str]) -> Expression:
    return Expression(source, compile_node(parse_expression(source, names, _FUNCTIONS)))


def _compiled_unary_tests(source: str, names: frozenset[str]) -> UnaryTests:
    return UnaryTests(source, compile_tests(parse_unary_tests(source, names, _FUNCTIONS)))


_EXPRESSIONS = tuple(lru_cache(maxsize=size)(_compiled_expression) for size in _CACHES)
_UNARY_TESTS = tuple(lru_cache(maxsize=size)(_compiled_unary_tests) for size in _CACHES)


@cache
def known_functions() -> Mapping[str, tuple[int, int | None]]:
    """Built-in functions: name → fewest and most arguments; None where there is no most."""
    return {name: function.arity for name, function in BUILTINS.items()}


def read_expression(source: str, names: Collection[str] = ()) -> syntax.Node:
    """The parsed text of an expression, for who looks at it without evaluating it.

    Raises as `compile_expression`.
    """
    return parse_expression(source, _spoken(names), _FUNCTIONS)


def read_unary_tests(source: str, names: Collection[str] = ()) -> syntax.Tests:
    """The parsed text of a cell; otherwise as `read_expression`."""
    return parse_unary_tests(source, _spoken(names), _FUNCTIONS)
