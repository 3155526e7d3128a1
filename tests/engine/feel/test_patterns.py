"""Regular expressions of XPath: what they match, what is refused, and what they may cost."""

from __future__ import annotations

import re
from math import isinf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Environment, compile_expression
from engine.feel.environment import Meter
from engine.feel.errors import (
    NotSuchAFlag,
    NotSuchAPattern,
    PatternTooDeep,
    PatternTooLarge,
    PatternTooLong,
    PatternTooSlow,
)
from engine.feel.limits import MAX_PATTERN, MAX_PATTERN_DEPTH, MAX_PATTERN_STEPS
from engine.feel.patterns import Budget, backtracking, compiled_pattern, machine
from engine.feel.patterns.cost import most_steps
from engine.feel.patterns.program import written_out
from engine.feel.patterns.syntax import parse
from engine.feel.patterns.translation import translated
from tests.fuzz.effort import examples

SIMPLE = examples(400)


def found(pattern: str, text: str, flags: str = "") -> bool:
    budget = Budget()
    return compiled_pattern(pattern, flags, budget).found_in(text, budget)


def caught(pattern: str, text: str, flags: str = "") -> list[tuple[str, ...]]:
    """Each match with its groups."""
    budget = Budget()
    compiled = compiled_pattern(pattern, flags, budget)
    return [
        tuple(match.group(number) for number in range(compiled.groups + 1))
        for match in compiled.matches(text, budget)
    ]


MATCHED = [
    ("", "", ""),
    ("a|b|", "xyz", ""),
    ("^(?:ab|a)$", "a", ""),
    ("^a{2}$", "aa", ""),
    ("^a{2,}$", "aaaa", ""),
    ("^a{0,2}b$", "b", ""),
    ("^a{0}b$", "b", ""),
    (r"^\.\?\*\+\(\)\{\}\-\[\]\|\\\^\$$", r".?*+(){}-[]|\^$", ""),
    (r"^\n\r\t$", "\n\r\t", ""),
    ("^[a-c-[b]]$", "c", ""),
    ("^[^a-c-[x]]$", "y", ""),
    ("^[a-z-[b-y-[m]]]$", "m", ""),
    ("^[-a]$", "-", ""),
    ("^[a-]$", "-", ""),
    (r"^[\d\-x]$", "-", ""),
    (r"^[\w-.]$", "-", ""),
    ("^[a^]$", "^", ""),
    ("^[.$*]$", "$", ""),
    (r"^\s$", "\n", ""),
    (r"^\S$", "\u3000", ""),
    (r"^\d$", "٣", ""),
    (r"^\D$", "三", ""),
    (r"^\w$", "列", ""),
    (r"^\w$", "€", ""),
    (r"^\W$", "_", ""),
    (r"^\i\c*$", "xml:name-1.2", ""),
    (r"^\i$", "列", ""),
    (r"^\I$", "1", ""),
    (r"^\C$", " ", ""),
    (r"^\p{Lu}\p{L}$", "Äa", ""),
    (r"^\P{Lu}$", "a", ""),
    (r"^[\p{Nd}\P{L}]$", "-", ""),
    (r"^\p{IsBasicLatin}$", "~", ""),
    (r"^\p{IsLatin-1Supplement}$", "é", ""),
    (r"^\p{IsCJKUnifiedIdeographs}+$", "列入决定书", ""),
    (r"^\p{IsCJKUnifiedIdeographsExtensionB}$", "\U00020000", ""),
    (r"^\p{IsGreek}\p{IsGreekandCoptic}$", "αω", ""),
    (r"^\p{IsPrivateUse}$", "\U000f0000", ""),
    (r"^\P{IsBasicLatin}$", "列", ""),
    (r"^(a)(b)\2\1$", "abba", ""),
    (r"^(a)\10$", "aa0", ""),
    (r"^(?:(a)|b)\1$", "b", ""),
    (r"^(.)\1$", "aA", "i"),
    ("^.$", "\U0001f40e", ""),
    ("^.$", "\n", "s"),
    ("^b$", "a\nb\nc", "m"),
    ("b$", "a\nb", "m"),
    ("^a b$", "ab", "x"),
    (r"^a[ ]b \ n $", "a b\n", "x"),
    ("^[a-z]$", "Q", "i"),
    ("^K$", "\u212a", "i"),
    ("^ſ$", "S", "i"),
    ("^[A-Z-[IO]]$", "b", "i"),
    ("a.b|c", "xa.b|cx", "q"),
    ("A.B", "a.b", "qi"),
    ("^*a", "a", ""),
    ("(((a)?)*)*b", "aab", ""),
]
NOT_MATCHED = [
    ("^a$", "a\n", ""),
    (".", "\r", ""),
    ("^b", "a\nb", ""),
    ("^$", "a\n", "m"),
    ("^[a-z-[b-y-[m]]]$", "n", ""),
    ("^[a-c-[b]]$", "b", ""),
    (r"\s", "\u3000", ""),
    (r"\w", "._ ", ""),
    (r"\d", "三½", ""),
    (r"\i", "-1.", ""),
    (r"\p{IsBasicLatin}", "é", ""),
    (r"\p{Lu}", "a", "i"),
    ("^[^q]$", "Q", "i"),
    ("^[A-Z-[IO]]$", "i", "i"),
    (r"^(a)\1$", "ab", ""),
    (r"^(.)\1$", "aA", ""),
    ("a.b", "axb", "q"),
    ("a b", "a b", "x"),
]
REFUSED = [
    "(",
    ")",
    "(?=a)",
    "(?i)a",
    "(?<name>a)",
    "[",
    "[]",
    "[^]",
    "[a",
    "[b-a]",
    "[a--z]",
    r"[a-\d]",
    "[a[b]",
    "[a-[b]c]",
    "[a-z-[b]",
    "]",
    "}",
    "{",
    "a{",
    "a{}",
    "a{,2}",
    "a{2,1}",
    "a{x}",
    "a{2",
    "a**",
    "a++",
    "a{2}{3}",
    "*",
    "|?",
    "\\",
    r"\b",
    r"\A",
    r"\x41",
    r"\/",
    r"\0",
    r"\1",
    r"(a\1)",
    r"(a)\2",
    r"\1(a)",
    r"[\1]",
    r"\p",
    r"\p{Lu",
    r"\p{}",
    r"\p{Xx}",
    r"\p{IsHan}",
    r"\p{isBasicLatin}",
]


