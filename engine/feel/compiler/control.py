"""`if`, `for`, `some`, `every`, and filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from engine.feel import syntax
from engine.feel.compiler.scope import Run, Scope
from engine.feel.errors import Fault, NoSuchIndex, NotABoolean, NotIterable
from engine.feel.limits import bounded_list
from engine.feel.ranges import members, span
from engine.feel.session import Frame
from engine.feel.values import Range, type_name
from engine.feel.walk import walk


def if_(node: syntax.If, scope: Scope) -> Run:
    """Only true takes the first branch; null and anything else take the second."""
    condition, then, otherwise = (
        scope.build(n) for n in (node.condition, node.then, node.otherwise)
    )

    def run(frame: Frame) -> object:
        value = condition(frame)
        if value is True:
            return then(frame)
        if value is not False and value is not None:
            frame.session.warn(NotABoolean(found=type_name(value)), node.condition.offset)
        return otherwise(frame)

    return run


class _Iterators:
    """Goes through the combinations of several iterators; each has a frame of its own."""

    def __init__(self, iterators: tuple[syntax.Iterator, ...], scope: Scope) -> None:
        self._steps: list[tuple[str, Run, Run | None]] = []
        before = scope.uses.weight
        for iterator in iterators:
            end = scope.build(iterator.end) if iterator.end is not None else None
            self._steps.append((iterator.name, scope.build(iterator.source), end))
            scope = scope.inner((iterator.name, "partial"))
        self.scope = scope
        self.weight = 1 + (scope.uses.weight - before >> 3)
        """The steps one value counts; that of the body is to be added."""

    def body(self, node: syntax.Node) -> Run:
        """The closure of what is done for every combination."""
        run, weight = self.scope.weighed(node)
        self.weight += weight - 1
        return run

    def frames(self, frame: Frame) -> Iterable[Frame]:
        """A frame for every combination. Raises `Fault` if something cannot be gone through."""
        return self._frames(frame, 0)

    def _frames(self, frame: Frame, index: int) -> Iterable[Frame]:
        name, source, end = self._steps[index]
        values = _values(source(frame)) if end is None else span(source(frame), end(frame))
        last = index == len(self._steps) - 1
        for value in values:
            frame.session.step(self.weight)
            inside = Frame({name: value}, frame, frame.session)
            if last:
                yield inside
            else:
                yield from self._frames(inside, index + 1)


def _values(source: object) -> Iterable[object]:
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        return members(source)
    if source is None:
        raise NotIterable(found="null")
    return [source]


def for_(node: syntax.For, scope: Scope) -> Run:
    """`partial` holds the results so far, if the body asks for it."""
    iterators = _Iterators(node.iterators, scope)
    body = iterators.body(node.body)
    uses_partial = any(
        isinstance(inner, syntax.Name) and inner.name == "partial" for inner in walk(node.body)
    )

    def run(frame: Frame) -> object:
        results: list[object] = []
        try:
            for inside in iterators.frames(frame):
                if uses_partial:
                    frame.session.step(len(results))
                    inside.variables["partial"] = results.copy()
                results.append(body(inside))
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None
        return bounded_list(results)

    return run


def quantified(node: syntax.Quantified, scope: Scope) -> Run:
    iterators = _Iterators(node.iterators, scope)
    condition = iterators.body(node.condition)
    decisive = not node.every

    def run(frame: Frame) -> object:
        result: bool | None = node.every
        try:
            for inside in iterators.frames(frame):
                value = condition(inside)
                if value is decisive:
                    return decisive
                if value is not node.every:
                    result = None
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None
        return result

    return run


def filter_(node: syntax.Filter, scope: Scope) -> Run:
    """`list[condition]` or `list[index]`; anything but a list counts as a list of one."""
    source = scope.build(node.source)
    condition, weight = scope.inner(None).weighed(node.condition)

    def run(frame: Frame) -> object:
        value = source(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        try:
            return _filtered(items, condition, frame, weight)
        except Fault as fault:
            frame.session.warn(fault, node.offset)
            return None

    return run


def _filtered(items: list[object], condition: Run, frame: Frame, weight: int) -> object:
    kept: list[object] = []
    session = frame.session
    for item in items or [None]:
        session.step(weight)
        variables = item if isinstance(item, dict) else {}
        verdict = condition(Frame(variables, frame, session, item))
        if type(verdict) is Decimal:
            return _at_index(items, verdict)
        if verdict is True:
            kept.append(item)
        elif verdict is not False and verdict is not None:
            raise NotABoolean(found=type_name(verdict))
    return kept if items else []


def _at_index(items: Sequence[object], index: Decimal) -> object:
    """Counted from 1, or backwards from -1."""
    if index == index.to_integral_value() and 0 < abs(index) <= len(items):
        position = int(index)
        return items[position - 1 if position > 0 else position]
    raise NoSuchIndex(length=len(items), index=index)
