"""Administrative review and lawsuits (bpmn/remedies.bpmn)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.answers.outside import Waiting, follows, waited_for
from tests.simulation.answers.table import Answers, Ask, answers
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

DAY = timedelta(days=1)


@follows("remedies")
def _seek_remedy(simulation: Simulation, listing: Listing) -> None:
    chance = simulation.chance
    if chance.happens(0.2):
        day = listing.decision_date + chance.number(5, 150) * DAY
        simulation.agenda.add(chance.in_office_hours(day), lambda: _register(simulation, listing))


def _register(simulation: Simulation, listing: Listing) -> None:
    if listing.ground == "撤销":
        return
    kind = simulation.chance.one_of("复议", "一审", "二审", "依据文书")
    filed = simulation.now.date() - simulation.chance.number(0, 3) * DAY
    simulation.start_about(
        "remedies",
        "R3",
        listing,
        {
            "remedy": {
                "kind": kind,
                "organ": "池州市人民政府",
                "case_no": "池政复〔2025〕1号",
                "filed_date": filed,
                "registered_by": "经办",
            }
        },
    )


@waited_for("MSG_STAY_ORDERED")
def _order_stay(waiting: Waiting) -> None:
    simulation, chance = waiting.simulation, waiting.simulation.chance
    listing = simulation.ledger.of(waiting.correlation_key)
    if not chance.happens(0.4):
        return
    at = chance.in_office_hours(waiting.now.date() + chance.number(1, 20) * DAY)
    simulation.agenda.add(at, lambda: _stay(simulation, listing))


def _stay(simulation: Simulation, listing: Listing) -> None:
    today = simulation.now.date()
    order = {"order_no": "停1号", "order_date": today, "served_date": today, "read": True}
    if simulation.send("MSG_STAY_ORDERED", listing.entry_no, {"stay_order": order}):
        listing.stay(simulation.now)
        if simulation.chance.happens(0.5):
            later = today + simulation.chance.number(2, 15) * DAY
            simulation.agenda.add(
                simulation.chance.in_office_hours(later), lambda: _lift(simulation, listing)
            )


def _lift(simulation: Simulation, listing: Listing) -> None:
    today = simulation.now.date()
    lifting = {"order_no": "复1号", "order_date": today, "served_date": today, "read": True}
    if simulation.send("MSG_STAY_LIFTED", listing.entry_no, {"stay_lifting": lifting}):
        listing.lift_stay(simulation.now)


@waited_for("MSG_STAY_LIFTED")
def _stay_lifted(waiting: Waiting) -> None:
    """Planned with the order itself."""


@waited_for("MSG_REMEDY_RESULT")
def _decide_remedy(waiting: Waiting) -> None:
    simulation, chance = waiting.simulation, waiting.simulation.chance
    listing = simulation.ledger.of(waiting.correlation_key)
    at = chance.in_office_hours(waiting.now.date() + chance.number(25, 120) * DAY)
    simulation.agenda.add(at, lambda: _bring_result(simulation, listing))


def _bring_result(simulation: Simulation, listing: Listing) -> None:
    stayed = listing.is_suspended(simulation.now)
    slow = 0 if stayed else 1
    outcome = simulation.chance.weighed(
        维持=6, 驳回=3, 撤回=1, 撤销=2, 确认无效=1, 变更=2 * slow, 确认违法=slow, 责令重作=1,
        依据文书被撤销=1,
    )  # fmt: skip
    today = simulation.now.date()
    result = {"outcome": outcome, "outcome_no": "池政复决〔2025〕1号", "served_date": today,
              "outcome_text": "依法作出以上决定"}  # fmt: skip
    simulation.send("MSG_REMEDY_RESULT", listing.entry_no, {"result": result})
    if outcome in ("撤销", "确认无效", "责令重作", "依据文书被撤销"):
        listing.revoke(simulation.now)
    if stayed:
        listing.lift_stay(simulation.now)


@answers("study_outcome")
def _study_outcome(ask: Ask) -> Answers:
    is_over = ask.listing.ended_at is not None or ask.see("entry.active") is not True
    result = ask.chance.weighed(维持并加注=3, 变更决定=0 if is_over else 2, 撤销列入=1)
    if result == "撤销列入":
        ask.when_done(lambda: ask.listing.revoke(ask.now))
    return {
        "study": {
            "result": result,
            "minutes_no": "第7次会议纪要",
            "opinion": "经研究决定如上",
            "note": "程序被确认违法",
        }
    }
