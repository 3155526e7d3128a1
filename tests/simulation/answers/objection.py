"""Objections (bpmn/objection.bpmn) and amending decisions (bpmn/amendment.bpmn)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.simulation.answers.outside import Waiting, follows, waited_for
from tests.simulation.answers.table import Answers, Ask, answers
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

DAY = timedelta(days=1)
TYPES = ("身份错误", "事实错误", "期限措施错误", "已履行", "程序问题", "其他")


@follows("objection")
def _object(simulation: Simulation, listing: Listing) -> None:
    chance = simulation.chance
    for _ in range(2):
        if chance.happens(0.13):
            day = listing.decision_date + chance.number(3, 400) * DAY
            simulation.agenda.add(
                chance.in_office_hours(day), lambda: _register(simulation, listing)
            )


def _register(simulation: Simulation, listing: Listing) -> None:
    if listing.ground == "撤销":
        return
    chance = simulation.chance
    kind = chance.weighed(当事人=60, 关联人员=15, 被误列人=15, 本机关=10)
    own = kind == "本机关"
    simulation.start_about(
        "objection",
        "R3",
        listing,
        {
            "objection": {
                "source": "本机关自查" if own else chance.one_of("窗口", "来信", "信用中国"),
                "objector_kind": kind,
                "received_at": simulation.now,
                "objector": "异议人",
                "objector_code": "341702190001010017",
                "address": "池州市示例路99号",
                "phone": "0566-2100000",
                "type": "身份错误" if kind == "被误列人" else chance.one_of(*TYPES),
                "text": "对列入有异议，请求核查。",
            }
        },
    )


@answers("accept_objection")
def _accept_objection(ask: Ask) -> Answers:
    supplemented = ask.see("objection.supplemented_at") is not None
    result = ask.chance.weighed(受理=80, 补正=0 if supplemented else 12, 不予受理=8)
    return {
        "objection_acceptance": {
            "result": result,
            "supplement": "身份证明",
            "reason": "不属于异议处理范围",
        }
    }


@waited_for("MSG_OBJECTION_SUPPLEMENT")
def _supplement(waiting: Waiting) -> None:
    chance, simulation = waiting.simulation.chance, waiting.simulation
    if chance.happens(0.7):
        at = chance.in_office_hours(waiting.now.date() + chance.number(1, 9) * DAY)
        waiting.send(at, "MSG_OBJECTION_SUPPLEMENT", lambda: {
            "supplement": {"text": "补充材料如上", "received_at": simulation.now},
        })  # fmt: skip


@answers("decide_hiding")
def _decide_hiding(ask: Ask) -> Answers:
    result = ask.chance.one_of("暂停公示", "不暂停")
    listing = ask.listing
    if result == "暂停公示":
        ask.when_done(lambda: listing.hide(ask.now))
    return {"hiding": {"result": result, "reason": "身份是否一致有疑问"}}


@answers("verify_objection")
def _verify_objection(ask: Ask) -> Answers:
    stands = ask.chance.one_of("属实", "部分属实", "不属实")
    return {"verification": {"findings": "已调阅原卷核查", "stands": stands}}


@answers("give_opinion")
def _give_opinion(ask: Ask) -> Answers:
    if ask.see("entry.active") is not True or ask.listing.ended_at is not None:
        conclusion = ask.chance.weighed(维持=3, 撤销=1)
    else:
        amend = 0 if ask.see("hidden") is True else 2
        conclusion = ask.chance.weighed(维持=4, 更正=3, 变更=amend, 撤销=1)
    return {
        "opinion": {
            "conclusion": conclusion,
            "findings": "经核查，情况如下",
            "reason": "依据证据认定",
            "outcome_text": "按核查结果处理",
        },
        "corrected": _corrected(ask) if conclusion == "更正" else {},
    }


def _corrected(ask: Ask) -> dict[str, object]:
    corrected: dict[str, object] = {"public_summary": f"更正后的失信事实摘要（{ask.task.key}）。"}
    if ask.chance.happens(0.2):
        corrected["code"] = ask.simulation.another_code(ask.listing.is_unit)
    return corrected


@answers("decide_answer", "decide_change")
def _decide_answer(ask: Ask) -> Answers:
    result = ask.chance.weighed(同意=9, 退回=1)
    if result == "同意":
        ask.when_done(lambda: _follow(ask))
    return {"objection_decision": {"result": result, "reason": "请再核"}}


def _follow(ask: Ask) -> None:
    listing, conclusion = ask.listing, ask.see("opinion.conclusion")
    is_over = listing.ended_at is not None or ask.now >= listing.runs_out_at
    if is_over and conclusion in ("更正", "变更"):
        return
    if conclusion == "撤销":
        listing.revoke(ask.now)
    if conclusion == "更正":
        listing.code = str(ask.see("correction.changes.party.code", listing.code))
    if conclusion != "变更":
        listing.show_again(ask.now)


@answers("draft_amendment")
def _draft_amendment(ask: Ask) -> Answers:
    years = int(ask.see("entry.years"))
    other = ask.chance.one_of(*(n for n in (1, 2, 3) if n != years))
    if ask.chance.happens(0.3):
        other = years
    measures = [m["id"] for m in ask.see("measures")]
    return {
        "draft": {
            "years": other,
            "measure_ids": measures[:-1] if other == years else measures,
            "other_item": "其他事项" if other == years and len(measures) == 1 else "",
            "reason": "经核查变更",
            "legal_basis": "社会保险信用体系建设方案",
            "minutes_no": "第9次会议纪要",
        }
    }


@answers("sign_amendment")
def _sign_amendment(ask: Ask) -> Answers:
    result = ask.chance.weighed(签发=9, 退回=1)
    years = int(ask.see("draft.years"))
    if result == "签发":
        ask.when_done(lambda: _amend(ask.listing, years, ask.today))
    return {
        "amendment_signature": {"result": result, "return_reason": "请改", "signer": "组长"},
    }


def _amend(listing: Listing, years: int, today: date) -> None:
    if listing.ended_at is None and listing.last_day >= today:
        listing.amend(years=years)
