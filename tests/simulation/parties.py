"""Fictional parties with valid check characters: no real unit, no living person (domain.md D.3).

Units have region code 000000 in their credit code, persons are born in January 1900.
"""

from __future__ import annotations

from itertools import cycle, islice

from tests.simulation.chance import Chance

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_DIGITS = "零一二三四五六七八九"
_TRADES = ("商贸", "劳务", "机械", "茶业", "建材", "电子", "旅游", "化工")
FIRST_NEW_UNIT = 20
"""The numbers below are those of the specification and of the demonstration."""


def credit_code(number: int) -> str:
    """The credit code of the unit with this number."""
    organ = f"MA{number:06d}"
    values = [int(char, 36) for char in organ]
    rest = 11 - sum(w * v for w, v in zip(_ORGAN_WEIGHTS, values, strict=True)) % 11
    body = "91000000" + organ + {10: "X", 11: "0"}.get(rest, str(rest))
    weighed = sum(w * _ALPHABET.index(c) for w, c in zip(_USCC_WEIGHTS, body, strict=True))
    return body + _ALPHABET[(31 - weighed % 31) % 31]


def identity_number(number: int) -> str:
    """The identity number of the person with this number."""
    day, order = number % 31 + 1, number // 31 + 100
    body = f"341702190001{day:02d}{order:03d}"
    weighed = sum(w * int(c) for w, c in zip(_ID_WEIGHTS, body, strict=True))
    return body + _ID_CHECK[weighed % 11]


def spoken(number: int) -> str:
    """A number digit by digit in Chinese."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def unit(number: int, chance: Chance) -> dict[str, object]:
    """A unit, as the form of a clue asks for it."""
    trade = next(islice(cycle(_TRADES), number % len(_TRADES), None))
    responsible = [_responsible(n) for n in (number,) if chance.happens(0.3)]
    return {
        "party_class": "unit",
        "kind_stated": "用人单位",
        "name": f"示例{spoken(number)}{trade}有限公司",
        "code": credit_code(FIRST_NEW_UNIT + number),
        "legal_rep_name": f"测试{spoken(number)}",
        "legal_rep_id_no": identity_number(10_000 + number),
        "responsible": responsible,
        "no_responsible": not responsible,
        "address": f"池州市示例路{number}号",
        "phone": f"0566-{2_000_000 + number}",
        **_consent(number, chance),
    }


def person(number: int, chance: Chance, kind: str = "其他个人") -> dict[str, object]:
    """A natural person, as the form of a clue asks for it."""
    return {
        "party_class": "individual",
        "kind_stated": kind,
        "name": f"测试{spoken(number)}",
        "id_type": "居民身份证",
        "code": identity_number(number),
        "address": f"池州市示例新村{number}栋",
        "phone": f"0566-{5_000_000 + number}",
        **_consent(number, chance),
    }


def _responsible(number: int) -> dict[str, object]:
    return {
        "name": f"试验{spoken(number)}",
        "id_no": identity_number(20_000 + number),
        "post": "经理",
        "duty": "参保缴费",
    }


def _consent(number: int, chance: Chance) -> dict[str, object]:
    if chance.happens(0.3):
        return {"e_service_consent": True, "e_address": f"party{number}@example.invalid"}
    return {"e_service_consent": False}
