"""The sets that escapes of XML Schema regular expressions name, and case variants.

XML Schema part 2, appendix G.4.2 (categories, blocks, multi-character escapes); XPath Functions
and Operators 3.1, 5.6.2 (what flag `i` takes for the same).
"""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache

from engine.feel.patterns.blocks import BLOCKS, EARLIER
from engine.feel.patterns.charset import NOTHING, CharSet

NEWLINE = CharSet.of("\n")
LINE_ENDS = CharSet.of("\n\r")
_SPACE = CharSet.of(" \t\n\r")
_NAME_START = CharSet.of_ranges(
    [
        *((ord(only), ord(only)) for only in ":_"),
        *((ord(first), ord(last)) for first, last in ("AZ", "az")),
        (0xC0, 0xD6),
        (0xD8, 0xF6),
        (0xF8, 0x2FF),
        (0x370, 0x37D),
        (0x37F, 0x1FFF),
        (0x200C, 0x200D),
        (0x2070, 0x218F),
        (0x2C00, 0x2FEF),
        (0x3001, 0xD7FF),
        (0xF900, 0xFDCF),
        (0xFDF0, 0xFFFD),
        (0x10000, 0xEFFFF),
    ]
)
_NAME = _NAME_START | CharSet.of_ranges(
    [*((ord(c), ord(c)) for c in "-.\u00b7"), (0x30, 0x39), (0x300, 0x36F), (0x203F, 0x2040)]
)
_LAST_WITH_CASE = 0x1FFFF


@cache
def _categories() -> dict[str, CharSet]:
    """Unicode categories of one and of two letters."""
    ranges: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    first, current = 0, unicodedata.category("\0")
    for code in range(1, sys.maxunicode + 2):
        found = unicodedata.category(chr(code)) if code <= sys.maxunicode else ""
        if found != current:
            ranges[current].append((first, code - 1))
            ranges[current[0]].append((first, code - 1))
            first, current = code, found
    return {name: CharSet.of_ranges(members) for name, members in ranges.items()}


@cache
def property_set(name: str) -> CharSet | None:
    """What `\\p{name}` stands for: a category (`Lu`) or a block (`IsBasicLatin`); else None."""
    if name.startswith("Is"):
        blocks = EARLIER.get(name[2:], (name[2:],))
        known = [BLOCKS[block] for block in blocks if block in BLOCKS]
        return CharSet.of_ranges(known) if known else None
    return None if name == "Cs" else _categories().get(name)


@cache
def escape_set(letter: str) -> CharSet | None:
    """What the escape `\\s`, `\\i`, `\\c`, `\\d`, `\\w`, or its capital, stands for; else None."""
    if letter not in "sicdwSICDW":
        return None
    if letter.isupper():
        found = escape_set(letter.lower())
        return found and found.complement()
    if letter == "w":
        categories = _categories()
        return (categories["P"] | categories["Z"] | categories["C"]).complement()
    return {"s": _SPACE, "i": _NAME_START, "c": _NAME, "d": _categories()["Nd"]}[letter]


@cache
def _case_variants() -> dict[str, frozenset[str]]:
    """Each character that has case variants → all of them, itself among them."""
    by_form: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    cased = []
    for code in range(_LAST_WITH_CASE + 1):
        character = chr(code)
        lower, upper = character.lower(), character.upper()
        if lower != character or upper != character:
            cased.append(character)
            by_form[0, lower].add(character)
            by_form[1, upper].add(character)
    return {
        character: frozenset(by_form[0, character.lower()] | by_form[1, character.upper()])
        for character in cased
    }


@cache
def _cased_codes() -> list[int]:
    return sorted(map(ord, _case_variants()))


def variants(character: str) -> frozenset[str]:
    """The characters with the same lower case or the same upper case as this one."""
    return _case_variants().get(character) or frozenset(character)


def with_variants(members: CharSet) -> CharSet:
    """The set and all case variants of its characters."""
    cased, codes = _case_variants(), _cased_codes()
    added = {
        variant
        for first, last in members.ranges()
        for code in codes[bisect_left(codes, first) : bisect_right(codes, last)]
        for variant in cased[chr(code)]
        if variant not in members
    }
    return members | CharSet.of(added) if added else members


def union(sets: list[CharSet]) -> CharSet:
    """All of them together."""
    sets = [each for each in sets if each]
    if len(sets) == 1:
        return sets[0]
    return CharSet.of_ranges(span for each in sets for span in each.ranges()) if sets else NOTHING
