"""F.1, F.2: what a document still lacks."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from tests.dmn.bureau import ask, row_count, rows

WHOLE: dict[str, object] = {
    "party": {
        "party_class": "unit",
        "name": "示例甲机械有限公司",
        "code": "91000000MA00000157",
        "legal_rep_name": "测试一",
        "legal_rep_id_no": "341702190001010017",
        "responsible": [{"name": "测试二", "id_no": "341702190001020020"}],
        "no_responsible": False,
    },
    "case": {
        "criteria": [3],
        "facts": "自2023年12月起欠缴养老保险费86400元，经责令限期缴纳，到期仍未缴纳。",
        "reasons": "到期未缴纳，符合方案第二部分第（一）项第3目规定的情形。",
        "legal_basis": ["社会保险法第六十三条"],
    },
    "years": 1,
    "decision_date": date(2024, 4, 8),
    "last_day": date(2025, 4, 8),
    "measures": [{"id": "M01", "name": "记入社会保险公共信用档案"}],
    "deciding_organ": {
        "review_organ": "池州市人民政府",
        "court": "有管辖权的人民法院",
        "office_name": "办公室",
        "office_addr": "示例路1号",
        "contact": "示例甲",
        "phone": "0566-0000001",
    },
    "remedy_terms": "60日内申请行政复议，6个月内提起行政诉讼",
    "rectify_way": "缴清欠费",
    "rectify_days": 30,
    "exit_terms": "期满自动移出；可申请信用修复",
    "defence_days": 5,
}


def without(*path: str, value: object = None) -> dict[str, object]:
    facts = deepcopy(WHOLE)
    inner: dict[str, object] = facts
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[assignment]
    inner[path[-1]] = value
    return facts


DECISION = [
    (1, without("party", "name", value="  ")),
    (2, without("party", "code")),
    (3, without("party", "legal_rep_name", value="")),
    (3, without("party", "legal_rep_id_no")),
    (4, without("party", "responsible", value=[])),
    (4, without("party", "responsible", value=[{"name": "测试二", "id_no": ""}])),
    (5, without("case", "facts", value="")),
    (6, without("case", "reasons")),
    (7, without("case", "legal_basis", value=[])),
    (7, without("case", "legal_basis", value="")),
    (7, without("case", "criteria", value=[])),
    (7, without("case", "criteria")),
    (8, without("years", value=0)),
    (8, without("last_day")),
    (9, without("measures", value=[])),
    (10, without("deciding_organ", "review_organ")),
    (11, without("remedy_terms", value=" ")),
    (12, without("rectify_way")),
    (12, without("rectify_days")),
    (13, without("exit_terms")),
]
NOTICE = [
    (1, without("case", "facts")),
    (2, without("case", "reasons", value="")),
    (3, without("case", "legal_basis")),
    (4, without("measures")),
    (5, without("years")),
    (6, without("defence_days")),
    (6, without("deciding_organ", "phone", value="")),
]


@pytest.mark.parametrize(("no", "facts"), DECISION)
def test_a_decision_lacks_each_item_by_itself(no: int, facts: dict[str, object]) -> None:
    instance = ask("completeness", "completeness", **facts)
    assert rows(instance) == [no]
    assert [missing["no"] for missing in instance.result] == [no]
    assert instance.result[0]["item"]


@pytest.mark.parametrize(("no", "facts"), NOTICE)
def test_a_notice_lacks_each_item_by_itself(no: int, facts: dict[str, object]) -> None:
    instance = ask("completeness", "notice_completeness", **facts)
    assert [missing["no"] for missing in instance.result] == [no]


@pytest.mark.parametrize("decision", ["completeness", "notice_completeness"])
def test_nothing_is_missing_from_a_whole_document(decision: str) -> None:
    assert ask("completeness", decision, **WHOLE).result == []


@pytest.mark.parametrize(
    ("decision", "examples"),
    [
        ("completeness", DECISION),
        ("notice_completeness", NOTICE),
    ],
)
def test_every_row_has_an_example(decision: str, examples: list[tuple[int, object]]) -> None:
    assert {no for no, _ in examples} == set(range(1, row_count("completeness", decision) + 1))


def test_a_basis_may_be_text() -> None:
    facts = without("case", "legal_basis", value="社会保险法第六十三条")
    assert ask("completeness", "completeness", **facts).result == []


def test_a_person_needs_no_representative() -> None:
    party = {"party_class": "individual", "name": "测试五", "code": "341702190001050051"}
    assert ask("completeness", "completeness", **without("party", value=party)).result == []


def test_a_unit_may_say_that_nobody_else_is_responsible() -> None:
    facts = without("party", "responsible", value=[])
    facts["party"]["no_responsible"] = True  # type: ignore[index]
    assert ask("completeness", "completeness", **facts).result == []


def test_before_the_decision_is_dated_its_last_day_is_not_missing() -> None:
    facts = {**WHOLE, "decision_date": None, "last_day": None}
    assert ask("completeness", "completeness", **facts).result == []


def test_an_empty_case_lacks_everything() -> None:
    instance = ask("completeness", "completeness", party={"party_class": "unit"})
    assert [missing["no"] for missing in instance.result] == list(range(1, 14))
