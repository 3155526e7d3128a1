"""Credit repair and its revocation (bpmn/repair.bpmn, bpmn/repair_revocation.bpmn)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.simulation.answers.outside import Waiting, follows, waited_for
from tests.simulation.answers.table import Answers, Ask, answers
from tests.simulation.failure import require
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

DAY = timedelta(days=1)


@follows("repair")
def _apply(simulation: Simulation, listing: Listing) -> None:
    chance = simulation.chance
    for _ in range(2):
        if chance.happens(0.35):
            last = max((listing.last_day - listing.decision_date).days - 1, 40)
            day = listing.decision_date + chance.number(20, last) * DAY
            if chance.happens(0.15):
                day = listing.last_day - chance.number(1, 12) * DAY
            simulation.agenda.add(
                chance.in_office_hours(day), lambda: _register(simulation, listing)
            )


def _register(simulation: Simulation, listing: Listing) -> None:
    chance, today = simulation.chance, simulation.now.date()
    committed = chance.happens(0.75)
    corrected = chance.day_between(listing.decision_date, today)
    simulation.start_about(
        "repair",
        "R3",
        listing,
        {
            "repair": {
                "contact": "联系人",
                "phone": "0566-2100001",
                "service_address": "池州市示例路1号",
                "corrected_date": corrected,
                "correction_text": "已全部缴清（退回）",
                "proofs": [{"name": "缴款凭证"}],
                "impact_removed_text": "已经全部改正，并向经办机构书面检讨，消除了不良影响。",
                "new_act": "无",
                "source": "窗口",
                "applied_date": today,
                "signed": True,
                **(_commitment(today) if committed else {}),
            }
        },
    )


def _commitment(today: date) -> dict[str, object]:
    return {"commitment_received": True, "commitment_signed_date": today, "publish_consent": True}


@answers("accept_application")
def _accept_application(ask: Ask) -> Answers:
    found = ask.see("eligibility.result")
    if found == "SUPPLEMENT":
        result = "补正"
    elif found == "REJECT":
        result = "不予受理"
    else:
        result = ask.chance.weighed(受理=9, 补正=1)
    blocked_until = ask.listing.blocked_until
    if blocked_until is not None and ask.today < blocked_until:
        require(result == "不予受理", "an application is looked at while barred", ask.business_key)
    return {
        "acceptance": {
            "result": result,
            "evidence_ok": [e["id"] for e in ask.see("required_evidence")],
            "supplement": "信用承诺书",
            "opinion": "按资格判定办理",
        }
    }


@waited_for("MSG_REPAIR_SUPPLEMENT")
def _supplement(waiting: Waiting) -> None:
    simulation, chance = waiting.simulation, waiting.simulation.chance
    if chance.happens(0.75):
        at = chance.in_office_hours(waiting.now.date() + chance.number(0, 8) * DAY)
        waiting.send(at, "MSG_REPAIR_SUPPLEMENT", lambda: {"supplement": {
            "received_date": simulation.now.date(), "proofs": [{"name": "补充凭证"}],
            **_commitment(simulation.now.date()),
        }})  # fmt: skip


@answers("verify_correction")
def _verify_correction(ask: Ask) -> Answers:
    fully = ask.chance.happens(0.85)
    newer = any(
        o["decision_date"] > ask.see("entry.decision_date") for o in ask.see("other_entries", [])
    )
    return {
        "verification": {
            "finding": "已全部纠正" if fully else "未全部纠正",
            "sources": ["缴费到账记录"],
            "balance": 0 if fully else 100,
            "impact_removed": fully,
            "new_act": ask.chance.one_of("有，已纠正", "有，未纠正") if newer else "无",
            "opinion": "已经向有关单位核实",
        }
    }


@answers("review_verification")
def _review_verification(ask: Ask) -> Answers:
    result = ask.chance.weighed(同意=9, 退回重核=1)
    return {"unit_opinion": {"result": result, "opinion": "请再核"}}


@answers("approve_repair", "deliberate_repair")
def _decide_repair(ask: Ask) -> Answers:
    extend = 0 if ask.see("extended") is True else 1
    result = ask.chance.weighed(同意=7, 不同意=1, 延长=extend)
    if result == "同意":
        ask.when_done(lambda: _note_repair(ask))
    return {
        "approval": {
            "result": result,
            "minutes_no": "第6次会议纪要",
            "meeting_date": ask.today,
            "reason": "经研究决定如上",
        }
    }


def _note_repair(ask: Ask) -> None:
    signed = ask.see("repair.commitment_signed_date") is not None
    require(signed, "repaired without a commitment", ask.business_key)
    ask.listing.has_commitment = signed
    ask.listing.end(ask.now, "修复")
    simulation, chance, listing = ask.simulation, ask.chance, ask.listing
    if chance.happens(0.3):
        day = ask.today + chance.number(10, 300) * DAY
        simulation.agenda.add(chance.in_office_hours(day), lambda: _find_out(simulation, listing))


@follows("repair_revocation")
def _nothing_yet(simulation: Simulation, listing: Listing) -> None:
    """It can only follow a repair, and is planned with it."""


def _find_out(simulation: Simulation, listing: Listing) -> None:
    simulation.start_about(
        "repair_revocation",
        "R4",
        listing,
        {
            "finding": {
                "kind": "虚假证明材料",
                "source": "举报",
                "found_date": simulation.now.date(),
                "text": "经核查缴款凭证系伪造，没有到账。",
                "evidence": [{"name": "银行证明"}],
            }
        },
    )


@answers("propose_revocation")
def _propose_revocation(ask: Ask) -> Answers:
    stands = ask.see("entry.end_ground") == "修复" and ask.chance.happens(0.9)
    result = "提请撤销" if stands else "不提请"
    return {"proposal": {"result": result, "opinion": "依据核查情况提出"}}


@answers("decide_revocation")
def _decide_revocation(ask: Ask) -> Answers:
    result = ask.chance.weighed(撤销修复=9, 不撤销=1)
    if result == "撤销修复":
        ask.when_done(lambda: _note_restoration(ask))
    return {
        "revocation": {
            "result": result,
            "minutes_no": "第5次会议纪要",
            "meeting_date": ask.today,
            "reason": "修复材料不实",
        }
    }


def _note_restoration(ask: Ask) -> None:
    listing = ask.listing
    listing.blocked_until = ask.simulation.calendar.due(ask.today, 12, "M", None)
    if listing.ground == "修复" and listing.last_day >= ask.today:
        listing.restore()
