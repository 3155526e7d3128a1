"""What somebody probably meant by a word that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

LEAST = 0.4


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known words most like `word`; of equally like ones those that begin as it does."""
    close = get_close_matches(word, sorted(set(known)), n=8, cutoff=LEAST)

    def unlikeness(other: str) -> tuple[float, bool]:
        return -SequenceMatcher(None, other, word).ratio(), other[:1] != word[:1]

    return sorted(close, key=unlikeness)[:most]
