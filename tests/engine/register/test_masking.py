"""What may be seen of a party's details where, by the shipped table (D09, AM-43)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from engine.dmn import read_decisions
from engine.register.errors import MaskingRuleUnknown
from engine.register.masking import DOCUMENT, INTERNAL, PUBLIC, SHARE, Masking, Maskings
from engine.runtime import Runtime

ROOT = Path(__file__).parents[3]
UNIT = {
    "party_class": "unit",
    "name": "示例甲机械有限公司",
    "code": "91000000MA00000157",
    "address": "池州市贵池区示例路1号",
    "phone": "0566-2000001",
    "legal_rep_name": "测试一",
    "legal_rep_id_no": "341702190001010017",
    "responsible": [{"name": "测试二", "id_no": "341702190001020020", "post": "会计"}],
}
PERSON = {
    "party_class": "individual",
    "id_type": "居民身份证",
    "name": "测试六",
    "code": "341702190001060065",
    "address": "池州市贵池区示例路6号",
    "phone": "13900000006",
}


@pytest.fixture(scope="session")
def within() -> Callable[[str], Masking]:
    """within("public"): the rules of the shipped table in that scope."""
    model = read_decisions((ROOT / "dmn" / "masking.dmn").read_bytes(), "masking.dmn")
    return lambda scope: Masking(lambda asked: model.evaluate("masking", asked).result, scope)


def test_a_unit_is_public_but_not_the_numbers_of_its_people(
    within: Callable[[str], Masking],
) -> None:
    assert within(PUBLIC).party(UNIT) == {
        "party_class": "unit",
        "name": "示例甲机械有限公司",
        "code": "91000000MA00000157",
        "address": "池州市贵池区示例路1号",
        "legal_rep_name": "测试一",
    }


def test_the_platform_gets_masked_numbers_of_the_people_of_a_unit(
    within: Callable[[str], Masking],
) -> None:
    shared = within(SHARE).party(UNIT)
    assert shared["legal_rep_id_no"] == "341702********0017"
    assert shared["responsible"] == [{"name": "测试二", "id_no": "341702********0020"}]
    assert "phone" not in shared


def test_of_a_person_the_number_is_masked_and_the_address_left_out(
    within: Callable[[str], Masking],
) -> None:
    assert within(PUBLIC).party(PERSON) == {
        "party_class": "individual",
        "id_type": "居民身份证",
        "name": "测试六",
        "code": "341702********0065",
    }


def test_a_letter_says_number_and_address_but_no_phone(within: Callable[[str], Masking]) -> None:
    letter = within(DOCUMENT).party(PERSON)
    assert letter["code"] == "341702190001060065"
    assert letter["address"] == "池州市贵池区示例路6号"
    assert "phone" not in letter


def test_another_document_keeps_two_characters_at_each_end(
    within: Callable[[str], Masking],
) -> None:
    masking = within(PUBLIC)
    assert masking.mask("person_id_no", "H12345678", id_type="护照") == "H1*****78"
    assert masking.mask("person_id_no", "E123", id_type="护照") == "****"


def test_the_bureau_sees_restricted_numbers_only_in_part(within: Callable[[str], Masking]) -> None:
    shown = within(INTERNAL).shown("person_id_no", "341702190001060065")
    assert (shown.value, shown.restricted) == ("341702********0065", True)
    hidden = within(INTERNAL).shown("person_address", "池州市贵池区示例路6号")
    assert (hidden.value, hidden.restricted) == ("******", True)


def test_amounts_are_public_in_whole_yuan(within: Callable[[str], Masking]) -> None:
    assert within(PUBLIC).mask("amount", Decimal("86400.50")) == Decimal(86401)
    assert within(SHARE).mask("amount", Decimal("86400.50")) == Decimal("86400.50")


def test_the_health_of_a_person_is_replaced_by_the_words_of_the_table(
    within: Callable[[str], Masking],
) -> None:
    assert within(PUBLIC).mask("sensitive_ground", "服刑") == "丧失待遇领取资格"


def test_a_minor_and_a_field_that_the_table_does_not_know_are_left_out(
    within: Callable[[str], Masking],
) -> None:
    assert within(PUBLIC).mask("minor", "测试") is None
    assert within(PUBLIC).mask("blood_group", "A") is None


def test_a_rule_that_nobody_knows_is_refused() -> None:
    masking = Masking(lambda asked: {"rule": "blur", "text": ""}, PUBLIC)
    with pytest.raises(MaskingRuleUnknown, match="blur"):
        masking.mask("unit_name", "示例甲")


def test_pages_ask_the_table_in_force(runtime: Runtime) -> None:
    with runtime.reading() as connection:
        masking = Maskings(runtime, connection).in_scope(PUBLIC)
        assert masking.mask("person_id_no", "341702190001060065") == "341702********0065"
