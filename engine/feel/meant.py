"""What a misspelt name was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60
"""Characters of a name that is compared; longer ones are not typed by people."""

_SHORT = 3
"""Characters of a short name, often Chinese: one of two that is right is enough."""

_MOST = 500
"""Names that are compared."""


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name`, None if none is.

    Upper and lower case differ less than letters do; only names of about the length are compared.
    """
    if len(name) > _LONGEST:
        return None
    near = {
        one.casefold(): one
        for one in sorted(known)
        if one != name and abs(len(one) - len(name)) <= max(2, len(name) // 2)
    }
    cutoff = 0.5 if len(name) <= _SHORT else 0.6
    close = get_close_matches(name.casefold(), list(near)[:_MOST], n=1, cutoff=cutoff)
    return near[close[0]] if close else None
