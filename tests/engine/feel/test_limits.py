"""What a hostile expression or value meets: each attack ends in a limit that has a name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.feel import (
    Environment,
    FeelError,
    Function,
    NotDecodable,
    compile_expression,
    compile_unary_tests,
    decode,
    encode,
    plain,
)
from engine.feel.environment import Meter
from engine.feel.errors import (
    CallsTooDeep,
    EvaluationTooDeep,
    ExpressionTooDeep,
    ExpressionTooLong,
    ListTooLong,
    StringTooLong,
    TooManySteps,
    ValueTooDeep,
    ValueTooLarge,
)
from engine.feel.limits import MAX_STEPS
from tests.engine.feel.conftest import Value

STEPS = MAX_STEPS // 5
LONG = "a" * 900_000
MANY = [Decimal(n) for n in range(100_000)]


def refuses(limit: type[FeelError], source: str, **variables: object) -> bool:
    """Whether `limit` stops the expression, and says so in both languages.

    The steps are a fifth of the usual ones, so that the tests take a fifth of the time.
    """
    with pytest.raises(limit) as refusal:
        compile_expression(source).evaluate(variables, Environment(meter=Meter(STEPS)))
    return bool(refusal.value.message("zh") and refusal.value.message("en"))


def shared(levels: int, leaf: str = "[1, 1]") -> str:
    """A list that holds the one before it twice, and so on: 2 to the power of `levels` leaves."""
    entries = [f"v{n}: [v{n - 1}, v{n - 1}]" for n in range(1, levels + 1)]
    return f"{{{', '.join([f'v0: {leaf}', *entries])}}}.v{levels}"


def shared_in_python(levels: int) -> object:
    value: object = [1]
    for _ in range(levels):
        value = [value, value]
    return value


# --- how long it takes


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..10**12 return i",
        "for i in 10**40..10**40 + 5 return i",
        "for i in [1..10**9] return i",
        "count(for i in 1..2000, j in 1..2000 return 1)",
        "some i in 1..10**9 satisfies i < 0",
        "every i in 1..10**9 satisfies i > 0",
        "for i in 1..900000 return partial",
        "for a in 1..1000 return for b in 1..1000 return for c in 1..1000 return 1",
    ],
)
def test_an_endless_iteration_is_stopped(source: str) -> None:
    assert refuses(TooManySteps, source)


@pytest.mark.parametrize(
    "body",
    [
        " and ".join(["true"] * 5000),
        "[" + ", ".join(["1"] * 5000) + "]",
        "{" + ", ".join(f"a{n}: 1" for n in range(5000)) + "}",
    ],
)
def test_an_iteration_counts_by_the_size_of_its_body(body: str) -> None:
    assert refuses(TooManySteps, f"for i in 1..10000 return {body}")
    assert refuses(TooManySteps, f"some i in 1..10000 satisfies ({body}) = null")
    assert refuses(TooManySteps, f"x[({body}) = null]", x=MANY)
    assert refuses(TooManySteps, f"(function(a) for i in 1..10000 return a(i))(function(b) {body})")


@pytest.mark.parametrize(
    "work",
    [
        "sum(x)",
        "sort(x)",
        "x = y",
        "x in (y, 1)",
        "5 in x",
        "x[item = 1]",
        "x.a",
        "x instance of list<number>",
        "(function(a: list<number>) 1)(x)",
        "reverse(x)",
        "list contains(x, -1)",
        "distinct values(x)",
        "duplicate values(x)",
        "mode(x)",
        "append(x, 1)",
        "sublist(x, 2)",
        "string join(x)",
    ],
)
def test_going_through_a_long_list_again_and_again_is_stopped(work: str) -> None:
    source = f"count(for i in 1..10000 return count({work}))"
    assert refuses(TooManySteps, source, x=MANY, y=list(MANY))


@pytest.mark.parametrize(
    "work", ["contains(x, y)", "upper case(x)", "x = y", "x < y", "x + string(i)", "trim(x)"]
)
def test_going_through_a_long_text_again_and_again_is_stopped(work: str) -> None:
    source = f"count(for i in 1..100000 return string length(string({work})))"
    assert refuses(TooManySteps, source, x=LONG, y=LONG[:-1] + "b")


@pytest.mark.parametrize("work", ["1.1 ** 0.3", "exp(1.3)", "log(1E6144)", "sqrt(1.1)"])
def test_hard_numbers_count_more_than_one_step(work: str) -> None:
    assert refuses(TooManySteps, f"count(for i in 1..100000 return {work})")


def test_equal_items_of_a_long_list_are_found_without_comparing_all(value: Value) -> None:
    source = 'count({0}(for i in 1..60000 return [i, date("2024-01-01")]))'
    assert value(source.format("distinct values")) == 60_000
    assert value(source.format("duplicate values")) == 0


def test_evaluations_with_one_meter_share_its_steps() -> None:
    # given surroundings with a hundred steps, and a function that counts on in FEEL
    environment = Environment(meter=Meter(100))
    inner = compile_expression("count(for i in 1..30 return i)")
    again = Function("again", (), lambda: inner.evaluate({}, environment).value)
    environment.functions["again"] = again  # type: ignore[index]
    # when it is called three times, then the steps are enough; five times, not
    assert compile_expression("again() + again()").evaluate({}, environment).value == 60
    with pytest.raises(TooManySteps):
        compile_expression("again() + again()").evaluate({}, environment)


# --- how large it grows


@pytest.mark.parametrize("text", ["s + s", "string join([s, s])"])
def test_a_text_that_doubles_is_stopped(text: str) -> None:
    doubled = "{" + ", ".join(["s: x", *(f"s{n}: {text}" for n in range(3))]) + "}"
    assert refuses(StringTooLong, doubled, x=LONG)


def test_a_long_delimiter_is_not_written_between_all_items() -> None:
    assert refuses(StringTooLong, 'string join(for i in 1..9000 return "a", x)', x=LONG)
    assert refuses(StringTooLong, 'replace(x, "a", y)', x=LONG, y="b" * 1000)


def test_a_list_that_doubles_is_stopped() -> None:
    entries = ["s0: [1]", *(f"s{n}: concatenate(s{n - 1}, s{n - 1})" for n in range(1, 40))]
    with pytest.raises((ListTooLong, TooManySteps)):
        compile_expression("{" + ", ".join(entries) + "}").evaluate({})


@pytest.mark.parametrize("text", ["x + string(i)", "upper case(x)", "substring(x, 2)"])
def test_many_long_texts_are_stopped(text: str) -> None:
    assert refuses(TooManySteps, f"for i in 1..900000 return {text}", x=LONG)


@pytest.mark.parametrize(
    "made", ["reverse(x)", "sublist(x, 2)", "concatenate(x, x)", "get entries(y)", "[x, x, i]"]
)
def test_many_long_lists_are_stopped(made: str) -> None:
    variables = {"x": MANY, "y": {f"k{n}": n for n in range(50_000)}}
    source = f"string(for i in 1..900000 return {made})"
    with pytest.raises((TooManySteps, StringTooLong)):
        compile_expression(source).evaluate(variables)


@pytest.mark.parametrize(
    "source",
    [
        "string({0})",
        "{0} = {0}",
        "{0} in ({0}, 1)",
        "flatten({0})",
        "list contains([{0}], {0})",
        "distinct values([{0}, {0}])",
        "{0}.a",
        "{0} instance of " + "list<" * 40 + "number" + ">" * 40,
    ],
)
def test_what_is_shared_is_not_gone_through_as_often_as_it_stands(source: str) -> None:
    with pytest.raises((TooManySteps, StringTooLong)):
        compile_expression(source.format(shared(50))).evaluate({})


def test_a_value_too_large_to_be_written_out_does_not_leave_the_evaluation(value: Value) -> None:
    assert refuses(ValueTooLarge, shared(50))
    assert refuses(ValueTooLarge, "for i in 1..100 return x", x=LONG)
    assert value(f"count({shared(50)})") == 2


def test_a_given_value_that_is_shared_is_taken_at_once(value: Value) -> None:
    given = shared_in_python(60)
    assert value("count(x)", x=given) == 2
    for write in (encode, plain):
        with pytest.raises(ValueTooLarge):
            write(given)


# --- how deep it nests


def nested(levels: int) -> object:
    value: list[object] = []
    for _ in range(levels):
        value = [value]
    return value


def test_a_value_that_nests_too_deep_is_refused_by_name() -> None:
    deep = "{0}(for i in 1..400 return if i = 1 then [] else [partial[-1]])"
    assert refuses(ValueTooDeep, deep.format(""))
    assert refuses(ValueTooDeep, deep.format("string"))
    for write in (encode, plain):
        with pytest.raises(ValueTooDeep):
            write(nested(400))


def test_a_value_of_python_that_holds_itself_is_refused_by_name() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises((EvaluationTooDeep, ValueTooDeep)):
        compile_expression("count(x)").evaluate({"x": circle})


@pytest.mark.parametrize(
    "source",
    [
        "{f: function(n) f(n), r: f(1)}",
        "{f: function(n) f(n) + f(n), r: f(1)}",
        "{f: function(n, g) g(n, f), g: function(n, h) h(n, g), r: f(1, g)}",
        "(function(x) x(x))(function(x) x(x))",
        "{f: function(a, b) sort([1, 2, 3], f)[1] = 1, r: sort([1, 2, 3], f)}",
        "{f: function(a) [1, 2, 3][f(item)], r: f(1)}",
        "{f: function(a, b) list replace([1, 2], f, 3) = 1, r: f(1, 1)}",
    ],
)
def test_a_function_that_never_comes_back_is_stopped(source: str) -> None:
    with pytest.raises((CallsTooDeep, EvaluationTooDeep)):
        compile_expression(source).evaluate({})


def test_a_function_that_calls_itself_twice_is_stopped() -> None:
    source = "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(50)}"
    assert refuses(TooManySteps, source)


_DEEP: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "lists": lambda n: "[" * n + "1" + "]" * n,
    "contexts": lambda n: "{a:" * n + "1" + "}" * n,
    "conditions": lambda n: "if true then 1 else " * n + "1",
    "signs": lambda n: "-" * n + "1",
    "negations": lambda n: "not(" * n + "true" + ")" * n,
    "sums": lambda n: "1" + " + 1" * n,
    "powers": lambda n: "1" + " ** 1" * n,
    "paths": lambda n: "a" + ".a" * n,
    "filters": lambda n: "a" + "[1]" * n,
    "calls": lambda n: "a" + "()" * n,
    "iterations": lambda n: "for i in 1 return " * n + "1",
    "functions": lambda n: "function(a) " * n + "1",
    "types": lambda n: "1 instance of " + "list<" * n + "number" + ">" * n,
    "function types": lambda n: "1 instance of " + "function<Any> -> " * n + "number",
    "memberships": lambda n: "1 in (" * n + "1" + ")" * n,
    "ranges": lambda n: "[" * n + "1" + "..2]" * n,
    "chains in chains": lambda n: "(" * 60 + "1" + (" + 1" * 100 + ")") * 60,
}


@pytest.mark.parametrize("form", _DEEP)
def test_a_text_that_nests_too_deep_is_refused_by_name(form: str) -> None:
    with pytest.raises(ExpressionTooDeep):
        compile_expression(_DEEP[form](3000))


def test_connectives_and_alternatives_may_be_many(value: Value) -> None:
    assert value("true" + " and true" * 10_000) is True
    cell = compile_unary_tests(", ".join(map(str, range(10_000))))
    assert cell.matches(Decimal(9_999), {})
    assert not cell.matches(Decimal(10_000), {})


def test_a_text_that_is_too_long_is_refused_by_name() -> None:
    with pytest.raises(ExpressionTooLong):
        compile_expression("1" * 100_001)


def test_a_caller_deep_in_the_stack_gets_a_named_error_too() -> None:
    def from_depth(levels: int, source: str) -> object:
        if levels:
            return from_depth(levels - 1, source)
        return compile_expression(source).evaluate({"x": []}).value

    def depth() -> int:
        frame, count = sys._getframe(), 0
        while frame is not None:
            frame, count = frame.f_back, count + 1
        return count

    left = sys.getrecursionlimit() - depth()
    refused = 0
    for levels in range(left - 80, left - 12):
        try:
            from_depth(levels, f"1 + (2 * (3 + x[item.a = 1][1].b)) + {levels}")
        except (ExpressionTooDeep, EvaluationTooDeep):
            refused += 1
    assert refused


# --- numbers, days, texts


@pytest.mark.parametrize(
    "source",
    [
        "10**6144 * 10",
        "1E6144 + 9E6144",
        'number("1e999999999")',
        "decimal(1, 10**100)",
        "sublist([1], 10**5000)",
        'substring("abc", 10**5000)',
        "date(10**5000, 1, 1)",
        "time(10**5000, 1, 1)",
        "insert before([1], 10**5000, 1)",
        'duration("P1Y") * 10**6000',
        'duration("P' + "9" * 5000 + 'Y")',
        'duration("P' + "9" * 5000 + 'D")',
        '@"2020-01-01T00:00:00@../../../etc/passwd"',
        '@"2020-01-01T00:00:00@Asia"',
        '@"2020-01-01T00:00:00@posixrules"',
        "exp(10**6)",
    ],
)
def test_what_no_value_can_hold_is_null_with_a_reason_one_can_read(source: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert evaluation.value is None
    assert all(len(str(warning)) > 10 for warning in evaluation.warnings)
    assert evaluation.warnings


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("odd(10**6144)", False),
        ("odd(10**33 + 1)", True),
        ("modulo(10**40, 3)", Decimal(1)),
        ("modulo(-1, 7)", Decimal(6)),
        ("floor(10**6144) = 10**6144", True),
        ("ceiling(10**40) = 10**40", True),
        ('@"9999-12-31T23:59:59-14:00" > @"9999-12-31T23:59:59-13:00"', True),
        ('@"0001-01-01T00:00:00+14:00" = @"0001-01-01T00:00:00+14:00"', True),
        ('count(for d in (@"9999-12-31"..@"9999-12-31") return d)', Decimal(0)),
        ('count(for d in [@"0001-01-01"..@"0001-01-01") return d)', Decimal(0)),
        ('count(for d in (@"9999-12-30"..@"9999-12-31"] return d)', Decimal(1)),
        ('last day of month(date("9999-12-01")) = date("9999-12-31")', True),
        ("string length(string(1E-6176))", Decimal(6178)),
    ],
)
def test_the_ends_of_the_ranges_are_computed_exactly(
    value: Value, source: str, expected: object
) -> None:
    assert value(source) == expected


def test_a_number_from_outside_cannot_be_larger_than_the_numbers_of_feel() -> None:
    with pytest.raises(NotDecodable):
        decode("1e999999999")
    assert compile_expression("x + 1").evaluate({"x": 10**10_000}).value is None
    assert plain(Decimal("1E6000")) == "1E+6000"


def test_names_that_begin_alike_are_found_at_once(value: Value) -> None:
    entries = ", ".join(f"a b{n}: {n}" for n in range(3000))
    assert value(f"{{{entries}}}.a b2999") == 2999


def test_a_name_of_thousands_of_characters_is_read_as_its_words() -> None:
    long = "word-" * 300 + "word"
    assert compile_expression("word-word", names=[long]).names == {"word"}
    assert compile_expression("word-word", names=["word-word"]).names == {"word-word"}
    with pytest.raises(ExpressionTooDeep):
        compile_expression(long, names=[long])
