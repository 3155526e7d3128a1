"""What a public letter must not show: the identity number of a person in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.documents.data import look_up
from engine.documents.errors import IdentityNumberShown
from engine.documents.template import Template
from engine.feel.builtins.identifiers import valid_identity_number

_LIKE_AN_IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


def refuse_exposure(template: Template, data: Mapping[str, object]) -> None:
    """Raise `IdentityNumberShown` if `template` is public and a field of it holds such a number.

    Masking is done before the letter is made (table D09); this is the last look.
    """
    exposed = [
        field
        for field in template.fields
        if template.public
        and any(_exposes(text) for _, value in look_up(data, field.path) for text in _texts(value))
    ]
    if exposed:
        raise IdentityNumberShown(
            title=template.title,
            title_en=template.title_en,
            fields_zh="、".join(field.zh for field in exposed),
            fields_en=", ".join(field.en for field in exposed),
        )


def _exposes(text: str) -> bool:
    return any(
        valid_identity_number(found.upper()) for found in _LIKE_AN_IDENTITY_NUMBER.findall(text)
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