@pytest.mark.parametrize(("pattern", "text", "flags"), MATCHED)
def test_a_pattern_is_found(pattern: str, text: str, flags: str) -> None:
    assert found(pattern, text, flags)


@pytest.mark.parametrize(("pattern", "text", "flags"), NOT_MATCHED)
def test_a_pattern_is_not_found(pattern: str, text: str, flags: str) -> None:
    assert not found(pattern, text, flags)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_no_pattern_is_refused_with_the_reason(pattern: str) -> None:
    with pytest.raises(NotSuchAPattern) as refused:
        found(pattern, "a")
    assert refused.value.values["reason_zh"]
    assert refused.value.values["reason_en"]


def test_the_reason_reaches_the_person_in_both_languages() -> None:
    # given a pattern with an unknown block
    evaluation = compile_expression(r'matches("列", "\p{IsHan}")').evaluate({})
    # then the warning beside null names it
    (warning,) = evaluation.warnings
    assert "没有名为「IsHan」的 Unicode 类别或区块" in warning.message("zh")
    assert "no Unicode category or block named “IsHan”" in warning.message("en")


def test_an_unknown_flag_is_refused() -> None:
    with pytest.raises(NotSuchAFlag):
        found("a", "a", "ig")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("a+", "aabaa", [("aa",), ("aa",)]),
        ("a+?", "aa", [("a",), ("a",)]),
        ("a??b", "ab", [("ab",)]),
        ("(a|ab)(c|bcd)?", "abcd", [("abcd", "a", "bcd")]),
        ("(a)|(b)", "ba", [("b", "", "b"), ("a", "a", "")]),
        ("(?:(a)|b)*", "ab", [("ab", "a"), ("", "")]),
        ("x?", "ax", [("",), ("x",), ("",)]),
        ("(.*?)=(.*)", "k=v=w", [("k=v=w", "k", "v=w")]),
        ("a{2,3}?", "aaaaa", [("aa",), ("aa",)]),
        (r"(\d)(\d)?\2", "1223", [("122", "1", "2"), ("3", "3", "")]),
    ],
)
def test_matches_are_leftmost_and_groups_keep_what_they_caught(
    pattern: str, text: str, matches: list[tuple[str, ...]]
) -> None:
    assert caught(pattern, text) == matches


