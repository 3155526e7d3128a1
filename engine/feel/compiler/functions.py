"""Function definitions and calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.feel import syntax
from engine.feel.builtins import BUILTINS
from engine.feel.compiler.constants import Varies, constant
from engine.feel.compiler.scope import Run, Scope
from engine.feel.compiler.variables import finder
from engine.feel.errors import (
    ArgumentDoesNotFit,
    Fault,
    NoExternalFunctions,
    NoSuchFunction,
    NotAFunction,
    WrongArguments,
)
from engine.feel.function import Function, Signature
from engine.feel.inference import type_of_function
from engine.feel.session import Frame, Session
from engine.feel.types import Fits, fitted, type_test
from engine.feel.values import from_python, type_name

_QUIET = frozenset(["is defined", "get or else"])
"""Functions that ask whether something is there: what their arguments miss is no fault."""


@dataclass(frozen=True, eq=False)
class Closure(Function):
    """A function defined in an expression, with the frame it was defined in."""

    fits: tuple[Fits | None, ...]
    body: Run
    weight: int
    frame: Frame

    def invoke(self, session: Session, arguments: Sequence[object]) -> object:
        if len(arguments) != len(self.parameters):
            raise WrongArguments(
                function=self.name, expected=", ".join(self.parameters), found=len(arguments)
            )
        variables = {
            parameter: self._fitted(parameter, fits, argument, session)
            for parameter, fits, argument in zip(self.parameters, self.fits, arguments, strict=True)
        }
        session.step(self.weight)
        session.enter_call()
        try:
            return self.body(Frame(variables, self.frame, session))
        finally:
            session.leave_call()

    def _fitted(
        self, parameter: str, fits: Fits | None, argument: object, session: Session
    ) -> object:
        if fits is None or argument is None:
            return argument
        session.weigh(argument)
        fitting, value = fitted(argument, fits, session.environment.types)
        if not fitting:
            raise ArgumentDoesNotFit(
                function=self.name,
                parameter=parameter,
                expected="the declared type",
                found=type_name(argument),
            )
        return value


def definition(node: syntax.FunctionDefinition, scope: Scope) -> Run:
    names = tuple(name for name, _ in node.parameters)
    fits = tuple(None if type_ is None else type_test(type_) for _, type_ in node.parameters)
    if node.body is None:
        return _external(node)
    body, weight = scope.inner(names).weighed(node.body)
    type_ = type_of_function(node)

    def run(frame: Frame) -> object:
        def call(*arguments: object) -> object:
            session = Session(frame.session.environment)
            return closure.invoke(session, [from_python(a) for a in arguments])

        signature = Signature(type_, frame.session.environment.types)
        closure = Closure("function", names, call, fits, body, weight, frame, signature=signature)
        return closure

    return run


def _external(node: syntax.FunctionDefinition) -> Run:
    def run(frame: Frame) -> object:
        frame.session.warn(NoExternalFunctions(), node.offset)
        return None

    return run


def call(node: syntax.Call, scope: Scope) -> Run:
    """A call with arguments by position; a constant such as `date("…")` is made once."""
    run = _call(node, scope)
    calls: set[str] = set()
    try:
        value = constant(node, calls)
    except Varies:
        return run
    find, (name,) = _function(node.function, scope), calls
    builtin = BUILTINS[name]
    return lambda frame: value if find(frame) is builtin else run(frame)


def _call(node: syntax.Call, scope: Scope) -> Run:
    find = _function(node.function, scope)
    arguments = tuple(scope.build(argument) for argument in node.arguments)
    quiet = isinstance(node.function, syntax.Name) and node.function.name in _QUIET
    offset = node.offset

    def run(frame: Frame) -> object:
        session = frame.session
        session.step()
        before = len(session.warnings)
        values = [argument(frame) for argument in arguments]
        if quiet:
            del session.warnings[before:]
        try:
            return find(frame).invoke(session, values)
        except Fault as fault:
            session.warn(fault, offset)
            return None

    return run


def named_call(node: syntax.NamedCall, scope: Scope) -> Run:
    find = _function(node.function, scope)
    arguments = tuple((name, scope.build(argument)) for name, argument in node.arguments)
    offset = node.offset

    def run(frame: Frame) -> object:
        session = frame.session
        session.step()
        values: Mapping[str, object] = {name: argument(frame) for name, argument in arguments}
        try:
            return find(frame).invoke_named(session, values)
        except Fault as fault:
            session.warn(fault, offset)
            return None

    return run


def _function(node: syntax.Node, scope: Scope) -> Callable[[Frame], Function]:
    if isinstance(node, syntax.Name):
        return _named_function(node, scope)
    run = scope.build(node)

    def find(frame: Frame) -> Function:
        value = run(frame)
        if isinstance(value, Function):
            return value
        raise NotAFunction(found=type_name(value))

    return find


def _named_function(node: syntax.Name, scope: Scope) -> Callable[[Frame], Function]:
    """A variable that holds a function, else a function of the host, else a built-in one."""
    name = node.name
    if not scope.find(name).declared:
        scope.uses.calls.add(name)
    find_variable, builtin = finder(name, scope), BUILTINS.get(name)

    def find(frame: Frame) -> Function:
        value = find_variable(frame)
        if isinstance(value, Function):
            return value
        function = frame.session.environment.functions.get(name, builtin)
        if function is None:
            raise NoSuchFunction(name=name)
        return function

    return find
