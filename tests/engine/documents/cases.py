"""Cases as the runtime would hand them to a template: fictional parties with valid numbers."""

from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal

ORGAN = {
    "organ_name": "池州市贵池区人力资源和社会保障局",
    "group_name": "贵池区社会保险信用体系建设工作领导小组",
    "office_name": "贵池区社会保险信用体系建设工作领导小组办公室",
    "office_addr": "池州市贵池区示例路1号302室",
    "contact": "示例联系人",
    "phone": "0566-0000000",
    "review_organ": "池州市贵池区人民政府",
}

UNIT = {
    "party_class": "unit",
    "party_kind": "用人单位",
    "name": "示例甲机械有限公司",
    "code": "91000000MA00000157",
    "legal_rep_name": "测试一",
    "legal_rep_id_no": "341702190001010017",
    "responsible": [
        {
            "name": "测试二",
            "id_no": "341702190001020020",
            "post": "财务负责人",
            "duty": "未按期申报",
        }
    ],
    "no_responsible": False,
    "address": "池州市贵池区示例工业园2号",
    "phone": "0566-0000001",
}

PERSON = {
    "party_class": "individual",
    "party_kind": "冒领人",
    "name": "测试五",
    "code": "341702190001050051",
    "responsible": [],
    "no_responsible": True,
    "address": "池州市贵池区示例街5号",
}

MEASURES = [
    {"id": "M01", "name": "记入社会保险公共信用档案"},
    {"id": "M02", "name": "社会保险门户网站曝光"},
    {"id": "M03", "name": "报市信用办"},
    {"id": "M06", "name": "局系统项目招投标前置审查"},
    {"id": "M09", "name": "限制评先评优"},
]

_LISTING = {
    "case_no": "池社信案〔2024〕3号",
    "party": UNIT,
    "case": {
        "criteria": [3],
        "act_date_from": date(2023, 7, 1),
        "act_date_to": date(2024, 3, 20),
        "insurance_type": ["养老", "失业"],
        "amount_due": Decimal("86400.00"),
        "amount_outstanding": Decimal("86400.00"),
        "facts": (
            "你单位2023年7月至2023年12月应缴社会保险费86400.00元，未按时足额缴纳。我局于2024年2月20日"
            "送达责令限期缴纳通知，要求在2024年3月20日前缴清，至期限届满仍欠缴86400.00元"
        ),
        "reasons": "你单位被依法责令限期缴纳，到期仍未缴纳或者补足社会保险费",
        "legal_basis": [
            "《中华人民共和国社会保险法》第六十三条",
            "《社会保险费征缴暂行条例》第十三条",
        ],
    },
    "criteria_results": [
        {"criterion": 3, "result": "MET", "reason": "责令限期缴纳，到期未缴或未补足"}
    ],
    "evidence": ["责令限期缴纳通知", "送达回证", "到期欠费查询记录"],
    "years": 1,
    "measures": MEASURES,
    "deciding_organ": ORGAN,
    "notice_no": "贵社信告〔2024〕3号",
    "notice_date": date(2024, 3, 25),
    "notice_served_date": date(2024, 3, 26),
    "defence_days": 5,
    "decision_no": "贵社信列〔2024〕2号",
    "decision_date": date(2024, 4, 8),
    "last_day": date(2025, 4, 8),
    "minutes_no": "2024年第4次会议纪要",
    "rectify_days": 30,
    "rectify_way": "缴清欠缴的社会保险费及滞纳金，并向办公室提交缴费凭证",
    "rectify_due": date(2024, 5, 10),
    "repair_accept_days": 3,
    "repair_decide_days": 10,
    "document_no": "贵社信知〔2024〕1号",
    "document_date": date(2024, 4, 8),
    "corrected_date": date(2024, 4, 1),
    "corrected_facts": "缴清社会保险费86400.00元及滞纳金",
    "service": {
        "documents": [
            {"title": "列入社会保险失信人名单决定书", "number": "贵社信列〔2024〕2号"},
            {"title": "信用修复告知书", "number": ""},
        ],
        "address": "池州市贵池区示例工业园2号",
        "method": "直接送达",
    },
}

DEFENCE = {
    "defence": {
        "form": "书面",
        "received_at": datetime(2024, 3, 29, 9, 30),
        "in_time": True,
        "points": ["欠费系账户冻结所致", "已提出分期缴纳申请"],
        "evidence": ["银行账户冻结通知", "分期缴纳申请书"],
    },
    "review": {
        "points": [
            {"accepted": "不采纳", "reason": "账户冻结不免除按期缴费的义务"},
            {"accepted": "不采纳", "reason": "申请在期限届满后提出，未获批准"},
        ],
        "answers": ["账户冻结不免除缴费义务", "分期申请在期限届满后提出，未获批准"],
        "result": "不成立",
        "suggestion": "建议按程序提请审定",
        "reviewer": "测试复核人",
    },
}


def listing(**changes):
    """The variables of a listing case of a unit, all steps done, without a defence."""
    return deepcopy(_LISTING) | changes


def defended(**changes):
    """The same with a defence in time that was rejected."""
    return listing(**DEFENCE) | changes
