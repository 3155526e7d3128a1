"""What the party does while a case is heard: defends itself, asks for time, corrects."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from engine.clock import SHANGHAI
from tests.simulation.answers.outside import Waiting, waited_for

DAY = timedelta(days=1)


@waited_for("MSG_DEFENCE")
def _defend(waiting: Waiting) -> None:
    chance = waiting.simulation.chance
    defence_due = waiting.view.get("defence_due")
    if not isinstance(defence_due, date):
        return
    how = chance.weighed(none=60, in_time=25, last_minute=5, late=10)
    if how == "none":
        return
    if how == "last_minute":
        at = datetime.combine(defence_due, time(23, 59), SHANGHAI)
    elif how == "late":
        at = chance.at_any_time(defence_due + chance.number(1, 4) * DAY)
    else:
        at = chance.at_any_time(chance.day_between(waiting.now.date(), defence_due))
    simulation = waiting.simulation
    waiting.send(at, "MSG_DEFENCE", lambda: {"defence_received_at": simulation.now})


@waited_for("MSG_EXT_REQUEST")
def _ask_for_time(waiting: Waiting) -> None:
    chance, defence_due = waiting.simulation.chance, waiting.view["defence_due"]
    assert isinstance(defence_due, date)
    if chance.happens(0.08):
        at = chance.in_office_hours(chance.day_between(waiting.now.date(), defence_due))
        simulation = waiting.simulation
        waiting.send(at, "MSG_EXT_REQUEST", lambda: {
            "requested_date": simulation.now.date(), "request_reason": "材料尚在收集",
        })  # fmt: skip


@waited_for("MSG_CORRECTED")
def _correct(waiting: Waiting) -> None:
    chance = waiting.simulation.chance
    if chance.happens(0.06):
        at = chance.in_office_hours(waiting.now.date() + chance.number(0, 12) * DAY)
        simulation = waiting.simulation
        waiting.send(at, "MSG_CORRECTED", lambda: {"corrected_date": simulation.now.date()})
