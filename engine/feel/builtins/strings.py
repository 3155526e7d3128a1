"""Functions of strings (DMN 1.5, 10.3.4.3), and those Camunda adds.

Characters are Unicode code points, blanks what Unicode calls white space, patterns regular
expressions of XPath.
"""

from __future__ import annotations

from base64 import b64encode

from engine.feel.builtins.registry import Family
from engine.feel.errors import ArgumentDoesNotFit, NoSuchIndex, PatternMatchesNothing, StringTooLong
from engine.feel.limits import MAX_STRING, bounded_list, bounded_string
from engine.feel.patterns import Pattern, compiled_pattern
from engine.feel.patterns.replacement import Replacement
from engine.feel.session import Session
from engine.feel.values import type_name

FUNCTIONS = Family()

_SHOWN = 60


@FUNCTIONS.add("substring(string: string, start position: position, length?: position?)")
def substring(string: str, start: int, length: int | None = None) -> str:
    """From the 1-based `start`, counted from the end if negative.

    Raises `NoSuchIndex` for a start outside of the string, 0, or a length below 0.
    """
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
    """How many code points."""
    return len(string)


@FUNCTIONS.add("upper case(string: string)")
def upper_case(string: str) -> str:
    """As Unicode's full mapping has it: "ß" becomes "SS"."""
    return bounded_string(string.upper())


@FUNCTIONS.add("lower case(string: string)")
def lower_case(string: str) -> str:
    """As Unicode's full mapping has it."""
    return bounded_string(string.lower())


@FUNCTIONS.add("substring before(string: string, match: string)")
def substring_before(string: str, match: str) -> str:
    """What stands before the first `match`; "" if there is none."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@FUNCTIONS.add("substring after(string: string, match: string)")
def substring_after(string: str, match: str) -> str:
    """What stands behind the first `match`; "" if there is none, all of it behind ""."""
    return string.partition(match)[2] if match else string


@FUNCTIONS.add("contains(string: string, match: string)")
def contains(string: str, match: str) -> bool:
    """Whether `match` stands anywhere; "" does in every string."""
    return match in string


@FUNCTIONS.add("starts with(string: string, match: string)")
def starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@FUNCTIONS.add("ends with(string: string, match: string)")
def ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@FUNCTIONS.add("trim(string: string)")
def trim(string: str) -> str:
    """Without the blanks at both ends; the ideographic space is one."""
    return string.strip()


@FUNCTIONS.add("is blank(string: string)")
def is_blank(string: str) -> bool:
    """Whether there is nothing but blanks."""
    return not string.strip()


@FUNCTIONS.add("to base64(value: string)")
def to_base64(value: str) -> str:
    """The bytes of the string in UTF-8, in Base64 (RFC 4648, section 4)."""
    return bounded_string(b64encode(value.encode("utf-8", "surrogatepass")).decode("ascii"))


@FUNCTIONS.add("uuid()", in_session=True)
def uuid(session: Session) -> str:
    """A new UUID from the environment, 36 characters."""
    return str(session.environment.new_uuid())


@FUNCTIONS.add("matches(input: string, pattern: string, flags?: string?)", in_session=True)
def matches(session: Session, input_: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found anywhere; flags s, m, i, x, q as in XPath (5.6.3).

    Raises `NotSuchAPattern`, `NotSuchAFlag`, and the limits of patterns.
    """
    budget = session.patterns
    return compiled_pattern(pattern, flags or "", budget).found_in(input_, budget)


@FUNCTIONS.add(
    "replace(input: string, pattern: string, replacement: string, flags?: string?)",
    in_session=True,
)
def replace(
    session: Session, input_: str, pattern: str, replacement: str, flags: str | None = None
) -> str:
    """Every match replaced; `$1` in the replacement is a group, `$0` all of the match (5.6.4).

    `\\$` and `\\\\` are a dollar and a backslash; under flag q the replacement is taken as it is.
    Raises `NotSuchAPattern`, `NotSuchAFlag`, `NotSuchAReplacement`, `PatternMatchesNothing`,
    `StringTooLong` as soon as the result grows beyond the limit, and the limits of patterns.
    """
    compiled = _dividing(session, pattern, flags or "", "replace")
    filling = Replacement(replacement, compiled.groups, literal="q" in (flags or ""))
    parts: list[str] = []
    length, begin = 0, 0
    for match in compiled.matches(input_, session.patterns):
        added = (input_[begin : match.begin], *filling.filled(match))
        parts += added
        length += sum(map(len, added))
        begin = match.end
        if length > MAX_STRING:
            raise StringTooLong(length=length, limit=MAX_STRING)
    return bounded_string("".join([*parts, input_[begin:]]))


@FUNCTIONS.add("split(string: string, delimiter: string)", in_session=True)
def split(session: Session, string: str, delimiter: str) -> list[object]:
    """The strings between the matches of `delimiter`, a pattern (5.6.5, but "" gives [""]).

    Raises `NotSuchAPattern`, `PatternMatchesNothing`, and the limits of patterns.
    """
    compiled = _dividing(session, delimiter, "", "split")
    parts: list[object] = []
    begin = 0
    for match in compiled.matches(string, session.patterns):
        parts.append(string[begin : match.begin])
        begin = match.end
    return bounded_list([*parts, string[begin:]])


@FUNCTIONS.add("extract(string: string, pattern: string)", in_session=True)
def extract(session: Session, string: str, pattern: str) -> list[object]:
    """Every match of the pattern, empty ones too.

    Raises `NotSuchAPattern`, and the limits of patterns.
    """
    budget = session.patterns
    compiled = compiled_pattern(pattern, "", budget)
    return bounded_list([match.group(0) for match in compiled.matches(string, budget)])


def _dividing(session: Session, pattern: str, flags: str, function: str) -> Pattern:
    """A pattern that does not match the empty string, as `fn:replace` and `fn:tokenize` ask."""
    compiled = compiled_pattern(pattern, flags, session.patterns)
    if compiled.matches_nothing(session.patterns):
        raise PatternMatchesNothing(pattern=pattern[:_SHOWN], function=function)
    return compiled


@FUNCTIONS.add(
    "string join(list: list, delimiter?: string?)",
    "string join(list: list, delimiter: string?, prefix: string?, suffix: string?)",
)
def string_join(
    items: list[object],
    delimiter: str | None = None,
    prefix: str | None = None,
    suffix: str | None = None,
) -> str:
    """The strings of the list with `delimiter` between them; nulls are left out.

    Raises `ArgumentDoesNotFit` if an item is something else, `StringTooLong` before it is built.
    """
    between, texts = delimiter or "", []
    for item in items:
        if isinstance(item, str):
            texts.append(item)
        elif item is not None:
            raise ArgumentDoesNotFit(
                function="string join",
                parameter="list",
                expected="list<string>",
                found=type_name(item),
            )
    ends = (prefix or "", suffix or "")
    length = sum(map(len, (*texts, *ends))) + len(between) * max(len(texts) - 1, 0)
    if length > MAX_STRING:
        raise StringTooLong(length=length, limit=MAX_STRING)
    return between.join(texts).join(ends)
