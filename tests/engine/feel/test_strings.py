"""Functions of strings: what the standard and Camunda's documentation say of each."""

from __future__ import annotations

from uuid import UUID

import pytest

from engine.feel import Environment, compile_expression
from engine.feel.errors import StringTooLong
from engine.feel.limits import MAX_STRING
from engine.feel.texts import literal_of

CUTTING = [
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", 3, 3)', '"oba"'),
    ('substring("foobar", 3, 10)', '"obar"'),
    ('substring("foobar", -2)', '"ar"'),
    ('substring("foobar", -3, 2)', '"ba"'),
    ('substring("foobar", 1, 0)', '""'),
    ('substring("foobar", 0)', "null"),
    ('substring("foobar", 8)', "null"),
    ('substring("foobar", -7)', "null"),
    ('substring("foobar", 1, -1)', "null"),
    ('substring("\U0001f40eab", 2)', '"ab"'),
    ('substring before("foobar", "bar")', '"foo"'),
    ('substring before("foobar", "")', '""'),
    ('substring after("foobar", "ob")', '"ar"'),
    ('substring after("foobar", "")', '"foobar"'),
    ('substring after("", "a")', '""'),
    ('trim("  hello   world　")', '"hello   world"'),
]
ASKING = [
    ('string length("\U0001f40eab")', "3"),
    ('string length("")', "0"),
    ("string length(1)", "null"),
    ('contains("foobar", "of")', "false"),
    ('contains("foobar", "")', "true"),
    ('starts with("foobar", "fo")', "true"),
    ('ends with("foobar", "r")', "true"),
    ('is blank("")', "true"),
    ('is blank("\u3000 \t")', "true"),
    ('is blank("a")', "false"),
    ("is blank(null)", "null"),
]
CHANGING = [
    ('upper case("aBc4ß")', '"ABC4SS"'),
    ('lower case("aBc4Ä")', '"abc4ä"'),
    ('to base64("FEEL")', '"RkVFTA=="'),
    ('to base64(value: "列")', '"5YiX"'),
    ('to base64("")', '""'),
    ("to base64(1)", "null"),
    ('string join(["a", "b", "c"])', '"abc"'),
    ('string join(["a", "b", "c"], ", ")', '"a, b, c"'),
    ('string join(["a", null, "c"], null)', '"ac"'),
    ('string join(["a", "b"], "、", "「", "」")', '"「a、b」"'),
    ('string join(list: ["a", "b"], delimiter: "-", prefix: "<", suffix: ">")', '"<a-b>"'),
    ('string join([], "-")', '""'),
    ('string join("a", "-")', '"a"'),
    ('string join(["a", 1])', "null"),
    ('string join(null, "-")', "null"),
]
MATCHING = [
    ('matches("foobar", "^fo*b")', "true"),
    ('matches("foobar", "o+")', "true"),
    ('matches("FooBar", "foo", "i")', "true"),
    ('matches("a.b", "a.b", "q")', "true"),
    ('matches("axb", "a.b", "q")', "false"),
    ('matches("foobar", "fo", null)', "true"),
    ('matches("foobar", "fo", "g")', "null"),
    ('matches("foobar", "[")', "null"),
    ('matches(null, "a")', "null"),
    ('matches(input: "ab", pattern: "A B", flags: "xi")', "true"),
]
REPLACING = [
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('replace("0123456789", "(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3")', '"(012) 345-6789"'),
    ('replace("abracadabra", "a.*?a", "*")', '"*c*bra"'),
    ('replace("facetiously", "[iouy]", "[$0]")', '"facet[i][o][u]sl[y]"'),
    ('replace("ab", "(a)", "$12")', '"a2b"'),
    ('replace("ab", "a", "$1")', '"b"'),
    (r'replace("5元", "元", "\$")', '"5$"'),
    (r'replace("a", "a", "\\\\")', r'"\\"'),
    ('replace("a.b", ".", "$", "q")', '"a$b"'),
    ('replace("How do you feel?", "Feel", "FEEL", "i")', '"How do you FEEL?"'),
    ('replace("abc", "a", "$")', "null"),
    ('replace("abc", "a", "$x")', "null"),
    (r'replace("abc", "a", "\q")', "null"),
    ('replace("abc", "x*", "-")', "null"),
    ('replace("abc", "^", "-")', "null"),
    ('replace("", "a", "-")', '""'),
]
DIVIDING = [
    ('split("John Doe", "\\s")', '["John", "Doe"]'),
    ('split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'),
    ('split("a1b22c", "([0-9])+")', '["a", "b", "c"]'),
    ('split("", ";")', '[""]'),
    ('split("abc", "")', "null"),
    ('split("abc", "x*")', "null"),
    ('extract("references are 1234, 1256, 1378", "12[0-9]*")', '["1234", "1256"]'),
    ('extract("abc", "[0-9]")', "[]"),
    ('extract("ab", "b?")', '["", "b", ""]'),
    ('extract("abc", "(")', "null"),
]


@pytest.mark.parametrize(
    ("source", "expected"), [*CUTTING, *ASKING, *CHANGING, *MATCHING, *REPLACING, *DIVIDING]
)
def test_a_function_of_strings(source: str, expected: str) -> None:
    assert literal_of(compile_expression(source).evaluate({}).value) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('matches("a", "(")', "NotSuchAPattern"),
        ('matches("a", "a", "g")', "NotSuchAFlag"),
        ('replace("a", "a", "$")', "NotSuchAReplacement"),
        ('replace("a", "a?", "b")', "PatternMatchesNothing"),
        ('split("a", "a?")', "PatternMatchesNothing"),
        ('string join(["a", 1])', "ArgumentDoesNotFit"),
        ('substring("a", 0)', "NoSuchIndex"),
    ],
)
def test_a_null_says_why(source: str, reason: str) -> None:
    evaluation = compile_expression(source).evaluate({})
    assert [warning.kind for warning in evaluation.warnings] == [reason]


def test_a_uuid_is_new_each_time() -> None:
    first, second = (str(compile_expression("uuid()").evaluate({}).value) for _ in "12")
    assert str(UUID(first)) == first
    assert first != second


def test_a_uuid_comes_from_the_source_that_was_handed_in() -> None:
    # given an environment that always gives the same
    same = Environment(new_uuid=lambda: UUID(int=7))
    # then the expression gives it
    value = compile_expression("uuid()").evaluate({}, same).value
    assert value == "00000000-0000-0000-0000-000000000007"


@pytest.mark.parametrize(
    "source",
    [
        'replace(text, "a", text)',
        'replace(text, "a", "$0$0$0$0$0$0$0$0$0$0$0")',
        "string join([text, text, text, text, text, text, text, text, text, text, text])",
        'string join(["a", "b"], "", long, long)',
        "to base64(long)",
        "upper case(sharp)",
    ],
)
def test_no_string_grows_beyond_the_limit(source: str) -> None:
    context = {
        "text": "a" * (MAX_STRING // 10),
        "long": "b" * (MAX_STRING - 1),
        "sharp": "ß" * (MAX_STRING - 1),
    }
    with pytest.raises(StringTooLong):
        compile_expression(source).evaluate(context)
