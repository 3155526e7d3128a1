"""Check digits of Chinese identifiers."""

from __future__ import annotations

import pytest

from engine.feel import compile_expression


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91110000600037341L", True),
        ("91350100M000100Y43", True),
        ("91110000600037341M", False),
        ("91110000600037341l", False),
        ("9111000060003734", False),
        ("O1110000600037341L", False),
        ("", False),
        (None, False),
        (91110000600037341, False),
    ],
)
def test_a_unified_social_credit_code(code: object, expected: bool) -> None:
    assert compile_expression("valid uscc(code)").evaluate({"code": code}).value is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310020", False),
        ("110105194913310025", False),
        ("11010519490229002X", False),
        ("11010519491231002x", False),
        ("1101051949123100２X", False),
        ("1101051949123100", False),
        (None, False),
    ],
)
def test_an_identity_number(code: object, expected: bool) -> None:
    source = "valid identity number(code)"
    assert compile_expression(source).evaluate({"code": code}).value is expected
