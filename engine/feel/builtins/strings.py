"""Functions of strings (DMN 1.5, 10.3.4.3). Characters are Unicode code points."""

from __future__ import annotations

import re

from engine.feel.builtins.registry import Family
from engine.feel.errors import NoSuchIndex
from engine.feel.limits import bounded_string
from engine.feel.patterns import compiled_pattern

FUNCTIONS = Family()


@FUNCTIONS.add("substring(string: string, start position: position, length?: position?)")
def substring(string: str, start: int, length: int | None = None) -> str:
    """From the 1-based `start`, counted from the end if negative."""
    if start == 0 or abs(start) > len(string) + (start > 0):
        raise NoSuchIndex(length=len(string), index=start)
    begin = start - 1 if start > 0 else len(string) + start
    if length is None:
        return string[begin:]
    if length < 0:
        raise NoSuchIndex(length=len(string), index=length)
    return string[begin : begin + length]


@FUNCTIONS.add("string length(string: string)")
def string_length(string: str) -> int:
    return len(string)


@FUNCTIONS.add("upper case(string: string)")
def upper_case(string: str) -> str:
    return string.upper()


@FUNCTIONS.add("lower case(string: string)")
def lower_case(string: str) -> str:
    return string.lower()


@FUNCTIONS.add("substring before(string: string, match: string)")
def substring_before(string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@FUNCTIONS.add("substring after(string: string, match: string)")
def substring_after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@FUNCTIONS.add("contains(string: string, match: string)")
def contains(string: str, match: str) -> bool:
    return match in string


@FUNCTIONS.add("starts with(string: string, match: string)")
def starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@FUNCTIONS.add("ends with(string: string, match: string)")
def ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@FUNCTIONS.add("trim(string: string)")
def trim(string: str) -> str:
    return string.strip()


@FUNCTIONS.add("is blank(string: string)")
def is_blank(string: str) -> bool:
    return not string.strip()


@FUNCTIONS.add("matches(input: string, pattern: string, flags?: string?)")
def matches(input_: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found anywhere; flags i, m, s, x as in XPath."""
    return compiled_pattern(pattern, flags or "").search(input_) is not None


@FUNCTIONS.add("replace(input: string, pattern: string, replacement: string, flags?: string?)")
def replace(input_: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """`$1` … `$9` in the replacement are the groups, `\\$` is a dollar."""
    compiled = compiled_pattern(pattern, flags or "")
    literal = "q" in (flags or "")

    def replaced(match: re.Match[str]) -> str:
        return replacement if literal else _filled(replacement, match)

    return bounded_string(compiled.sub(replaced, input_))


def _filled(replacement: str, match: re.Match[str]) -> str:
    def group(reference: re.Match[str]) -> str:
        if reference[1] is None:
            return str(reference[0][1])
        number = int(reference[1])
        return (match[number] or "") if number <= (match.re.groups or 0) else ""

    return re.sub(r"\$([0-9])|\\[\\$]", group, replacement)


@FUNCTIONS.add("split(string: string, delimiter: string)")
def split(string: str, delimiter: str) -> list[str]:
    """`delimiter` is a regular expression; what it captures is left out."""
    pattern = compiled_pattern(delimiter, "")
    parts, begin = [], 0
    for match in pattern.finditer(string):
        if match.end() == match.start():
            continue
        parts.append(string[begin : match.start()])
        begin = match.end()
    return [*parts, string[begin:]]


@FUNCTIONS.add("extract(string: string, pattern: string)")
def extract(string: str, pattern: str) -> list[str]:
    """Every match of the pattern."""
    return [match.group() for match in compiled_pattern(pattern, "").finditer(string)]


@FUNCTIONS.add("string join(list: list, delimiter?: string?)")
def string_join(items: list[object], delimiter: str | None = None) -> str | None:
    """Nulls are left out; null if anything else is not a string."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    return bounded_string((delimiter or "").join(str(text) for text in texts))


@FUNCTIONS.add("string join(list: list, delimiter: string?, prefix: string?, suffix: string?)")
def string_join_between(
    items: list[object], delimiter: str | None, prefix: str | None, suffix: str | None
) -> str | None:
    joined = string_join(items, delimiter)
    return None if joined is None else f"{prefix or ''}{joined}{suffix or ''}"
