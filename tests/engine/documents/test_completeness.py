"""A letter is not made until everything it must say is there, and all that lacks is named."""

from datetime import timedelta

import pytest

from engine.documents import DocumentIncomplete, ValueNotPrintable, produce
from tests.engine.documents import cases


def refused(letter, variables):
    with pytest.raises(DocumentIncomplete) as refusal:
        produce(letter, variables)
    return refusal.value


def without(variables, *paths):
    for path in paths:
        *steps, last = path.split(".")
        holder = variables
        for step in steps:
            holder = holder[step]
        del holder[last]
    return variables


def test_everything_missing_is_named_at_once_with_its_path():
    lacking = without(
        cases.listing(), "case.facts", "years", "deciding_organ.phone", "party.code"
    ) | {"measures": []}
    refusal = refused("prior_notice", lacking)
    assert [lack.path for lack in refusal.values["missing"]] == [
        "party.code", "case.facts", "measures", "years", "deciding_organ.phone",
    ]  # fmt: skip
    assert "拟列入的事实" in refusal.message("zh")
    assert "还缺 5 项" in refusal.message("zh")
    assert "facts" in refusal.message("en")


THIRTEEN = {
    "当事人名称（姓名）": "party.name",
    "统一社会信用代码（身份号码）": "party.code",
    "法定代表人（负责人）姓名": "party.legal_rep_name",
    "相关责任人，或勾选“无”": "party.responsible",
    "列入事实": "case.facts",
    "列入理由": "case.reasons",
    "依据": "case.legal_basis",
    "期限止日": "last_day",
    "惩戒措施": "measures",
    "救济途径（行政复议机关）": "deciding_organ.review_organ",
    "整改期限（日）": "rectify_days",
    "整改方式": "rectify_way",
    "受理信用修复和异议的办公室": "deciding_organ.office_name",
}


@pytest.mark.parametrize(("item", "path"), THIRTEEN.items())
def test_each_of_the_thirteen_items_of_a_decision_is_required(item, path):
    refusal = refused("listing_decision", without(cases.listing(), path))
    assert refusal.message("zh").count("、") == 0
    assert item in refusal.message("zh")


@pytest.mark.parametrize("blank", [None, "", "   ", "\n"])
def test_a_blank_value_is_as_good_as_none(blank):
    assert "拟列入的事实" in refused(
        "prior_notice", cases.listing(case=cases.listing()["case"] | {"facts": blank})
    ).message("zh")


def test_a_person_needs_no_legal_representative_a_unit_does():
    produce("listing_decision", cases.listing(party=cases.PERSON))
    unit = {key: value for key, value in cases.UNIT.items() if key != "legal_rep_id_no"}
    assert "身份号码" in refused("listing_decision", cases.listing(party=unit)).message("zh")


def test_no_person_responsible_is_accepted_only_when_ticked():
    nobody = cases.UNIT | {"responsible": [], "no_responsible": False}
    assert "相关责任人" in refused("listing_decision", cases.listing(party=nobody)).message("zh")
    ticked = nobody | {"no_responsible": True}
    assert produce("listing_decision", cases.listing(party=ticked)).content


def test_a_field_missing_in_one_of_several_is_named_by_its_position():
    people = [{"name": "测试二", "id_no": "341702190001020020"}, {"name": "测试三", "id_no": ""}]
    refusal = refused("listing_decision", cases.listing(party=cases.UNIT | {"responsible": people}))
    assert "相关责任人身份号码（第2项）" in refusal.message("zh")
    assert [lack.path for lack in refusal.values["missing"]] == ["party.responsible[2].id_no"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"notice_date": "昨天"}, "告知书日期（应为日期）"),
        ({"years": "一"}, "联合惩戒期限（年）（应为数字）"),
        ({"notice_no": ["贵"]}, "告知书文号（应为文字）"),
        ({"criteria_results": "MET"}, "列入情形判定结果（应为列表）"),
    ],
)
def test_a_value_of_another_kind_is_refused(change, complaint):
    assert complaint in refused("prior_notice", cases.listing(**change)).message("zh")


def test_the_review_opinion_takes_points_or_an_opinion():
    review = {"result": "不成立", "reviewer": "测试复核人"}
    variables = cases.defended(review=review)
    assert "采纳情况及理由" in refused("review_opinion", variables).message("zh")
    assert produce(
        "review_opinion", cases.defended(review=review | {"opinion": "不予采纳"})
    ).content


def test_a_value_that_no_letter_can_hold_is_named():
    with pytest.raises(ValueNotPrintable) as refusal:
        produce("prior_notice", cases.listing(years=timedelta(days=1)))
    assert "years" in refusal.value.message("zh")
