"""Which languages expressions, cells and types may be written in: FEEL, however it is named."""

from __future__ import annotations

import re

_FEEL = re.compile(r"feel|https?://www\.omg\.org/spec/(FEEL|DMN)/\d{8}(/FEEL)?/?", re.IGNORECASE)


def is_feel(language: str) -> bool:
    """Whether a language is FEEL: the name, its namespace in any version of DMN, or none at all."""
    return not language or _FEEL.fullmatch(language.strip()) is not None
