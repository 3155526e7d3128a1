"""Where the text of DMN 1.5 surprises or leaves room, the compatibility kit decides."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression
from engine.feel.texts import literal_of


def text_of(source: str) -> str:
    return literal_of(compile_expression(source).evaluate({}).value)


def test_an_escape_that_the_grammar_does_not_know_stays_for_patterns() -> None:
    # the grammar has only \' \" \\ \n \r \t \u and \U; kit 1109 writes \d as it is
    assert text_of(r'replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3")') == (
        '"(012) 345-6789"'
    )
    assert text_of(r'"\d" = "\\d"') == "true"


def test_a_scale_that_is_no_whole_number_is_cut() -> None:
    # the text asks for a whole number; kit 1100 gives 2.5
    assert text_of("decimal(1/3, 2.5)") == "0.33"


def test_null_is_of_no_type_but_its_own() -> None:
    # the text has every value conform to Any; kit 0070 says null does not
    assert text_of("null instance of Any") == "false"
    assert text_of("null instance of Null") == "true"


def test_a_name_may_be_a_sign_and_a_key_may_be_a_word_of_the_language() -> None:
    # kit 0083 has keys that are signs; in front of a colon a reserved word can be nothing else
    assert text_of('{🐎: "bar"}.🐎') == '"bar"'
    assert text_of("{if: 1, for each: 2}.for each") == "2"


@pytest.mark.parametrize(
    ("source", "text"),
    [("-3 ** 2", "9"), ("-(3 ** 2)", "-9"), ("2 ** 3 ** 2", "64"), ("-5 ** 2", "25")],
)
def test_a_minus_binds_before_a_power_and_powers_go_from_the_left(source: str, text: str) -> None:
    # the grammar lists operators from the loosest to the tightest, unlike school; kit 0075
    assert text_of(source) == text


def test_what_is_no_boolean_is_unknown_to_and_and_or_and_false_to_if() -> None:
    assert text_of('true and "x"') == "null"
    assert text_of('false and "x"') == "false"
    assert text_of('if "x" then 1 else 2') == "2"


def test_ranges_of_days_go_down_as_well_as_up() -> None:
    # the text speaks of the next and the previous value without saying of which types
    source = 'for d in @"2024-03-02"..@"2024-02-29" return d.day'
    assert text_of(source) == "[2, 1, 29]"