@pytest.mark.parametrize("length", [20, 2_000, 20_000])
@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)+$", "^(a|a?)+$", "(.*)*x", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"],
)
def test_a_pattern_that_makes_backtracking_explode_costs_steps_by_the_length(
    pattern: str, length: int
) -> None:
    # given a text that fails at its last character
    budget = Budget()
    # when the pattern looks for it
    assert not compiled_pattern(pattern, "", budget).found_in("a" * length + "!", budget)
    # then the steps are in proportion to the text
    assert budget.spent < 6_000 + 40 * length


def test_the_cost_of_all_roads_is_counted_before_it_is_too_late() -> None:
    # given more text than the steps suffice for
    budget = Budget(limit=10_000)
    with pytest.raises(PatternTooSlow) as stopped:
        compiled_pattern("(a|b|ab)*c", "", budget).found_in("ab" * 500_000, budget)
    # then the error names the limit, and hardly more was done
    assert "10000" in stopped.value.message("zh")
    assert budget.spent < 10_100


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a*)*\1b", "a" * 60),
        (r"(.*)(.*)(.*)(.*)\1\2\3\4x", "a" * 200),
        (r"((a)\2?)+b", "a" * 100),
        (r"(x+)\1+y", "x" * 20_000),
        (r"(a)|.*\1", "b" * 200_000),
    ],
)
def test_references_to_groups_are_tried_only_as_long_as_the_steps_last(
    pattern: str, text: str
) -> None:
    budget = Budget(limit=200_000)
    with pytest.raises(PatternTooSlow):
        compiled_pattern(pattern, "", budget).found_in(text, budget)


def test_the_steps_of_one_evaluation_are_counted_together() -> None:
    # given an expression that asks a cheap pattern again and again
    expression = compile_expression('for i in 1..40 return matches(text, "(b|bb)+c")')
    # then it is stopped although each answer is within the limit
    with pytest.raises(PatternTooSlow):
        expression.evaluate({"text": "b" * 500}, few_steps())


def test_evaluations_with_one_meter_have_their_steps_together() -> None:
    # given a question that takes a good part of the steps
    expression = compile_expression('matches(text, "(b|bb)+c")')
    environment = few_steps()
    expression.evaluate({"text": "b" * 2_000}, environment)
    # then the next one with the same meter has too few left
    with pytest.raises(PatternTooSlow):
        expression.evaluate({"text": "b" * 2_000}, environment)


def test_new_patterns_cost_steps_too() -> None:
    # given an expression that makes a new pattern each time
    expression = compile_expression('for i in 1..100 return matches("", "a" + string(i))')
    with pytest.raises(PatternTooSlow):
        expression.evaluate({}, few_steps())


def few_steps() -> Environment:
    """An environment whose evaluations have 60,000 steps of matching together."""
    meter = Meter()
    meter.patterns = Budget(limit=60_000)
    return Environment(meter=meter)


