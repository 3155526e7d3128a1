"""The letters of the procedures around a listing: each says what it must, and nothing secret."""

import re

import pytest

from engine.documents import DocumentIncomplete, IdentityNumberShown, default_press, produce
from tests.engine.documents import cases, pdf, subjects

SAYS = {
    "defence_form": ["陈述申辩意见", "贵社信告〔2024〕3号", "填写后请交"],
    "defence_record": ["陈述申辩登记表", "欠费系账户冻结所致", "（按期）"],
    "service_announcement": ["自公告发布之日起满30日（即2024年5月15日），视为送达", "住所无人"],
    "publication_table": ["失信事实摘要", "341702********0051", "2024.4.8至2025.4.8"],
    "credit_office_letter": ["市信用建设领导小组办公室：", "在“信用池州”网站公布", "第3目"],
    "measures_push": ["贵池区示例部门：", "限制评先评优", "□无法实施", "10个工作日内"],
    "honour_notice": ["撤销荣誉称号通知书", "社会保险诚信单位", "自2023年7月1日起存在"],
    "lift_measures_notice": ["自移出之时即行终止", "2025年4月9日", "3个工作日内"],
    "precheck_sheet": ["前审20240601-0007", "不通过", "到期日：2025年4月8日", "测试查询员"],
    "objection_acceptance": ["异议受理通知书", "将于2024年5月22日前", "原决定不停止执行"],
    "objection_answer": ["核查情况", "对有关信息予以更正", "60日", "6个月"],
    "amending_decision": ["仍自原决定作出之日（2024年4月8日）起计算", "72000.00元", "60日"],
    "correction_notice": ["现更正如下", "测试壹", "惩戒期限不因本次更正改变"],
    "suspension_record": ["停止执行", "贵政复停〔2024〕示例1号", "止日（2025年4月8日）不变"],
    "remedy_register": ["行政复议", "2024年5月6日", "维持"],
    "repair_application": ["91584.00元", "无欠费证明", "本局窗口", "2024年5月28日"],
    "repair_commitment": ["现郑重承诺", "同意将本承诺书向社会公开", "撤销信用修复、恢复公示"],
    "repair_supplement": ["一次性告知", "法定代表人签字", "逾期不补正的，视为撤回申请"],
    "repair_refusal": ["决定不予信用修复", "未纠正失信行为", "可以再次申请", "行政复议"],
    "repair_decision": ["予以信用修复", "不再作为联合惩戒对象", "2024年6月3日签署信用承诺书"],
    "repair_publication": ["修复决定文号", "2024.6.14", "341702********0051"],
    "repair_revocation": ["撤销上述信用修复决定", "仍至原定的2025年4月8日止", "2025年9月2日前"],
    "removal_decision": ["联合惩戒期限于2025年4月8日届满", "即行终止", "第3目"],
    "removal_record": ["2025年4月9日零时起移出", "由系统在期限届满后自动生成，无须签署"],
    "removal_publication": [
        "关于将示例甲机械有限公司等2个主体移出社会保险失信人名单的公示",
        "修复",
    ],
    "revocation_notice": ["示例8号行政复议决定撤销", "荣誉称号予以恢复", "特此更正"],
    "monthly_report": ["所属月份：2024年3月", "零报告：□", "测试采集员", "86400.00"],
    "supervision_sheet": ["列入决定按期公示率", "2024年第二季度", "其中申辩理由成立1件"],
}

PUBLIC = [
    "correction_notice",
    "monthly_report",
    "publication_table",
    "removal_publication",
    "repair_publication",
    "revocation_notice",
    "service_announcement",
    "supervision_sheet",
]


@pytest.mark.parametrize("letter", SAYS)
@pytest.mark.parametrize("party", [cases.UNIT, cases.PERSON], ids=["unit", "person"])
def test_every_letter_is_archivable_and_says_what_it_must(letter, party):
    document = produce(letter, subjects.full(party=party))
    assert b"<pdfaid:part>2</pdfaid:part>" in document.content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document.content
    text = pdf.text(document.content)
    assert [words for words in SAYS[letter] if words not in text] == []


