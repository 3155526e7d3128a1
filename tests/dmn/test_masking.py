"""D09: what is shown of which data, and where."""

from __future__ import annotations

import pytest

from engine.dmn import InputNotAllowed
from tests.dmn.bureau import ask, row_count, rows

SCOPES = ("public", "share", "document", "internal")
SHOWN = {
    "unit_name": ("full", "full", "full", "full"),
    "unit_code": ("full", "full", "full", "full"),
    "unit_address": ("full", "full", "full", "full"),
    "legal_rep_name": ("full", "full", "full", "full"),
    "legal_rep_id_no": ("omit", "mask_6_4", "full", "restricted"),
    "responsible_name": ("omit", "full", "full", "full"),
    "responsible_id_no": ("omit", "mask_6_4", "full", "restricted"),
    "person_name": ("full", "full", "full", "full"),
    "person_id_no": ("mask_6_4", "mask_6_4", "full", "restricted"),
    "person_address": ("omit", "omit", "full", "restricted"),
    "person_phone": ("omit", "omit", "omit", "restricted"),
    "person_account": ("omit", "omit", "omit", "restricted"),
    "amount": ("round_yuan", "full", "full", "full"),
    "sensitive_ground": ("replace", "omit", "replace", "restricted"),
    "minor": ("omit", "omit", "full", "restricted"),
}
CELLS = [
    (field, scope, rule)
    for field, rules in SHOWN.items()
    for scope, rule in zip(SCOPES, rules, strict=True)
]


def masking(field: str | None, scope: str | None, **facts: object) -> dict[str, str]:
    return ask("masking", "masking", field=field, scope=scope, **facts).result


@pytest.mark.parametrize(("field", "scope", "rule"), CELLS)
def test_each_field_in_each_place(field: str, scope: str, rule: str) -> None:
    assert masking(field, scope)["rule"] == rule


def test_the_ground_of_a_loss_of_entitlement_is_put_in_general_words() -> None:
    assert masking("sensitive_ground", "public")["text"] == "丧失待遇领取资格"
    assert masking("person_name", "public")["text"] == ""


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"id_length": 18}, "mask_6_4"),
        ({"id_length": 18, "id_type": "外国人永久居留身份证"}, "mask_6_4"),
        ({"id_length": 17}, "mask_2_2"),
        ({"id_length": 9, "id_type": "护照"}, "mask_2_2"),
        ({"id_length": 15, "id_type": "居民身份证"}, "mask_2_2"),
        ({"id_type": "居民身份证"}, "mask_6_4"),
        ({"id_type": "护照"}, "mask_2_2"),
        ({}, "mask_6_4"),
    ],
)
@pytest.mark.parametrize("scope", ["public", "share"])
def test_other_papers_than_the_18_digits_keep_two_and_two(
    facts: dict[str, object], rule: str, scope: str
) -> None:
    assert masking("person_id_no", scope, **facts)["rule"] == rule


def test_a_group_may_decide_to_publish_who_is_responsible() -> None:
    assert masking("responsible_name", "public", publish_responsible=True)["rule"] == "full"
    assert masking("responsible_id_no", "public", publish_responsible=True)["rule"] == "omit"


def test_an_owner_may_show_only_the_surname() -> None:
    assert masking("person_name", "public", mask_person_name=True)["rule"] == "surname_only"


def test_over_the_government_network_a_number_goes_whole() -> None:
    facts = {"share_over_government_network": True}
    assert masking("person_id_no", "share", **facts)["rule"] == "full"
    assert masking("person_id_no", "public", **facts)["rule"] == "mask_6_4"


def test_the_switches_are_off_until_an_owner_changes_them() -> None:
    for switch in ("publish_responsible", "mask_person_name", "share_over_government_network"):
        assert ask("masking", switch).result is False


@pytest.mark.parametrize("field", ["bank_of_mother", None])
def test_what_nobody_thought_of_is_not_shown(field: str | None) -> None:
    assert masking(field, "internal")["rule"] == "omit"
    assert masking(field, None)["rule"] == "omit"


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(InputNotAllowed):
        masking("person_name", "billboard")


def test_every_row_has_an_example() -> None:
    asked = [*((field, scope) for field, scope, _ in CELLS), ("other", "public")]
    seen = {
        row
        for field, scope in asked
        for row in rows(ask("masking", "masking", field=field, scope=scope))
    }
    assert seen == set(range(1, row_count("masking", "masking") + 1))
