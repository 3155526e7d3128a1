"""Defence and review (bpmn/appeal.bpmn), and what the party does meanwhile."""

from __future__ import annotations

from tests.simulation.answers.table import Answers, Ask, NotYet, answers


@answers("decide_extension")
def _decide_extension(ask: Ask) -> Answers:
    may = ask.see("extended") is not True
    result = ask.chance.weighed(同意=3, 不同意=1) if may else "不同意"
    return {"extension": {"result": result, "answer": "已研究答复"}}


@answers("register_defence", "register_further_defence", "register_late_defence")
def _register_defence(ask: Ask) -> Answers:
    spoken = ask.chance.happens(0.2)
    return {
        "defence": {
            "form": "口头（笔录）" if spoken else "书面",
            "received_at": ask.see("defence_received_at"),
            "points": [{"text": "前置文书认定的事实与实际不符"}, {"text": "已经准备缴纳"}],
            "record_signed": True,
        }
    }


@answers("review_defence")
def _review_defence(ask: Ask) -> Answers:
    if ask.see("further_defence_open") is True:
        raise NotYet
    if ask.see("review_extended") is not True and ask.chance.happens(0.1):
        return {"review": {"extend": True, "extend_reason": "情况复杂，需要核实"}}
    points = ask.see("defence.points")
    result = ask.chance.weighed(成立=2, 部分成立=3, 不成立=5)
    criteria = list(ask.see("criteria"))
    kept = criteria[: ask.chance.number(1, len(criteria))]
    return {
        "review": {
            "answers": [
                {"point": p["text"], "accepted": "不采纳", "reason": "与证据不符"} for p in points
            ],
            "result": result,
            "criteria": kept,
            "changes": "减去没有成立的情形",
            "opinion": "经复核，提出以上意见，请审定。",
        }
    }
