"""Monthly reports (bpmn/reporting, collection, supplementary_report)."""

from __future__ import annotations

from tests.simulation.answers.table import Answers, Ask, answers


@answers("fill_report", "fill_supplement")
def _fill_report(ask: Ask) -> Answers:
    if ask.chance.happens(0.9) or ask.today >= ask.simulation.setting.last_clue:
        return {"report": {"zero_report": True, "records": []}}
    return {"report": {"zero_report": False, "records": [_record(ask)]}}


def _record(ask: Ask) -> dict[str, object]:
    clue = ask.simulation.new_clue(str(ask.see("unit")))
    suggest = ask.chance.happens(0.25)
    kinds = [kind["name"] for kind in ask.see("kinds")]
    return {
        "party_class": clue.party["party_class"],
        "name": clue.party["name"],
        "code": clue.code,
        "kind": ask.chance.one_of(*kinds),
        "doc_no": clue.acts[0]["act_no"],
        "date": clue.acts[0]["act_date"],
        "amount": clue.case.get("amount_due"),
        "criterion": clue.case["criteria"][0],  # type: ignore[index]
        "suggest_listing": suggest,
    }


@answers("review_report", "review_supplement")
def _review_report(ask: Ask) -> Answers:
    result = ask.chance.weighed(通过=97, 退回=3)
    return {"report_review": {"result": result, "opinion": "请核对"}}


@answers("summarise_reports")
def _summarise_reports(ask: Ask) -> Answers:
    return {}


@answers("prepare_county_report")
def _prepare_county_report(ask: Ask) -> Answers:
    return {"cover_note": "请接收"}


@answers("approve_county_report")
def _approve_county_report(ask: Ask) -> Answers:
    result = ask.chance.weighed(同意报送=97, 退回=3)
    return {"county_approval": {"result": result, "opinion": "请核对"}}


@answers("receive_county_report")
def _receive_county_report(ask: Ask) -> Answers:
    result = ask.chance.weighed(接收=97, 退回补正=3)
    return {"reception": {"result": result, "reason": "请补正"}}
