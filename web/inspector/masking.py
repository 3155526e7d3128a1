"""Numbers of persons are shown only to those whose role lets them see them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from web.formats import masked_identity

IDENTITY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"\d{3}[0-9Xx](?![0-9A-Za-z])"
)
"""A citizen's number (GB 11643) wherever it stands in a text."""


class Mask:
    """Hides numbers of persons in texts and values; shows everything if `reveals`.

    `known` are further numbers to hide, such as the party's when it is a person with a passport.
    """

    def __init__(self, *, reveals: bool, known: tuple[str, ...] = ()) -> None:
        self.reveals = reveals
        self._known = tuple(number for number in known if number)

    def text(self, text: str) -> str:
        """`text` with the numbers in it masked."""
        if self.reveals:
            return text
        for number in self._known:
            text = text.replace(number, masked_identity(number))
        return IDENTITY_NUMBER.sub(lambda found: masked_identity(found.group()), text)

    def value(self, value: object) -> object:
        """A value with the numbers in it masked, also deep inside."""
        if self.reveals:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(inner) for inner in value]
        return value
