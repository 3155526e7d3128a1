"""What is planned from the beginning: clues, weekly checks, notices, days without server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from engine.calendar import SpecialDay
from engine.clock import SHANGHAI, start_of_day
from engine.runtime.commands import ApproveCalendar, EnterCalendar, RecomputeDeadlines
from engine.runtime.models import ProcessInstance
from tests.simulation.calendar_oracle import LAST_REAL_YEAR, notice_for
from tests.simulation.simulation import WEEK, Simulation

DAY = timedelta(days=1)


def plan(simulation: Simulation) -> None:
    """Plan everything that does not follow from something else."""
    setting = simulation.setting
    for _ in range(setting.cases):
        day = simulation.chance.day_between(setting.start, setting.last_clue - DAY)
        simulation.agenda.add(simulation.chance.in_office_hours(day), simulation.clue_comes)
    for year in range(LAST_REAL_YEAR + 1, setting.end.year + 5):
        _plan_notice(simulation, year)
    for year in range(setting.start.year, setting.end.year + 1):
        _plan_amendment(simulation, year)
    _every_week(simulation, setting.start + WEEK, setting.end)
    _every_working_morning(simulation, setting.start + DAY, setting.end)


def _plan_notice(simulation: Simulation, year: int) -> None:
    chance = simulation.chance
    published = chance.day_between(date(year - 1, 10, 25), date(year - 1, 12, 15))
    if chance.happens(0.15):
        published = date(year, 1, 8)
    at = max(chance.in_office_hours(published), start_of_day(simulation.setting.start + DAY))
    days = notice_for(year, chance)
    simulation.agenda.add(at, lambda: _declare(simulation, days, f"{year}年放假安排", year))


def _plan_amendment(simulation: Simulation, year: int) -> None:
    """A working day that is declared off at short notice, once in two years."""
    chance = simulation.chance
    day = chance.day_between(date(year, 3, 1), date(year, 12, 10))
    if day < simulation.setting.start + 5 * DAY or chance.happens(0.5) or day.weekday() > 4:
        return
    off = SpecialDay(day=day, working=False, name="防汛停工")
    at = chance.in_office_hours(day - chance.number(1, 4) * DAY)
    simulation.agenda.add(at, lambda: _declare(simulation, [off], f"{day}停工通知", None))


def _declare(simulation: Simulation, days: list[SpecialDay], title: str, year: int | None) -> None:
    """Everything is checked against the old calendar, then two people put the new one in force."""
    check(simulation)
    people = simulation.people
    entered = simulation.execute(
        EnterCalendar(user=people.named("cz_cal01"), title=title, days=days, year=year)
    )
    simulation.execute(ApproveCalendar(user=people.named("cz_cal02"), notice_key=entered))
    simulation.calendar.declare(year, days)
    simulation.calendar_changes.append(simulation.now)
    active = select(ProcessInstance.key).where(ProcessInstance.state == "active")
    for row in simulation.rows(active):
        simulation.execute(
            RecomputeDeadlines(instance_key=row.key, user=people.named("cz_cal02"), reason=title)
        )
    simulation.note(None, "cz_cal02", title)
    simulation.seen.pop("open deadlines", None)
    check(simulation)


def check(simulation: Simulation) -> None:
    """All invariants, now, after what the scheduler does every second."""
    simulation.runtime.sweep()
    for each in simulation.checks:
        each(simulation)


def _every_week(simulation: Simulation, day: date, end: date) -> None:
    at = simulation.chance.at_any_time(day)

    def look() -> None:
        check(simulation)
        if day.day <= 7:
            simulation.say()
        _perhaps_go_down(simulation)
        if day + WEEK <= end:
            _every_week(simulation, day + WEEK, end)

    simulation.agenda.add(at, look)


def _every_working_morning(simulation: Simulation, day: date, end: date) -> None:
    def come() -> None:
        if day + DAY <= end:
            _every_working_morning(simulation, day + DAY, end)

    simulation.agenda.add(datetime.combine(day, time(8, 25), SHANGHAI), come)


def _perhaps_go_down(simulation: Simulation) -> None:
    """Over some night or weekend, rather one in which an entry ends by itself."""
    chance, now = simulation.chance, simulation.now
    soon = [
        one.runs_out_at
        for one in simulation.ledger.listings.values()
        if one.ended_at is None and now < one.runs_out_at < now + WEEK
    ]
    if soon and chance.happens(0.4):
        middle = chance.one_of(*soon)
    elif chance.happens(0.12):
        middle = now + chance.number(12, 150) * timedelta(hours=1)
    else:
        return
    down = max(middle - chance.number(1, 30) * timedelta(hours=1), now)
    up = middle + chance.number(1, 60) * timedelta(hours=1)
    simulation.agenda.add(down, _going_down(simulation, up))


def _going_down(simulation: Simulation, up: datetime) -> Callable[[], None]:
    return lambda: simulation.go_down_until(up)
