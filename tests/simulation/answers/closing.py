"""Parties that die or are deregistered (bpmn/closing.bpmn)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.answers.outside import follows
from tests.simulation.answers.table import Answers, Ask, answers
from tests.simulation.ledger import Listing

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

DAY = timedelta(days=1)


@follows("closing")
def _party_goes(simulation: Simulation, listing: Listing) -> None:
    chance = simulation.chance
    if chance.happens(0.08):
        day = listing.decision_date + chance.number(10, 500) * DAY
        simulation.agenda.add(chance.in_office_hours(day), lambda: _register(simulation, listing))


def _register(simulation: Simulation, listing: Listing) -> None:
    gone = simulation.now.date() - simulation.chance.number(0, 20) * DAY
    kind = "注销" if listing.is_unit else "死亡"
    simulation.start_about(
        "closing",
        "R3",
        listing,
        {"closing": {"kind": kind, "gone_date": gone, "proof": "登记机关证明"}},
    )


@answers("confirm_closing")
def _confirm_closing(ask: Ask) -> Answers:
    true = ask.see("entry.active") is True and ask.chance.happens(0.9)
    result = "属实" if true else "不属实"
    return {"closing_check": {"result": result, "source": "登记机关", "opinion": "已经核实"}}


@answers("decide_closing")
def _decide_closing(ask: Ask) -> Answers:
    may_stay = ask.listing.is_unit and ask.chance.happens(0.4)
    result = "保留至期满" if may_stay else "移出"
    if result == "移出":
        ask.when_done(lambda: _end(ask))
    return {
        "closing_decision": {
            "result": result,
            "minutes_no": "第8次会议纪要",
            "signer": "组长",
            "reason": "主体已经消亡",
        }
    }


def _end(ask: Ask) -> None:
    if ask.listing.ended_at is None and ask.now < ask.listing.runs_out_at:
        ask.listing.end(ask.now, "消亡")
