"""Names, constants, lists, contexts, ranges, paths."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel import syntax
from engine.feel.builtins import BUILTINS
from engine.feel.compiler.constants import Varies, constant
from engine.feel.compiler.scope import Run, Scope
from engine.feel.errors import (
    DuplicateEntry,
    Fault,
    NoSuchEntry,
    NoSuchVariable,
    NotReadable,
    RangeDoesNotFit,
)
from engine.feel.properties import property_of
from engine.feel.ranges import make_range
from engine.feel.session import Frame
from engine.feel.values import Range, type_name

Find = Callable[[Frame], object]

MISSING = object()
"""What `finder` gives for a name that stands nowhere."""


def literal(node: syntax.Literal, scope: Scope) -> Run:
    value = node.value
    return lambda frame: value


def unreadable(node: syntax.Unreadable, scope: Scope) -> Run:
    fault = NotReadable(text=node.text, expected="date, time, date and time, duration")

    def run(frame: Frame) -> object:
        frame.session.warn(fault, node.offset)
        return None

    return run


def name(node: syntax.Name, scope: Scope) -> Run:
    """A variable; a function of the host or a built-in one if no variable has the name."""
    standing = scope.find(node.name)
    if not standing.declared:
        scope.uses.names.add(node.name)
    if not standing.probes and standing.root == 0:
        return _given_variable(node.name, node.offset)
    find = finder(node.name, scope)

    def run(frame: Frame) -> object:
        value = find(frame)
        return _function_or_missing(node.name, node.offset, frame) if value is MISSING else value

    return run


def _given_variable(name: str, offset: int) -> Run:
    def run(frame: Frame) -> object:
        try:
            return frame.variables[name]
        except KeyError:
            return _function_or_missing(name, offset, frame)

    return run


def _function_or_missing(name: str, offset: int, frame: Frame) -> object:
    function = frame.session.environment.functions.get(name) or BUILTINS.get(name)
    if function is None:
        frame.session.warn(NoSuchVariable(name=name), offset)
    return function


def finder(name: str, scope: Scope) -> Find:
    """Looks for `name` where it may stand; gives `MISSING` if it stands nowhere."""
    standing = scope.find(name)
    distances = standing.probes if standing.declared else (*standing.probes, standing.root)
    steps = tuple(b - a for a, b in zip((0, *distances), distances, strict=False))
    is_item = name == "item" and standing.declared
    if distances == (0,) and not is_item:
        return lambda frame: frame.variables.get(name, MISSING)

    def find(frame: Frame) -> object:
        for step in steps:
            for _ in range(step):
                frame = frame.outer  # type: ignore[assignment]  # the depth is known
            value = frame.variables.get(name, MISSING)
            if value is not MISSING:
                return value
        return frame.item if is_item else MISSING

    return find


def list_(node: syntax.ListLiteral, scope: Scope) -> Run:
    items = tuple(scope.build(item) for item in node.items)
    return lambda frame: [item(frame) for item in items]


def context(node: syntax.ContextLiteral, scope: Scope) -> Run:
    """Entries see those before them; a function also sees itself."""
    inner = scope.inner(())
    entries: list[tuple[str, Run]] = []
    for key, entry in node.entries:
        if isinstance(entry, syntax.FunctionDefinition):
            inner.declare(key)
        entries.append((key, inner.build(entry)))
        inner.declare(key)
    twice = _first_repeated([key for key, _ in entries])

    def run(frame: Frame) -> object:
        if twice is not None:
            frame.session.warn(DuplicateEntry(name=twice), node.offset)
            return None
        values: dict[str, object] = {}
        inside = Frame(values, frame, frame.session)
        for key, entry in entries:
            values[key] = entry(inside)
        return values

    return run


def _first_repeated(keys: list[str]) -> str | None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def range_(node: syntax.RangeLiteral, scope: Scope) -> Run:
    """A range; one between constants is made once."""
    calls: set[str] = set()
    try:
        value = constant(node, calls)
    except Varies:
        return _range(node, scope)
    return _range(node, scope) if calls else lambda frame: value


def _range(node: syntax.RangeLiteral, scope: Scope) -> Run:
    low, high = scope.build(node.low), scope.build(node.high)

    def run(frame: Frame) -> object:
        try:
            return make_range(low(frame), high(frame), node.low_included, node.high_included)
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return run


def one_sided(node: syntax.OneSided, scope: Scope) -> Run:
    """`(< 5)` as a value: a range with one end."""
    operand = scope.build(node.operand)

    def run(frame: Frame) -> object:
        value = operand(frame)
        if value is None or node.operator == "!=":
            frame.session.warn(
                RangeDoesNotFit(low=node.operator, high=type_name(value)), node.offset
            )
            return None
        return one_sided_range(node.operator, value)

    return run


def one_sided_range(operator: str, value: object) -> Range:
    """All values for which `? operator value` holds; not for `!=`."""
    if operator == "=":
        return Range(value, value)
    included = operator in ("<=", ">=")
    if operator in ("<", "<="):
        return Range(None, value, False, included)
    return Range(value, None, included, False)


def path(node: syntax.Path, scope: Scope) -> Run:
    source, name, offset = scope.build(node.source), node.name, node.offset

    def run(frame: Frame) -> object:
        value = source(frame)
        if type(value) is dict and name in value:
            return value[name]
        if type(value) is list:
            frame.session.weigh(value)
            frame.session.step(len(value))
        try:
            return _step(value, name)
        except Fault as fault:
            frame.session.warn(fault, offset)
            return None

    return run


def _step(value: object, name: str) -> object:
    """One step of a path; over a list, the step of every item. Raises `Fault`."""
    if isinstance(value, list):
        return [_step_or_null(item, name) for item in value]
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise NoSuchEntry(name=name, found="context")
    return property_of(value, name)


def _step_or_null(item: object, name: str) -> object:
    try:
        return _step(item, name)
    except Fault:
        return None
