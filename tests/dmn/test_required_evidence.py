"""D03: which papers a case needs."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

ACTS = [{"act_type": "order_return"}, {"act_type": "repay_agreement"}]


def names(**facts: object) -> list[str]:
    result = ask("required_evidence", "required_evidence", **facts).result
    return [row["name"] for row in result]


def test_a_listing_names_its_papers_and_the_check_of_identity() -> None:
    papers = names(case={"criteria": [3]}, acts=[{"act_type": "order_pay"}])
    assert papers == ["责令限期缴纳通知及送达回证", "到期欠费查询结果", "当事人身份核验件"]


def test_two_circumstances_need_the_papers_of_both() -> None:
    both = names(case={"criteria": [2, 3]}, acts=[])
    assert set(names(criterion=2)) | set(names(criterion=3)) == set(both)


def test_circumstance_5_takes_an_order_or_an_agreement() -> None:
    ordered = names(criterion=5, acts=ACTS[:1])
    agreed = names(criterion=5, acts=ACTS[1:])
    assert "责令退回通知及送达回证" in ordered
    assert "还款协议" not in ordered
    assert "责令退回通知及送达回证" not in agreed
    assert {"还款协议", "还款违约记录", "催告书及送达回证"} <= set(agreed)


def test_every_row_is_asked_for_by_some_case() -> None:
    seen: set[int] = set()
    for criterion in range(1, 8):
        for purpose in ("listing", "repair"):
            facts = {"criterion": criterion, "acts": ACTS, "evidence_purpose": purpose}
            instance = ask("required_evidence", "required_evidence", **facts)
            assert instance.result
            seen |= set(rows(instance))
    assert seen == set(range(1, row_count("required_evidence", "required_evidence") + 1))


def test_a_repair_needs_a_commitment() -> None:
    assert "信用承诺书" in names(criterion=6, evidence_purpose="repair")


@pytest.mark.parametrize(
    ("criterion", "proofs"),
    [
        (1, ["社会保险登记证明"]),
        (2, ["缴清社会保险费、滞纳金凭证", "罚款缴纳凭证"]),
        (3, ["缴清凭证"]),
        (4, ["全额退回凭证（有罚款的并附罚款凭证）"]),
        (5, ["全额退回凭证或者按新协议履行完毕证明"]),
        (6, ["全额退回凭证"]),
        (7, ["配合检查证明（检查机构出具）"]),
    ],
)
def test_what_proves_a_correction(criterion: int, proofs: list[str]) -> None:
    wanted = names(case={"criteria": [criterion]}, acts=[], evidence_purpose="repair")
    assert wanted == [*proofs, "信用承诺书", "消除不良影响说明"]
