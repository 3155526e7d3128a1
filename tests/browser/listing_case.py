"""One case from clue to served decision: who does what, and what they answer.

Order and answers are those of a real case: a unit of 贵池区 was ordered to pay by 20 January 2026
and did not. The notice is served on Monday 9 February, so the five working days of the window end
on Saturday the 14th, a make-up day before the Spring Festival.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.browser.served import ALL

PROCESS = "listing"
PARTY = "示例甲机械有限公司"
CODE = "91000000MA00000157"
COLLECTOR = "gc_jb01"
SERVED_ON, WINDOW_ENDS_ON = "2026-02-09", "2026-02-14"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task: who does it, its name in the inbox, the word on its button, the answers.

    `at` is the instant at which it is done, if time has to pass before it.
    """

    login: str
    task: str
    verb: str
    answers: Mapping[str, object]
    at: str = ""


CLUE: Mapping[str, object] = {
    "source_unit": "CZ-GC-JB",
    "reporting_month": "2026-01",
    "party.party_class": "unit",
    "party.name": PARTY,
    "party.code": CODE,
    "party.legal_rep_name": "测试一",
    "party.legal_rep_id_no": "341702190001010017",
    "party.no_responsible": True,
    "party.address": "安徽省池州市贵池区示例路1号",
    "party.phone": "0566-0000001",
    "case.criteria": [3],
    "case.act_date_from": "2025-10-01",
    "case.act_date_to": "2025-12-05",
    "case.insurance_type": ["养老"],
    "case.amount_due": "24980.00",
    "case.amount_outstanding": "24980.00",
    "case.facts": "单位欠缴2025年10月至11月社会保险费，被责令限期缴纳，到期仍未缴纳。",
    "case.reasons": "符合实施方案第二部分第（一）项第3目规定的情形，应当列入名单。",
    "acts[0].act_type": "order_pay",
    "acts[0].act_no": "贵社缴令〔2025〕12号",
    "acts[0].act_organ": "贵池区社会保险经办机构",
    "acts[0].act_date": "2025-12-08",
    "acts[0].served_date": "2025-12-10",
    "acts[0].due_date": "2026-01-20",
    "acts[0].status": "有效",
    "acts[0].unfulfilled": True,
}
"""What the collector registers."""

UNTIL_NOTICE = (
    Step(
        login="gc_jb02",
        task="单位审核",
        verb="提交审核意见",
        answers={"unit_review.result": "提请列入", "unit_review.opinion": "材料齐全，情形成立。"},
    ),
    Step(
        login="gc_xb01",
        task="信用办核查",
        verb="提交核查意见",
        answers={
            "office_check.identity_checked": True,
            "office_check.identity_source": "国家企业信用信息公示系统",
            "office_check.evidence_ok": ALL,
            "office_check.result": "拟列入",
        },
    ),
    Step(
        login="gc_xb01",
        task="拟制列入事先告知书",
        verb="送审签",
        answers={"rectify_way": "缴清欠缴的社会保险费和滞纳金，并提交缴费凭证。"},
    ),
    Step(
        login="gc_xb02",
        task="审签告知书",
        verb="签署意见",
        answers={"notice_approval.result": "同意"},
    ),
)
SERVICE = (
    Step(
        login="gc_xb01",
        task="选择送达方式",
        verb="确定方式",
        answers={"method": "直接送达"},
    ),
    Step(
        login="gc_sd01",
        task="送达并记录",
        verb="记录送达结果",
        answers={
            "attempt_result": "签收",
            "attempt.recipient": "示例收发员",
            "attempt.relation": "收发人员",
            "attempt.servers[0].name": "赵静怡",
            "attempt.servers[1].name": "吴志强",
        },
    ),
)
DEFENCE = (
    Step(
        login="gc_xb01",
        task="登记陈述申辩",
        verb="转复核",
        answers={
            "defence.form": "书面",
            "defence.points[0].text": "单位资金周转困难，请求暂缓列入。",
        },
    ),
    Step(
        login="gc_fg01",
        task="复核陈述申辩",
        verb="提交复核意见",
        at="2026-02-12T10:00",
        answers={
            "review.answers[0].accepted": "不采纳",
            "review.answers[0].reason": "资金困难不是免除缴费义务的理由。",
            "review.result": "不成立",
            "review.opinion": "申辩理由不成立，欠缴事实清楚，责令文书合法有效。",
        },
    ),
)
"""What follows when the party hands in a defence on 11 February; it does not convince."""

UNTIL_SIGNED = (
    Step(
        login="gc_xb01",
        task="拟制列入决定书",
        verb="送领导小组审定",
        answers={"decision.defence_answer": "所提资金困难不影响缴费义务，申辩不予采纳。"},
    ),
    Step(
        login="gc_ld01",
        task="领导小组审定",
        verb="提交审定结果",
        answers={
            "deliberation.meeting_minutes_no": "贵社信纪〔2026〕2号",
            "deliberation.meeting_date": "2026-02-24",
            "deliberation.result": "列入",
            "deliberation.signer": "周若曦",
        },
    ),
    Step(login="gc_ld01", task="签发决定", verb="签发", answers={}),
)


def service_at(instant: str) -> Iterator[Step]:
    """The two steps of service, the documents handed over at `instant` (local, to the minute)."""
    choose, record = SERVICE
    yield choose
    yield replace(record, answers={"attempt_at": instant, **record.answers}, at=instant)


def until_the_entry() -> Iterator[Step]:
    """From the registered clue to a decision that is served, without a defence."""
    yield from UNTIL_NOTICE
    yield from service_at(f"{SERVED_ON}T10:00")
    draft, *others = UNTIL_SIGNED
    yield replace(draft, answers={}, at="2026-02-24T09:00")
    yield from others
    yield from service_at("2026-02-25T15:00")
