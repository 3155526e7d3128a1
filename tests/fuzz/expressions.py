"""Texts that may be FEEL: valid expressions over every kind of node, and those damaged."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel.builtins import BUILTINS
from tests.fuzz.choices import Choices
from tests.fuzz.values import NAMES

_ATOMS_WITHOUT_SPACE = r"""
0 1 2 3 7 0.5 .5 1E3 1E6144 1e-6176 1000000 10**34 true false null [] {} ? item partial a b c d
"" "a" "\n\"\\" "\uD83D" "2024-02-29" "P1D" "(a+)+$" "😀" now() today() /**/1
@"2024-02-29" @"9999-12-31" @"23:59:59.999@Asia/Shanghai" @"P1Y2M" @"-P3DT4H" @"nonsense"
@"2024-03-31T02:30:00@Europe/Paris" @"9999-12-31T23:59:59-14:00"
"""
_ATOMS = (*_ATOMS_WITHOUT_SPACE.split(), "x y", '"A b"')
_TYPES = (
    *("number", "string", "boolean", "date", "time", "date and time", "Any", "Null", "unknown"),
    *("days and time duration", "list<Any>", "list<list<number>>", "context<a: number>"),
    *("range<number>", "function<number> -> string", "function<>"),
)
_OPERATORS = ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or")
_SIGNS = ("<", "<=", ">", ">=", "=", "!=")
_FUNCTIONS = sorted(BUILTINS)
_FORMS = (
    *("{a} {o} {b}",) * 4,
    "-{a}",
    "[{a}, {b}]",
    "[{a}..{b}]",
    "({a}..{b}]",
    "]{a}..{b}[",
    "({s} {a})",
    "{{{k}: {a}, {l}: {b}}}",
    '{{"": {a}}}',
    "{a}.{k}",
    "{a}[{b}]",
    "if {a} then {b} else {c}",
    "for {k} in {a} return {b}",
    "for {k} in {a}..{b}, {l} in {c} return {d}",
    "some {k} in {a} satisfies {b}",
    "every {k} in {a}, {l} in {b} satisfies {c}",
    "{a} between {b} and {c}",
    "{a} in ({b}, {s} {c})",
    "{a} in {s} {b}",
    "{a} in {b}",
    "{a} instance of {t}",
    "(function({k}, {l}: {t}) {a})({b}, {c})",
    "sort({a}, function({k}, {l}) {b})",
    "function({k}) external {a}",
    "{k}({l}: {a})",
)
_PIECES = r"""
( ) [ ] { } , . .. : ; = != < <= > >= + - * / ** -> if then else for in return some every satisfies
between and or not instance of function external true false null list<number> context<a:number>
function<Any>->Any date time // /* */ ? @ ' " \ # $ 。 ， （ ） 数 é
"""
PIECES = (*_PIECES.split(), *_ATOMS)
"""What a text of FEEL may hold."""


def expression(choices: Choices, depth: int = 4) -> str:
    """An expression by the grammar; operands that are not atoms stand in parentheses."""
    kind = choices.below(8) if depth else 0
    if kind < 2:
        return _atom(choices)
    if kind == 2:
        arguments = [expression(choices, depth - 1) for _ in range(choices.below(5))]
        return f"{choices.one(_FUNCTIONS)}({', '.join(arguments)})"
    return choices.one(_FORMS).format_map(_Parts(choices, depth - 1))


def _atom(choices: Choices) -> str:
    return choices.one(_ATOMS)


class _Parts(dict[str, str]):
    """The parts of a form: letters to fill, each time anew."""

    def __init__(self, choices: Choices, depth: int) -> None:
        super().__init__()
        self._choices = choices
        self._depth = depth

    def __missing__(self, letter: str) -> str:
        named: dict[str, Callable[[], str]] = {
            "o": lambda: self._choices.one(_OPERATORS),
            "s": lambda: self._choices.one(_SIGNS),
            "t": lambda: self._choices.one(_TYPES),
            "k": lambda: self._choices.one(NAMES),
            "l": lambda: self._choices.one(NAMES[::-1]),
        }
        if letter in named:
            return named[letter]()
        return f"({expression(self._choices, self._depth)})"


def unary_tests(choices: Choices) -> str:
    """The text of a cell."""
    tests = []
    for _ in range(1 + choices.below(3)):
        sign = f"{choices.one(_SIGNS)} " if choices.below(3) == 0 else ""
        tests.append(f"{sign}({expression(choices, 3)})")
    joined = ", ".join(tests)
    return (joined, f"not({joined})", "-")[choices.below(5) % 3]


def any_text(choices: Choices) -> str:
    """Characters, pieces of FEEL in any order, or an expression with a hole or a lump in it."""
    kind = choices.below(3)
    if kind == 0:
        text = expression(choices, 3)
        for _ in range(1 + choices.below(3)):
            start = choices.below(len(text) + 1)
            end = start + choices.below(6)
            piece = choices.one(PIECES) if choices.below(2) else choices.text()
            text = text[:start] + piece + text[end:]
        return text
    if kind == 1:
        return " ".join(choices.one(PIECES) for _ in range(choices.below(30)))
    return choices.rest().decode("utf-8", "surrogateescape")
