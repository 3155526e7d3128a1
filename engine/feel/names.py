"""Which words make one name.

FEEL names may hold spaces and some operators, so `working days between(a, b)` or `Pre-bureau risk`
can only be read by someone who knows the names. Known are the built-in functions, the names given
with the expression, and what the expression itself declares (context entries, parameters,
iteration variables). Where several names fit, the longest wins. Words that follow each other
without an operator are one name even if it is unknown, because nothing else could be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Token, tokenize

RESERVED = frozenset(
    [
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "true",
        "false",
        "null",
    ]
)
"""Words that end a name nobody has declared."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The token texts of a name: `Pre-bureau risk` → ("Pre", "-", "bureau", "risk")."""
    return tuple(token.text for token in tokenize(name)[:-1])


def is_plain(name: str) -> bool:
    """Whether a name needs no declaration to be read: it is a single word, or no name at all."""
    try:
        return len(words_of(name)) <= 1
    except FeelSyntaxError:
        return True


class KnownNames:
    """A set of names to match token sequences against; may stand on an outer set.

    In a set of `functions`, a name with a reserved word in it counts only before a parenthesis:
    `date and time(x)` calls, `date and time` joins two variables.
    """

    __slots__ = ("_by_first", "_functions", "_outer")

    def __init__(
        self,
        names: Iterable[str] = (),
        outer: KnownNames | None = None,
        *,
        functions: bool = False,
    ) -> None:
        self._outer = outer
        self._functions = functions
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Declare `name` from here on."""
        try:
            words = words_of(name)
        except FeelSyntaxError:
            return  # it holds a quote: only a path over a string key reaches it
        if words:
            known = self._by_first.setdefault(words[0], [])
            known.append((words, name))
            known.sort(key=lambda entry: -len(entry[0]))

    def longest(
        self, tokens: Sequence[Token], position: int, *, functions: bool = True
    ) -> tuple[int, str] | None:
        """Number of tokens and name of the longest known name that starts at `position`.

        Without `functions`, sets of functions are passed over.
        """
        best: tuple[int, str] | None = None
        names: KnownNames | None = self
        while names is not None and (functions or not names._functions):
            for words, name in names._by_first.get(tokens[position].text, ()):
                if best is not None and len(words) <= best[0]:
                    break
                if names._fits(words, tokens, position):
                    best = (len(words), name)
                    break
            names = names._outer
        return best

    def _fits(self, words: tuple[str, ...], tokens: Sequence[Token], position: int) -> bool:
        end = position + len(words)
        if end > len(tokens):
            return False
        if any(tokens[position + i].text != word for i, word in enumerate(words)):
            return False
        if any(token.kind in ("string", "at") for token in tokens[position:end]):
            return False
        return not self._functions or tokens[end].text == "(" or RESERVED.isdisjoint(words)
