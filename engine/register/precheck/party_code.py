"""The code of a party as it is asked about: read the same however it was typed."""

from __future__ import annotations

import unicodedata
from typing import Literal

from engine.feel.builtins.identifiers import valid_identity_number, valid_uscc
from engine.register.precheck.errors import CodeMissing, CodeWrong

PartyClass = Literal["unit", "individual"]

STANDARD_LENGTH = 18
"""Of credit codes (GB 32100) and citizens' numbers (GB 11643)."""
SHORTEST, LONGEST_OTHER = 5, 15
"""Of other documents: passports, permits, identity cards of the first generation."""


def read_code(text: str) -> tuple[str, PartyClass]:
    """The code in capitals without blanks, and whose it is.

    Raises `CodeMissing`, and `CodeWrong` if its check character or its length is wrong.
    """
    code = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not code:
        raise CodeMissing
    if valid_identity_number(code):
        return code, "individual"
    if valid_uscc(code):
        return code, "unit"
    if len(code) == STANDARD_LENGTH:
        raise CodeWrong(code=code, reason="校验位不对", reason_en="wrong check character")
    if not SHORTEST <= len(code) <= LONGEST_OTHER or not (code.isascii() and code.isalnum()):
        raise CodeWrong(
            code=code,
            reason="应为18位统一社会信用代码或身份号码，或5至15位其他证件号码",
            reason_en="18 characters, or 5 to 15 letters and digits of another document",
        )
    return code, "individual"


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in nothing but width, brackets, blanks and case."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
