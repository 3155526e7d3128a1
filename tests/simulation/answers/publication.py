"""Publication and its channels (bpmn/publication, channel, difference)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from engine.clock import SHANGHAI
from tests.simulation.answers.table import Answers, Ask, answers

DAY = timedelta(days=1)


@answers("draft_publication")
def _draft_publication(ask: Ask) -> Answers:
    return {"publication": {"summary": "经依法认定存在列入情形规定的失信行为，逾期没有改正。"}}


@answers("review_publication")
def _review_publication(ask: Ask) -> Answers:
    exposed = ask.see("exposed") or []
    result = "退回" if exposed else ask.chance.weighed(同意=95, 退回=5)
    return {"publication_review": {"result": result, "opinion": "请修改摘要"}}


@answers("decide_timing")
def _decide_timing(ask: Ask) -> Answers:
    latest = ask.see("defer_until")
    if latest <= ask.today or ask.chance.happens(0.5):
        return {"timing": {"result": "按期公示", "reason": "送达已经开始"}}
    new_date = ask.chance.day_between(ask.today + DAY, latest)
    return {"timing": {"result": "暂缓", "new_date": new_date, "reason": "等待送达结果"}}


@answers("publish_on_portal")
def _publish_on_portal(ask: Ask) -> Answers:
    entry_no = str(ask.see("entry_no"))
    if ask.see("channel.action") == "publish":
        ask.when_done(lambda: ask.simulation.ledger.of(entry_no).put_on_portal(ask.now))
    return {"done": {"published_at": _acted_at(ask), "compared": True}}


@answers("push_by_hand")
def _push_by_hand(ask: Ask) -> Answers:
    entry_no, action = str(ask.see("entry_no")), str(ask.see("channel.action"))
    ask.when_done(lambda: ask.simulation.told_by_hand(entry_no, action, str(ask.see("event"))))
    return {
        "done": {
            "published_at": _acted_at(ask),
            "batch_no": "",
            "receipt": f"人工回执{ask.task.key}",
            "proof": [ask.simulation.attach(ask.task)],
        }
    }


@answers("confirm_receipt")
def _confirm_receipt(ask: Ask) -> Answers:
    return {"done": {"published_at": _acted_at(ask), "receipt": f"回执{ask.task.key}"}}


@answers("act_by_hand")
def _act_by_hand(ask: Ask) -> Answers:
    return {"done": {"published_at": _acted_at(ask), "url": "https://example.invalid/1"}}


@answers("report_to_office")
def _report_to_office(ask: Ask) -> Answers:
    return {"done": {"published_at": _acted_at(ask), "letter_no": f"社信函{ask.task.key}号"}}


@answers("settle_difference")
def _settle_difference(ask: Ask) -> Answers:
    entry_no, channel = str(ask.see("entry_no")), ask.see("channel.channel")
    missing = ask.see("difference.kind") == "missing"
    if channel == "C1" and missing:
        ask.when_done(lambda: ask.simulation.ledger.of(entry_no).put_on_portal(ask.now))
    action = "publish" if missing else "take_down"
    if channel == "C2":
        ask.when_done(lambda: ask.simulation.told_by_hand(entry_no, action, "列入"))
    return {"done": {"published_at": ask.now, "cause": "核对后补办"}}


def _acted_at(ask: Ask) -> datetime:
    """Now and then it was done the evening before, and is only recorded now."""
    began = ask.task.created_at
    evening = datetime.combine(ask.yesterday, time(18, 30), SHANGHAI)
    if ask.chance.happens(0.1) and began < evening:
        return evening
    return ask.now
