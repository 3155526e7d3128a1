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
from engine.feel.limits import MAX_NAME

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
    """The token texts of a name: `Pre-bureau risk` → ("Pre", "-", "bureau", "risk").

    None for a name longer than `MAX_NAME`: it is read as the words that it is made of.
    """
    return tuple(token.text for token in tokenize(name)[:-1]) if len(name) <= MAX_NAME else ()


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

    __slots__ = ("_functions", "_outer", "_root")

    def __init__(
        self,
        names: Iterable[str] = (),
        outer: KnownNames | None = None,
        *,
        functions: bool = False,
    ) -> None:
        self._outer = outer
        self._functions = functions
        self._root = _Branch()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Declare `name` from here on."""
        try:
            words = words_of(name)
        except FeelSyntaxError:
            return  # it holds a quote: only a path over a string key reaches it
        branch = self._root
        for word in words:
            branch = branch.further.setdefault(word, _Branch())
        if words and branch.name is None:
            branch.name = name
            branch.is_reserved = not RESERVED.isdisjoint(words)

    def longest(
        self, tokens: Sequence[Token], position: int, *, functions: bool = True
    ) -> tuple[int, str] | None:
        """Number of tokens and name of the longest known name that starts at `position`.

        Without `functions`, sets of functions are passed over.
        """
        best: tuple[int, str] | None = None
        names: KnownNames | None = self
        while names is not None and (functions or not names._functions):
            found = names._longest(tokens, position)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
            names = names._outer
        return best

    def _longest(self, tokens: Sequence[Token], position: int) -> tuple[int, str] | None:
        best: tuple[int, str] | None = None
        branch = self._root
        for end in range(position, len(tokens)):
            token = tokens[end]
            further = branch.further.get(token.text)
            if further is None or token.kind in ("string", "at"):
                break
            branch = further
            if branch.name is not None and self._may_end(branch, tokens[end + 1 : end + 2]):
                best = (end + 1 - position, branch.name)
        return best

    def _may_end(self, branch: _Branch, following: Sequence[Token]) -> bool:
        if not self._functions or not branch.is_reserved:
            return True
        return bool(following) and following[0].text == "("


class _Branch:
    """The words that may follow in names, and the name that ends here."""

    __slots__ = ("further", "is_reserved", "name")

    def __init__(self) -> None:
        self.further: dict[str, _Branch] = {}
        self.name: str | None = None
        self.is_reserved = False
