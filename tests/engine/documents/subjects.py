"""What the later procedures add to a case, one group of variables for each subject."""

from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal

from tests.engine.documents import cases

OBJECTION = {
    "objection_no": "贵社信异〔2024〕1号",
    "objector": "示例甲机械有限公司",
    "type": "事实错误",
    "text": "欠缴金额与单位账目不符，差额为2023年12月已缴的14400.00元",
    "received_at": datetime(2024, 5, 13, 10, 5),
    "answer_due": date(2024, 5, 22),
    "result": "受理",
    "findings": "经调取征收系统记录，2023年12月的14400.00元已于2024年4月2日到账，其余欠费未缴",
    "conclusion": "更正",
    "reason": "到账记录与异议所述一致，不影响列入情形的认定",
    "outcome_text": "将欠缴金额由86400.00元更正为72000.00元",
}

AMENDMENT = {
    "amendment_no": "贵社信列〔2024〕5号",
    "amended_date": date(2024, 5, 20),
    "source": "你单位于2024年5月13日提出异议",
    "reason": "原决定认定的欠缴金额有误",
    "legal_basis": ["《中华人民共和国社会保险法》第六十三条"],
    "minutes_no": "2024年第6次会议纪要",
    "items": [{"item": "欠缴金额", "before": "86400.00元", "after": "72000.00元"}],
}

CORRECTION = {
    "items": [
        {
            "item": "失信事实摘要",
            "before": "欠缴社会保险费86400元",
            "after": "欠缴社会保险费72000元",
        },
        {"item": "法定代表人姓名", "before": "测试壹", "after": "测试一"},
    ],
    "reason": "录入错误",
}

REMEDY = {
    "kind": "行政复议",
    "organ": "池州市贵池区人民政府",
    "case_no": "贵政复〔2024〕示例8号",
    "filed_date": date(2024, 5, 6),
    "claim": "请求撤销贵社信列〔2024〕2号列入决定",
    "action": "停止执行",
    "order_no": "贵政复停〔2024〕示例1号",
    "order_date": date(2024, 5, 8),
    "served_date": date(2024, 5, 9),
    "outcome": "维持",
    "outcome_no": "贵政复决〔2024〕示例8号",
    "effect": "无影响",
    "registered_by": "测试经办人",
}

REPAIR = {
    "applied_date": date(2024, 6, 3),
    "corrected_date": date(2024, 5, 28),
    "correction_text": "缴清2023年7月至12月欠缴的社会保险费及滞纳金",
    "amount": Decimal("91584.00"),
    "proofs": ["社会保险费缴费凭证", "征收机构出具的无欠费证明"],
    "impact_removed_text": "已向职工说明补缴情况，职工权益记录已经补记完整",
    "source": "本局窗口",
    "contact": "测试三",
    "phone": "0566-0000001",
    "commitment_signed_date": date(2024, 6, 3),
    "short_fact": "未按时足额缴纳社会保险费，经责令限期缴纳仍未缴纳",
    "received_date": date(2024, 6, 3),
    "supplement": ["信用承诺书未由法定代表人签字", "缴费凭证缺少2023年12月的一张"],
    "supplement_days": 5,
    "supplement_due": date(2024, 6, 13),
    "verify_text": "欠缴的社会保险费及滞纳金已于2024年5月28日全部缴清，余额为零",
    "reason": "欠缴的社会保险费尚有14400.00元未缴清，未纠正失信行为",
    "result": "不同意",
    "repair_no": "贵社信修〔2024〕1号",
    "repaired_date": date(2024, 6, 14),
    "revocation_no": "贵社信修〔2024〕4号",
    "revoked_date": date(2024, 9, 2),
    "revoked_reason": "申请时提交的无欠费证明系伪造，尚有14400.00元未缴清",
    "minutes_no": "2024年第9次会议纪要",
    "block_until": date(2025, 9, 2),
}

REMOVAL = {
    "removal_no": "贵社信移〔2025〕2号",
    "ground": "期满",
    "removed_date": date(2025, 4, 9),
}

REVOCATION = {
    "revocation_no": "贵社信撤〔2024〕1号",
    "revoking_organ": "池州市贵池区人民政府",
    "revoking_doc": "贵政复决〔2024〕示例8号行政复议决定",
}

HONOUR = {
    "title": "社会保险诚信单位",
    "field": "社保",
    "granter": "池州市贵池区示例协会",
    "award_date": date(2023, 11, 20),
    "reply_days": 10,
}