@pytest.mark.parametrize(
    ("letter", "number", "day"),
    [
        ("repair_decision", "贵社信修〔2024〕1号", "2024-06-14"),
        ("removal_record", "贵社信移〔2025〕2号", "2025-04-09"),
        ("objection_answer", "贵社信异〔2024〕1号", "2024-04-08"),
        ("precheck_sheet", "前审20240601-0007", "2024-06-01"),
        ("amending_decision", "贵社信列〔2024〕5号", "2024-05-20"),
    ],
)
def test_number_and_date_come_from_the_group_of_variables_of_the_letter(letter, number, day):
    document = produce(letter, subjects.full())
    assert (document.number, document.date.isoformat()) == (number, day)


REQUIRED = [
    ("prior_notice", "case.facts", "拟列入的事实（S2.2.1.3）", "facts (S2.2.1.3)"),
    ("prior_notice", "defence_days", "陈述申辩期限（工作日）（S2.2.1.4）", "(S2.2.1.4)"),
    ("listing_decision", "party.code", "身份号码）（S2.2.1.12）", "(S2.2.1.12)"),
    ("listing_decision", "party.legal_rep_name", "（S2.2.1.13）", "(S2.2.1.13)"),
    ("listing_decision", "rectify_way", "整改方式（S2.2.1.17）", "way of correction (S2.2.1.17)"),
    ("repair_decision", "repair.verify_text", "核实情况（S2.2.4.3a）", "(S2.2.4.3a)"),
    ("repair_decision", "repair.commitment_signed_date", "（S2.2.4.3f）", "(S2.2.4.3f)"),
    ("removal_decision", "removal.ground", "移出原因（S2.2.4.3d）", "(S2.2.4.3d)"),
    ("removal_record", "last_day", "惩戒期限止日（S2.2.4.2x）", "(S2.2.4.2x)"),
    ("monthly_report", "report.records", "（S2.2.5.3）", "(S2.2.5.3)"),
    ("repair_refusal", "repair.reason", "不予修复（受理）的理由", "reason of refusal"),
    ("objection_answer", "objection.findings", "核查情况", "findings"),
    ("revocation_notice", "revocation.revoking_doc", "撤销文书", "revoking document"),
    ("measures_push", "push.department", "接收部门", "receiving department"),
    ("precheck_sheet", "precheck.entries", "有效记录", "entries in force"),
]


@pytest.mark.parametrize(("letter", "path", "zh", "en"), REQUIRED)
def test_what_is_missing_is_named_with_its_clause(letter, path, zh, en):
    variables = subjects.full()
    group, _, name = path.partition(".")
    if name:
        del variables[group][name]
    else:
        del variables[group]
    with pytest.raises(DocumentIncomplete) as refusal:
        produce(letter, variables)
    assert [lack.path for lack in refusal.value.values["missing"]] == [path]
    assert zh in refusal.value.message("zh")
    assert en in refusal.value.message("en")


@pytest.mark.parametrize("letter", SAYS)
def test_no_letter_is_made_from_nothing(letter):
    with pytest.raises(DocumentIncomplete):
        produce(letter, {})


@pytest.mark.parametrize(
    ("letter", "change", "title"),
    [
        ("honour_notice", {"honour_action": "恢复"}, "恢复荣誉称号通知书"),
        (
            "objection_acceptance",
            {"objection": {"result": "不予受理", "reason": "理由"}},
            "异议不予受理通知书",
        ),
        (
            "objection_acceptance",
            {"objection": {"result": "补正", "supplement": ["身份证明"]}},
            "异议申请补正通知书",
        ),
        ("repair_refusal", {"repair": {"result": "不予受理"}}, "信用修复申请不予受理通知书"),
        ("defence_record", {"defence": {"form": "口头（笔录）"}}, "陈述申辩笔录"),
        ("suspension_record", {"remedy": {"action": "恢复执行"}}, "恢复执行登记表"),
        (
            "credit_office_letter",
            {"publication": {"event": "移出"}},
            "关于报送移出社会保险失信人名单信息的函",
        ),
    ],
)
def test_the_title_follows_from_the_case(letter, change, title):
    document = produce(letter, subjects.full(**change))
    assert document.title == title
    assert title in pdf.text(document.content)


def test_an_honour_is_revoked_or_restored_and_nothing_else():
    with pytest.raises(DocumentIncomplete) as refusal:
        produce("honour_notice", subjects.full(honour_action="保留"))
    assert "处理方式（应为撤销或恢复）" in refusal.value.message("zh")
    assert "(should be 撤销 or 恢复)" in refusal.value.message("en")


