"""Looking for what a public text must not say of persons: numbers, telephones, addresses (AM-43).

The table of masking decides what is published; this is a second look at what people wrote
themselves. It finds patterns, and the details of the party that the bureau knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.feel.builtins.identifiers import valid_identity_number, valid_uscc

IDENTITY_NUMBER, TELEPHONE, ACCOUNT, ADDRESS = "身份证件号码", "电话号码", "银行账号", "住址"
"""What can be found, in the words of the person who is told."""

_PATTERNS = (
    (
        IDENTITY_NUMBER,
        re.compile(
            r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])"
            r"(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
        ),
    ),
    (
        IDENTITY_NUMBER,
        re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)"),
    ),
    (TELEPHONE, re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    (TELEPHONE, re.compile(r"(?<!\d)0\d{2,3}[-—– ]?\d{7,8}(?!\d)")),
    (ACCOUNT, re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")),
)
_SHORTEST = 4
"""A known detail shorter than this says nothing of anybody."""


def exposed_in(text: str, party: Mapping[str, object]) -> list[str]:
    """The kinds of personal details in a text, each once; empty if it may be published."""
    found = [kind for kind, detail in _details(party) if detail in text]
    for kind, pattern in _PATTERNS:
        if any(not _is_of_a_unit(match.group()) for match in pattern.finditer(text)):
            found.append(kind)
        text = pattern.sub("", text)
    return list(dict.fromkeys(found))


def _is_of_a_unit(number: str) -> bool:
    """A credit code may consist of digits only; it is public."""
    return valid_uscc(number) and not valid_identity_number(number)


def _details(party: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    is_person = party.get("party_class") == "individual"
    people = party.get("responsible")
    rows = [row for row in people if isinstance(row, Mapping)] if isinstance(people, list) else []
    known = [
        (IDENTITY_NUMBER, party.get("legal_rep_id_no")),
        *((IDENTITY_NUMBER, row.get("id_no")) for row in rows),
        (TELEPHONE, party.get("phone")),
    ]
    if is_person:
        known += [
            (IDENTITY_NUMBER, party.get("code")),
            (ADDRESS, party.get("address")),
            (ACCOUNT, party.get("account")),
        ]
    for kind, detail in known:
        if isinstance(detail, str) and len(detail) >= _SHORTEST:
            yield kind, detail
