"""Functions of lists (DMN 1.5, 10.3.4.4) and `sort` (10.3.4.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import cmp_to_key

from engine.feel.arithmetic import calculate
from engine.feel.builtins.registry import Family, Work
from engine.feel.errors import ArgumentDoesNotFit, NoSuchIndex
from engine.feel.function import Function
from engine.feel.limits import bounded_list
from engine.feel.ordering import compare
from engine.feel.session import Session
from engine.feel.values import NUMBERS, YearMonthDuration, equal, key_of, type_name
from engine.feel.wide import WideDuration

FUNCTIONS = Family()

_FINE = Context(prec=100, traps=[InvalidOperation])
"""Twice the digits of a square and some: what is rounded from it is right to the last digit."""

_DECIDING = {"list replace": "match", "sort": "precedes"}
"""The parameters that are functions which say yes or no."""


@FUNCTIONS.add("list contains(list: list, element: any)", work=Work.DEEP)
def list_contains(items: list[object], element: object) -> bool:
    return any(equal(item, element) is True for item in items)


@FUNCTIONS.add("count(list: list)", work=Work.NOTHING)
def count(items: list[object]) -> int:
    return len(items)


@FUNCTIONS.add("is empty(list: list)", work=Work.NOTHING)
def is_empty(items: list[object]) -> bool:
    return not items


@FUNCTIONS.add("min(*list: any)")
def minimum(items: list[object]) -> object:
    return _extreme(items, -1)


@FUNCTIONS.add("max(*list: any)")
def maximum(items: list[object]) -> object:
    return _extreme(items, 1)


def _extreme(items: list[object], direction: int) -> object:
    """The first item no other exceeds in `direction`; null for an empty list."""
    if not items:
        return None
    best = items[0]
    compare(best, best)
    for item in items[1:]:
        if compare(item, best) == direction:
            best = item
    return best


@FUNCTIONS.add("sum(*list: any)")
def total(items: list[object]) -> object:
    """The sum of numbers or of durations; null for an empty list."""
    if not items:
        return None
    result = _summand(items[0])
    for item in items[1:]:
        result = calculate("+", result, _summand(item))
    return result


def _summand(item: object) -> object:
    if isinstance(item, Decimal | timedelta | YearMonthDuration | WideDuration):
        return item
    raise ArgumentDoesNotFit(
        function="sum", parameter="list", expected="list<number>", found=type_name(item)
    )


@FUNCTIONS.add("mean(*list: number)")
def mean(items: list[Decimal]) -> object:
    return calculate("/", total(list(items)), Decimal(len(items))) if items else None


@FUNCTIONS.add("product(*list: number)")
def product(items: list[Decimal]) -> object:
    if not items:
        return None
    result: object = Decimal(1)
    for item in items:
        result = calculate("*", result, item)
    return result


@FUNCTIONS.add("median(*list: number)")
def median(items: list[Decimal]) -> object:
    if not items:
        return None
    ordered = sorted(items)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return calculate("/", NUMBERS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@FUNCTIONS.add("stddev(*list: number)")
def stddev(items: list[Decimal]) -> object:
    """Of a sample; null for fewer than two numbers."""
    if len(items) < 2:
        return None
    total_, squares = Decimal(0), Decimal(0)
    for item in items:
        total_ = _FINE.add(total_, item)
    middle = _FINE.divide(total_, Decimal(len(items)))
    for item in items:
        distance = _FINE.subtract(item, middle)
        squares = _FINE.fma(distance, distance, squares)
    return NUMBERS.plus(_FINE.sqrt(_FINE.divide(squares, Decimal(len(items) - 1))))


@FUNCTIONS.add("mode(*list: number)")
def mode(items: list[Decimal]) -> list[Decimal]:
    """The most frequent numbers, in ascending order."""
    counts = Counter(items)
    most = max(counts.values(), default=0)
    return sorted(item for item, number in counts.items() if number == most)


@FUNCTIONS.add("all(*list: any)")
def all_(items: list[object]) -> bool | None:
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@FUNCTIONS.add("any(*list: any)")
def any_(items: list[object]) -> bool | None:
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


def _position(items: list[object], position: int, last: int) -> int:
    """A 1-based position, or one from the end, as an index."""
    if position == 0 or abs(position) > last:
        raise NoSuchIndex(length=len(items), index=position)
    return position - 1 if position > 0 else last + position


@FUNCTIONS.add(
    "sublist(list: list, start position: position, length?: position?)", work=Work.RESULT
)
def sublist(items: list[object], start: int, length: int | None = None) -> list[object]:
    begin = _position(items, start, len(items))
    end = len(items) if length is None else begin + length
    if not begin <= end <= len(items):
        raise NoSuchIndex(length=len(items), index=end)
    return items[begin:end]


@FUNCTIONS.add("append(list: list, *item: any)")
def append(items: list[object], added: list[object]) -> list[object]:
    return bounded_list([*items, *added])


@FUNCTIONS.add("concatenate(*list: list)")
def concatenate(lists: list[list[object]]) -> list[object]:
    return bounded_list([item for items in lists for item in items])


@FUNCTIONS.add("insert before(list: list, position: position, newItem: any)")
def insert_before(items: list[object], position: int, new_item: object) -> list[object]:
    index = _position(items, position, len(items))
    return [*items[:index], new_item, *items[index:]]


@FUNCTIONS.add("remove(list: list, position: position)")
def remove(items: list[object], position: int) -> list[object]:
    index = _position(items, position, len(items))
    return items[:index] + items[index + 1 :]


@FUNCTIONS.add("list replace(list: list, position: position, newItem: any)")
def list_replace(items: list[object], position: int, new_item: object) -> list[object]:
    index = _position(items, position, len(items))
    return [*items[:index], new_item, *items[index + 1 :]]


@FUNCTIONS.add("list replace(list: list, match: function, newItem: any)", in_session=True)
def list_replace_matching(
    session: Session, items: list[object], match: Function, new_item: object
) -> list[object]:
    replaced: list[object] = []
    for item in items:
        session.step()
        matches = _verdict(session, "list replace", match, item, new_item)
        replaced.append(new_item if matches else item)
    return replaced


def _verdict(
    session: Session, function: str, argument: Function, left: object, right: object
) -> bool:
    """What the argument of `function` says of two. Raises `ArgumentDoesNotFit` if no boolean."""
    verdict = argument.invoke(session, [left, right])
    if not isinstance(verdict, bool):
        raise ArgumentDoesNotFit(
            function=function,
            parameter=_DECIDING[function],
            expected="function<Any, Any> -> boolean",
            found=type_name(verdict),
        )
    return verdict


@FUNCTIONS.add("reverse(list: list)")
def reverse(items: list[object]) -> list[object]:
    return items[::-1]


@FUNCTIONS.add("index of(list: list, match: any)", work=Work.DEEP)
def index_of(items: list[object], match: object) -> list[Decimal]:
    return [Decimal(i) for i, item in enumerate(items, 1) if equal(item, match) is True]


@FUNCTIONS.add("union(*list: list)", work=Work.DEEP)
def union(lists: list[list[object]]) -> list[object]:
    return distinct_values(concatenate(lists))


@FUNCTIONS.add("distinct values(list: list)", work=Work.DEEP)
def distinct_values(items: list[object]) -> list[object]:
    """Equal items once, where the first stood."""
    distinct: dict[Hashable, object] = {}
    for item in items:
        distinct.setdefault(key_of(item), item)
    return list(distinct.values())


@FUNCTIONS.add("duplicate values(list: list)", work=Work.DEEP)
def duplicate_values(items: list[object]) -> list[object]:
    """Items that stand in the list more than once, each once."""
    counts = Counter(map(key_of, items))
    return [item for item in distinct_values(items) if counts[key_of(item)] > 1]


@FUNCTIONS.add("flatten(list: list)", work=Work.DEEP)
def flatten(items: list[object]) -> list[object]:
    flat: list[object] = []
    pending = list(reversed(items))
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(item))
        else:
            flat.append(item)
    return bounded_list(flat)


@FUNCTIONS.add("partition(list: list, size: whole number)")
def partition(items: list[object], size: int) -> list[object]:
    """The list in pieces of `size`; the last may be shorter."""
    if size < 1:
        raise NoSuchIndex(length=len(items), index=size)
    return [items[begin : begin + size] for begin in range(0, len(items), size)]


@FUNCTIONS.add("sort(list: list)", in_session=True)
def sort(session: Session, items: list[object]) -> list[object]:
    session.step(len(items))
    return sorted(items, key=cmp_to_key(compare))


@FUNCTIONS.add("sort(list: list, precedes: function)", in_session=True)
def sort_by(session: Session, items: list[object], precedes: Function) -> list[object]:
    """`precedes(a, b)` is true if a stands before b. Equal items keep their order.

    A function that contradicts itself gives some order; one that cannot tell gives none.
    """

    def order(left: object, right: object) -> int:
        session.step()
        return -1 if _verdict(session, "sort", precedes, left, right) else 0

    return sorted(items, key=cmp_to_key(order))