def test_ten_thousand_ordinary_questions_are_answered() -> None:
    expression = compile_expression(
        r'every i in 1..10000 satisfies matches(text, "^[A-Z]{2}[0-9]+-\w+$")'
    )
    assert expression.evaluate({"text": "AB20260209-listing"}).value is True


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        ("a" * (MAX_PATTERN + 1), PatternTooLong),
        ("(" * (MAX_PATTERN_DEPTH + 1) + ")" * (MAX_PATTERN_DEPTH + 1), PatternTooDeep),
        ("[a-" * (MAX_PATTERN_DEPTH + 2) + "]" * (MAX_PATTERN_DEPTH + 2), PatternTooDeep),
        ("a{100000}", PatternTooLarge),
        ("a{0,99999999999999999999}", PatternTooLarge),
        ("(((a{99}){99}){99}){99}", PatternTooLarge),
    ],
)
def test_patterns_have_limits_each_with_its_name(pattern: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        found(pattern, "a")


def test_the_deepest_pattern_that_is_allowed_matches() -> None:
    depth = MAX_PATTERN_DEPTH
    assert found("^" + "(" * depth + "a" + ")" * depth + "$", "a")
    assert found("^" + "(?:" * depth + "a" + ")*" * depth + "b$", "aaab")


def _solid(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns made of patterns that match no empty text; neither do they."""
    pairs = st.tuples(inner, inner)
    return (
        pairs.map("".join)
        | pairs.map(lambda pair: f"(?:{'|'.join(pair)})")
        | pairs.map(lambda pair: f"({'|'.join(pair)})")
        | st.tuples(inner, st.sampled_from(["+", "+?", "{2}", "{1,3}", "{2,}?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        )
        | st.tuples(inner, st.sampled_from(["*", "?", "*?", "??", "{0,2}"]), inner).map(
            lambda triple: f"({triple[0]}){triple[1]}{triple[2]}"
        )
    )


_SOLID = st.recursive(
    st.sampled_from(["a", "b", "c", "[ab]", "[^a]", ".", r"\n"]), _solid, max_leaves=12
)
_PATTERNS = st.builds(
    "{}{}{}".format, st.sampled_from(["", "", "^"]), _SOLID, st.sampled_from(["", "$"])
)
_TEXTS = st.text(alphabet="abcd\n", max_size=12)


@SIMPLE
@given(_PATTERNS, _TEXTS)
def test_every_road_finds_what_python_finds(pattern: str, text: str) -> None:
    # given what Python's own expressions find, written for it
    expected = re.search(pattern.replace("$", r"\Z").replace(".", r"[^\n\r]"), text)
    spans = expected and expected.regs
    tree = parse(pattern, "")
    program = written_out(tree)

    def spans_of(slots: tuple[int, ...] | None) -> tuple[tuple[int, int], ...] | None:
        return slots and tuple(zip(slots[::2], slots[1::2], strict=False))[: tree.groups + 1]

    # then the machine, backtracking and the translation find the same, group by group
    assert spans_of(machine.find(program, text, 0, Budget())) == spans
    assert spans_of(backtracking.find(program, text, 0, Budget())) == spans
    quick = re.search(translated(tree.root), text)
    assert (quick and quick.regs) == spans
    bare = written_out(tree, catching=False)
    only_asked = machine.find(bare, text, 0, Budget(), any_will_do=True)
    assert (only_asked is not None) == (spans is not None)


_INSTRUCTIONS_PER_STEP = 8
"""Instructions of the program, with their saving and jumping, to one step of the estimate."""


@SIMPLE
@given(_PATTERNS, st.sampled_from(["a" * 40, "ab" * 20, "a" * 39 + "b", "abc" * 13, "b" * 40]))
def test_backtracking_never_takes_longer_than_was_estimated(pattern: str, text: str) -> None:
    # given a pattern with an estimate
    tree = parse(pattern, "")
    estimate = most_steps(tree, len(text))
    if isinf(estimate) or estimate > MAX_PATTERN_STEPS / _INSTRUCTIONS_PER_STEP / 10:
        return
    # when every way through it is tried
    budget = Budget()
    backtracking.find(written_out(tree), text, 0, budget)
    # then there were no more
    assert budget.spent <= _INSTRUCTIONS_PER_STEP * estimate


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(a*)*", "(.*)(.*)(.*)(.*)(.*)(.*)b", r"(a)\1"]
)
def test_no_pattern_that_explodes_is_left_to_python(pattern: str) -> None:
    # a hundred characters would keep Python's re busy for longer than the machine
    assert most_steps(parse(pattern, ""), 100) > 1_000_000


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{4}$",
        r"^[A-Z]{2}\d+-[a-z]+$",
        "^[^@]+@[^@]+$",
        "^(foo|bar)*x$",
        r"^([^,]*,)*[^,]*$",
        "^[ 　]*$",
    ],
)
def test_ordinary_patterns_have_an_estimate_in_proportion_to_the_text(pattern: str) -> None:
    short, long = (most_steps(parse(pattern, ""), length) for length in (1_000, 10_000))
    assert long < 12 * short * (10 if "," in pattern else 1)
