"""Laws the standard implies, on values of every type."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.feel import compile_expression
from tests.fuzz import values as v
from tests.fuzz.effort import examples, made

values, scalars, lists = made(v.value), made(v.scalar, size=40), made(v.listed)
numbers, texts = made(v.number, size=30), made(v.text, size=30)
dates, lengths = made(v.day, size=10), made(v.length, size=20)
pairs = made(lambda choices: v.of_one_type(choices, 2))
triples = made(lambda choices: v.of_one_type(choices, 3))
truths = st.one_of(st.booleans(), st.none(), numbers)
"""What may stand in a condition; anything but a boolean counts as null."""


def value(text: str, **context: object) -> object:
    return compile_expression(text).evaluate(context).value


def same(left: str, right: str, **context: object) -> bool:
    """Whether two expressions have one value, null included."""
    return value(f"is({left}, {right})", **context) is True


@examples(200)
@given(values, values)
def test_equality_is_symmetric(a: object, b: object) -> None:
    assert value("a = b", a=a, b=b) is value("b = a", a=a, b=b)


@examples(100)
@given(values)
def test_a_value_equals_itself(a: object) -> None:
    assert value("a = a", a=a) is True
    assert value("a != a", a=a) is False


@examples(300)
@given(pairs)
def test_less_is_antisymmetric_and_greater_its_mirror(pair: list[object]) -> None:
    a, b = pair
    less = value("a < b", a=a, b=b)
    assert not (less is True and value("b < a", a=a, b=b) is True)
    assert less is value("b > a", a=a, b=b)
    assert value("a <= b", a=a, b=b) is value("a < b or a = b", a=a, b=b) or less is None


@examples(300)
@given(triples)
def test_less_is_transitive(triple: list[object]) -> None:
    a, b, c = triple
    assume(value("a < b and b < c", a=a, b=b, c=c) is True)
    assert value("a < c", a=a, c=c) is True


@examples(300)
@given(triples)
def test_between_is_membership_of_the_closed_range(triple: list[object]) -> None:
    a, b, c = triple
    assume(value("b <= c", b=b, c=c) is True)
    assert value("a between b and c", a=a, b=b, c=c) is value("a in [b..c]", a=a, b=b, c=c)


@examples(200)
@given(truths, truths, truths)
def test_the_three_valued_logic_is_a_lattice(a: object, b: object, c: object) -> None:
    context = {"a": a, "b": b, "c": c}
    assert same("not(not(a))", "a and true", **context)
    assert same("not(a and b)", "not(a) or not(b)", **context)
    assert same("not(a or b)", "not(a) and not(b)", **context)
    assert same("a and b", "b and a", **context)
    assert same("a or (b and c)", "(a or b) and (a or c)", **context)


@examples(200)
@given(st.lists(st.one_of(numbers, st.none()), max_size=6), st.lists(texts, max_size=6))
def test_sorting_twice_is_sorting_once(some: list[object], words: list[object]) -> None:
    for items in ([n for n in some if n is not None], words):
        assert same("sort(sort(a))", "sort(a)", a=items)
        assert same("reverse(reverse(a))", "a", a=items)
        assert value("count(sort(a))", a=items) == len(items)


@examples(200)
@given(lists, lists, values)
def test_lists_keep_count(a: list[object], b: list[object], c: object) -> None:
    context = {"a": a, "b": b, "c": c}
    assert value("count(concatenate(a, b)) = count(a) + count(b)", **context) is True
    assert value("count(append(a, c)) = count(a) + 1", **context) is True
    assert same("append(a, c)", "concatenate(a, [c])", **context)
    assert same("distinct values(distinct values(a))", "distinct values(a)", **context)
    assert same("union(a, b)", "distinct values(concatenate(a, b))", **context)
    assert same("flatten(flatten(a))", "flatten(a)", **context)
    assert value("list contains(append(a, c), c)", **context) is True
    assert value("count(index of(append(a, c), c)) >= 1", **context) is True


@examples(200)
@given(lists, st.integers(1, 6))
def test_what_is_inserted_and_removed_leaves_the_list_as_it_was(a: list[object], at: int) -> None:
    assume(at <= len(a))
    assert same("remove(insert before(a, b, 1), b)", "a", a=a, b=at)


@examples(300)
@given(dates, lengths)
def test_a_day_moved_and_moved_back_is_the_day(a: date, b: timedelta) -> None:
    whole = timedelta(days=b.days)
    assume(value("a + b", a=a, b=whole) is not None)
    assert value("a + b - b = a", a=a, b=whole) is True
    assert value("(a + b) - a = b", a=a, b=whole) is True


@examples(300)
@given(st.datetimes(), st.timedeltas(timedelta(days=-900), timedelta(days=900)))
def test_an_instant_moved_and_moved_back_is_the_instant(a: datetime, b: timedelta) -> None:
    assume(value("a + b", a=a, b=b) is not None)
    assert value("a + b - b = a", a=a, b=b) is True
    assert value("(a + b) - a = b", a=a, b=b) is True


@examples(300)
@given(numbers)
def test_a_number_is_read_from_its_text(a: Decimal) -> None:
    assert value("number(string(a)) = a", a=a) is True


@examples(300)
@given(scalars)
def test_a_value_is_read_from_its_text(a: object) -> None:
    text = value("string(a)", a=a)
    assume(text is not None and not isinstance(a, bool | str | Decimal))
    assert value(f'@"{text}" = a', a=a) is True


@examples(300)
@given(numbers, numbers)
def test_a_remainder_has_the_sign_of_the_divisor_and_is_smaller(a: Decimal, b: Decimal) -> None:
    assume(b != 0)
    assert value("abs(modulo(a, b)) <= abs(b)", a=a, b=b) is True
    assert value("modulo(a, b) * b >= 0 or abs(b) < 1E-3000", a=a, b=b) is not False


@examples(300)
@given(numbers, st.integers(-3, 3))
def test_floor_and_ceiling_enclose(a: Decimal, scale: int) -> None:
    assert value("floor(a, b) <= a and a <= ceiling(a, b)", a=a, b=scale) is True
    assert value("floor(a) = a or floor(a) + 1 >= ceiling(a)", a=a) is True
