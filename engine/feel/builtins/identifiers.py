"""Check digits of Chinese identifiers: functions of our own beside the standard."""

from __future__ import annotations

import re
from datetime import date

from engine.feel.builtins.registry import Family

FUNCTIONS = Family()

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(f"[{_USCC_CHARACTERS}]{{2}}[0-9]{{6}}[{_USCC_CHARACTERS}]{{10}}")
_IDENTITY_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_IDENTITY_CHECKS = "10X98765432"


@FUNCTIONS.add("valid uscc(code: any)")
def valid_uscc(code: object) -> bool:
    """Whether `code` is a unified social credit code with the right check character.

    GB 32100-2015: 18 upper-case characters without I, O, S, V, Z; weights 3^i modulo 31.
    """
    if not isinstance(code, str) or _USCC.fullmatch(code) is None:
        return False
    return checked_uscc(code[:17]) == code


def checked_uscc(start: str) -> str:
    """The unified social credit code that begins with these 17 characters."""
    weighted = sum(_USCC_CHARACTERS.index(c) * pow(3, i, 31) for i, c in enumerate(start))
    return start + _USCC_CHARACTERS[-weighted % 31]


@FUNCTIONS.add("valid identity number(code: any)")
def valid_identity_number(code: object) -> bool:
    """Whether `code` is a citizen identity number: a real birth date and the right check digit.

    GB 11643-1999: 18 characters, the last a digit or X; weights 2^i modulo 11. The district
    code is not looked up, and no age is too great.
    """
    if not isinstance(code, str) or _IDENTITY_NUMBER.fullmatch(code) is None:
        return False
    try:
        date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return False
    weighted = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(code[:17]))
    return _IDENTITY_CHECKS[weighted % 11] == code[17]