PRECHECK = {
    "query_no": "前审20240601-0007",
    "queried_at": datetime(2024, 6, 1, 9, 12),
    "purpose": "项目招投标",
    "project_no": "示例招〔2024〕17号",
    "name": "示例甲机械有限公司",
    "code": "91000000MA00000157",
    "answer": "不通过",
    "entries": [
        {
            "entry_no": "贵社信单〔2024〕2号",
            "decision_no": "贵社信列〔2024〕2号",
            "last_day": date(2025, 4, 8),
        }
    ],
    "user_name": "测试查询员",
    "unit_name": "示例项目招标办",
}

ROWS = [
    {
        "name": "示例甲机械有限公司",
        "code": "91000000MA00000157",
        "legal_rep_name": "测试一",
        "summary": "2023年7月至12月欠缴社会保险费86400元，经责令限期缴纳，到期仍未缴纳",
        "basis": ["方案第二部分第（一）项第3目", "《中华人民共和国社会保险法》第六十三条"],
        "decision_no": "贵社信列〔2024〕2号",
        "decision_date": date(2024, 4, 8),
        "last_day": date(2025, 4, 8),
        "organ": "池州市贵池区人力资源和社会保障局",
        "repair_no": "贵社信修〔2024〕1号",
        "repaired_date": date(2024, 6, 14),
        "removed_date": date(2024, 6, 14),
        "ground": "修复",
    },
    {
        "name": "测试五",
        "code": "341702********0051",
        "summary": "丧失待遇领取资格后冒领社会保险待遇，经责令退回仍未退回",
        "basis": ["方案第二部分第（一）项第5目"],
        "decision_no": "贵社信列〔2024〕3号",
        "decision_date": date(2024, 4, 18),
        "last_day": date(2027, 4, 18),
        "organ": "池州市贵池区人力资源和社会保障局",
        "repair_no": "贵社信修〔2024〕2号",
        "repaired_date": date(2024, 6, 17),
        "removed_date": date(2024, 6, 17),
        "ground": "修复",
    },
]

REPORT = {
    "unit_name": "贵池区社会保险经办机构",
    "month": "2024-03",
    "records": [
        {
            "name": "示例甲机械有限公司",
            "code": "91000000MA00000157",
            "kind": "责令",
            "doc_no": "贵社缴令〔2024〕示例6号",
            "date": date(2024, 2, 20),
            "amount": Decimal("86400.00"),
            "criterion": 3,
            "suggest_listing": True,
        },
        {"name": "测试五", "code": "341702********0051", "kind": "协议", "amount": 24000},
    ],
    "filler": "测试采集员",
    "reviewer": "测试审核员",
    "reported_at": datetime(2024, 4, 10, 16, 20),
}

SUPERVISION = {
    "period": "2024年第二季度",
    "figures": [
        {"name": "列入决定按期公示率", "value": "100%", "target": "100%"},
        {"name": "修复中作出信用承诺的比例", "value": "100%", "target": "不低于100%"},
        {"name": "陈述申辩", "value": 3, "note": "其中申辩理由成立1件"},
    ],
    "units": [
        {
            "unit_name": "贵池区社会保险经办机构",
            "reports": "100%",
            "county_reports": "100%",
            "publications": "100%",
            "overdue": 1,
            "severely_overdue": 0,
        }
    ],
    "made_by": "测试督查员",
}

PUSH = {"department": "贵池区示例部门", "feedback_days": 10, "confirm_days": 3}

ANNOUNCEMENT = {
    "announced_date": date(2024, 4, 15),
    "days": 30,
    "effective_date": date(2024, 5, 15),
    "reason": "住所无人、邮件退回",
}

_SUBJECTS = {
    "objection": OBJECTION,
    "amendment": AMENDMENT,
    "correction": CORRECTION,
    "remedy": REMEDY,
    "repair": REPAIR,
    "removal": REMOVAL,
    "revocation": REVOCATION,
    "honour": HONOUR,
    "honour_action": "撤销",
    "precheck": PRECHECK,
    "publication": {"rows": ROWS, "event": "列入"},
    "report": REPORT,
    "supervision": SUPERVISION,
    "push": PUSH,
    "announcement": ANNOUNCEMENT,
    "entry_no": "贵社信单〔2024〕2号",
}


def full(**changes):
    """A case with all that any letter may ask for; a changed group keeps its other values."""
    variables = cases.defended() | deepcopy(_SUBJECTS)
    for name, value in changes.items():
        both = isinstance(value, dict) and isinstance(variables.get(name), dict)
        variables[name] = variables[name] | value if both else value
    return variables