def test_a_restored_honour_says_what_revoked_the_listing():
    text = pdf.text(produce("honour_notice", subjects.full(honour_action="恢复")).content)
    assert "现列入决定已由池州市贵池区人民政府以贵政复决〔2024〕示例8号行政复议决定撤销" in text


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("修复", "附件：1.社会保险费缴费凭证"),
        ("移出", "联合惩戒措施即行终止"),
        ("撤销", "上述列入决定已被撤销"),
        ("更正", "由“测试壹”更正为“测试一”"),
    ],
)
def test_the_credit_office_is_told_of_each_event(event, words):
    letter = produce("credit_office_letter", subjects.full(publication={"event": event}))
    assert words in pdf.text(letter.content)


@pytest.mark.parametrize(
    ("conclusion", "words"),
    [
        ("维持", "异议不成立，维持2024年4月8日作出的列入决定"),
        ("变更", "变更决定书另行送达"),
        ("撤销", "解除已采取的惩戒措施"),
    ],
)
def test_an_objection_is_answered_by_its_conclusion(conclusion, words):
    letter = produce("objection_answer", subjects.full(objection={"conclusion": conclusion}))
    assert words in pdf.text(letter.content)


@pytest.mark.parametrize(
    ("ground", "words"),
    [("修复", "现因信用修复（贵社信修〔2024〕1号）"), ("主体消亡", "现因主体消亡")],
)
def test_a_removal_says_its_ground(ground, words):
    letter = produce("removal_decision", subjects.full(removal={"ground": ground}))
    assert words in pdf.text(letter.content)


@pytest.mark.parametrize("letter", ["removal_decision", "removal_record", "repair_decision"])
def test_another_entry_in_force_is_mentioned_only_when_there_is_one(letter):
    assert "另有有效" not in pdf.text(produce(letter, subjects.full()).content)
    other = subjects.full(removal={"other_entries": ["贵社信单〔2024〕9号"]})
    assert "另有有效列入记录（贵社信单〔2024〕9号）" in pdf.text(produce(letter, other).content)


def test_nobody_signs_or_seals_the_record_of_an_automatic_removal():
    assert "印章" not in pdf.text(produce("removal_record", subjects.full()).content)


def test_a_revoked_repair_restores_the_entry_only_within_its_period():
    late = subjects.full(repair={"revoked_date": "2025-06-02"})
    text = pdf.text(produce("repair_revocation", late).content)
    assert "已于2025年4月8日届满，不再恢复名单信息" in text
    assert "恢复联合惩戒措施" not in text


def test_one_removed_party_is_named_alone():
    one = subjects.full(publication={"rows": subjects.ROWS[:1]})
    text = pdf.text(produce("removal_publication", one).content)
    assert "关于将示例甲机械有限公司移出社会保险失信人名单的公示" in text


def test_a_month_without_records_is_ticked_as_zero():
    report = {"records": [], "zero_report": True}
    text = pdf.text(produce("monthly_report", subjects.full(report=report)).content)
    assert "零报告：√" in text
    assert "本月无信用信息" in text


def test_a_passed_check_has_no_entries():
    passed = subjects.full(precheck={"answer": "通过", "entries": [], "note": "停止执行"})
    assert "通过（停止执行）" in pdf.text(produce("precheck_sheet", passed).content)


def test_the_public_letters_are_marked():
    press = default_press()
    assert [name for name in press.names() if press.template(name).public] == PUBLIC


@pytest.mark.parametrize("letter", PUBLIC)
def test_a_public_letter_prints_nothing_secret_of_a_person(letter):
    text = pdf.text(produce(letter, subjects.full(party=cases.PERSON)).content)
    assert re.search(r"[0-9]{17}[0-9X]", text) is None
    assert "示例街5号" not in text


@pytest.mark.parametrize("letter", PUBLIC)
def test_a_public_letter_has_no_field_for_numbers_phones_and_addresses_of_persons(letter):
    paths = {field.path for field in default_press().template(letter).fields}
    secret = ("party.code", "party.phone", "party.address", "party.legal_rep_id_no", "id_no")
    assert [path for path in paths if path.endswith(secret)] == []


def test_a_row_that_was_not_masked_is_refused():
    rows = [subjects.ROWS[0] | {"summary": "冒领人身份证号341702190001050051"}]
    with pytest.raises(IdentityNumberShown) as refusal:
        produce("publication_table", subjects.full(publication={"rows": rows}))
    assert "失信事实摘要" in refusal.value.message("zh")
    assert "summary of the facts" in refusal.value.message("en")
