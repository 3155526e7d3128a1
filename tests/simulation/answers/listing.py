"""Listing, from the review of a clue to the signature (bpmn/listing.bpmn)."""

from __future__ import annotations

from datetime import timedelta

from tests.simulation.answers.table import Answers, Ask, NotYet, answers
from tests.simulation.ledger import Listing, last_day_of, years_of

DAY = timedelta(days=1)


@answers("review_clue")
def _review_clue(ask: Ask) -> Answers:
    verdict = ask.see("verdict", {})
    stands = any(verdict.get(name) is True for name in ("any_met", "any_refer", "any_not_yet"))
    if not stands:
        result = ask.chance.weighed(补充材料=1, 不属于失信情形=3)
    else:
        result = ask.chance.weighed(提请列入=92, 补充材料=5, 不属于失信情形=3)
    return {"unit_review": {"result": result, "opinion": "经审核提出以上意见"}}


@answers("supplement_clue", "complete_clue")
def _supplement_clue(ask: Ask) -> Answers:
    if ask.task.element_id == "supplement_clue":
        return {}
    known = ask.simulation.clue_about(str(ask.see("party.code")))
    return {**known.answers(), "source_unit": ask.see("source_unit")}


@answers("check_clue")
def _check_clue(ask: Ask) -> Answers:
    is_met = any(r["result"] == "MET" for r in ask.see("criteria_results"))
    minor = is_met and ask.see("group_study") is None and ask.chance.happens(0.03)
    if ask.see("group_study.result") == "不予列入":
        result = "退回"
    elif not is_met or minor:
        result = "转领导小组研究" if ask.see("group_study") is None else "退回"
    else:
        result = ask.chance.weighed(拟列入=95, 退回=5)
    return {
        "office_check": {
            "identity_checked": True,
            "identity_source": "国家企业信用信息公示系统",
            "evidence_ok": [e["id"] for e in ask.see("required_evidence")],
            "minor": minor,
            "result": result,
            "opinion": "经核查提出以上意见",
        }
    }


@answers("study_referral")
def _study_referral(ask: Ask) -> Answers:
    result = ask.chance.weighed(继续办理=4, 不予列入=1)
    return {
        "group_study": {
            "meeting_minutes_no": "第1次会议纪要",
            "meeting_date": ask.today,
            "result": result,
            "criteria": [r["criterion"] for r in ask.see("criteria_results")],
            "opinion": "经领导小组会议研究形成以上意见",
        }
    }


@answers("draft_notice")
def _draft_notice(ask: Ask) -> Answers:
    days = ask.chance.number(3, 10) if ask.chance.happens(0.2) else 5
    case_no = str(ask.see("case_no"))
    ask.when_done(lambda: ask.simulation.ledger.notice_days.update({case_no: days}))
    return {
        "defence_days": days,
        "rectify_days": ask.chance.number(15, 60),
        "rectify_way": "缴清（退回）全部款项或者改正违法行为并提交凭证",
        "notice": {"right_to_defend": True},
    }


@answers("approve_notice")
def _approve_notice(ask: Ask) -> Answers:
    result = ask.chance.weighed(同意=95, 退回=5)
    return {"notice_approval": {"result": result, "opinion": "请按意见修改"}}


@answers("draft_decision")
def _draft_decision(ask: Ask) -> Answers:
    if ask.see("late_defence_open") is True:
        raise NotYet
    heavier = ask.see("years") > ask.see("notified.years") or any(
        c not in ask.see("notified.criteria") for c in ask.see("criteria")
    )
    again = heavier or ask.chance.happens(0.03)
    return {
        "decision": {
            "comparison": "重新告知" if again else "未加重",
            "defence_answer": "经复核，申辩理由不足以改变认定，不予采纳。",
            "late_defence_read": True,
        }
    }


@answers("deliberate_listing")
def _deliberate_listing(ask: Ask) -> Answers:
    return {
        "deliberation": {
            "meeting_minutes_no": f"第{ask.chance.number(1, 12)}次会议纪要",
            "meeting_date": ask.today,
            "result": ask.chance.weighed(列入=92, 不列入=4, 退回补充=4),
            "reason": "经集体讨论形成以上意见",
            "signer": "组长",
            "late_defence_read": True,
        }
    }


@answers("sign_decision")
def _sign_decision(ask: Ask) -> Answers:
    defence_due = ask.see("defence_due")
    if ask.see("late_defence_open") is True or ask.see("correction_open") is True:
        raise NotYet
    if not defence_due < ask.today:
        raise NotYet
    decision_date = ask.today
    if ask.chance.happens(0.1) and ask.yesterday > defence_due:
        decision_date = ask.yesterday
    ask.when_done(lambda: _note_listing(ask, decision_date))
    return {
        "decision_date": decision_date,
        "signature": {"signer": "组长", "late_defence_read": True},
    }


def _note_listing(ask: Ask, decision_date: object) -> None:
    case_no = str(ask.see("case_no"))
    criteria = [int(r["criterion"]) for r in ask.see("criteria_results") if r["result"] == "MET"]
    years = years_of(criteria)
    entry_no = ask.simulation.entry_of(case_no)
    redo = ask.see("redo")
    credited = ask.simulation.ledger.of(str(redo["entry_no"])).served_days if redo else 0
    ask.simulation.listed(
        Listing(
            entry_no=entry_no,
            case_no=case_no,
            code=str(ask.see("party.code")),
            is_unit=ask.see("party.party_class") == "unit",
            decision_date=decision_date,
            years=years,
            last_day=last_day_of(decision_date, years, credited),
            credited_days=credited,
            listed_at=ask.now,
        )
    )


@answers("check_correction")
def _check_correction(ask: Ask) -> Answers:
    corrected = ask.chance.happens(0.7)
    return {
        "correction": {
            "description": "已缴清全部款项和滞纳金",
            "corrected": corrected,
            "opinion": "经查询缴费记录核实",
        }
    }
