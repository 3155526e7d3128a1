"""Service of documents (bpmn/service.bpmn)."""

from __future__ import annotations

from tests.simulation.answers.table import Answers, Ask, answers

FAILED = ("拒收", "无人", "退件")
SERVERS = [{"name": "送达员一", "certificate_no": "A001"}, {"name": "送达员二"}]


@answers("choose_method")
def _choose_method(ask: Ask) -> Answers:
    attempts = ask.see("attempts", [])
    failed = [a["method"] for a in attempts if a.get("result") in FAILED]
    if attempts and attempts[-1].get("result") == "拒收" and attempts[-1]["method"] == "直接送达":
        return {"method": "留置送达"}
    if len(set(failed)) >= 2:
        return _last_resort(ask)
    unknown = not attempts and ask.chance.happens(0.03)
    if unknown:
        return {"method": "公告送达", "whereabouts_reason": "住所、经营场所均查无下落，电话停机"}
    choices = ["直接送达", "邮寄送达", "委托送达"]
    if ask.see("party.e_service_consent") is True:
        choices.append("电子送达")
    left = [method for method in choices if method not in failed]
    return {"method": ask.chance.one_of(*left)}


def _last_resort(ask: Ask) -> Answers:
    if ask.see("may_stop") is True and ask.chance.happens(0.15):
        return {"method": "终止送达", "stop_reason": "当事人下落不明，决定终止送达"}
    return {"method": "公告送达"}


_RESULTS = {
    "直接送达": {"签收": 75, "拒收": 10, "无人": 15},
    "留置送达": {"已见证": 1},
    "电子送达": {"到达系统": 95, "退件": 5},
    "邮寄送达": {"签收": 80, "退件": 10, "无人": 10},
    "委托送达": {"签收": 85, "无人": 15},
}


@answers("record_attempt")
def _record_attempt(ask: Ask) -> Answers:
    result = ask.chance.weighed(**_RESULTS[ask.see("method")])
    return {
        "attempt_at": ask.now,
        "attempt_result": result,
        "attempt": {
            "place": "当事人住所",
            "recipient": "当事人",
            "relation": "本人",
            "refusal": "不认可文书内容",
            "witness": "社区工作人员",
            "tracking_no": "EM000000001CN",
            "servers": SERVERS,
        },
    }


@answers("announce_service")
def _announce_service(ask: Ask) -> Answers:
    return {
        "announcement": {
            "announced_date": ask.today,
            "channel": "门户网站",
            "url": "https://example.invalid/notices/1",
            "masked": True,
        }
    }
