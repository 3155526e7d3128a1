"""What is known of a year whose notice is not out: the statutory days, and bounds for a date.

Past the horizon a day is taken to rest if it is a weekend day, a statutory festival day, or the
substitute that 全国年节及纪念日放假办法 §6 grants for a festival day on a weekend. Make-up days
are unknowable, so a date found this way is provisional and carries bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from engine.calendar.layers import SpecialDay

DAYS_EARLIER = 2
DAYS_LATER = 3
"""Working days by which the real date stayed within the provisional one for 2014–2026."""

_SATURDAY = 5
_FESTIVAL_SEPARATOR = "、"


def presumed_rest_days(statutory: Mapping[date, str], after: date) -> tuple[SpecialDay, ...]:
    """The rest days later than `after` that follow from `statutory` alone.

    `statutory` maps a festival day to its name; two festivals on one day are two names joined by
    「、」 and earn a substitute as a festival on a weekend does.
    """
    rest: dict[date, SpecialDay] = {}
    owed: list[tuple[date, str]] = []
    for day, name in sorted(statutory.items()):
        if day <= after:
            continue
        rest[day] = SpecialDay(day=day, working=False, name=name)
        festivals = name.split(_FESTIVAL_SEPARATOR)
        days_owed = len(festivals) - 1 + (day.weekday() >= _SATURDAY)
        owed.extend((day, festivals[0]) for _ in range(days_owed))
    for day, name in owed:
        substitute = _next_free(day, rest)
        rest[substitute] = SpecialDay(day=substitute, working=False, name=name)
    return tuple(sorted(rest.values(), key=lambda special: special.day))


def slack(day: date, confirmed_through: date) -> tuple[int, int]:
    """How many working days earlier and later than provisional `day` the real one may be.

    One more on either side for every year between the horizon and `day` whose notice, too, is
    still to come.
    """
    further_years = max(0, day.year - confirmed_through.year - 1)
    return DAYS_EARLIER + further_years, DAYS_LATER + further_years


def _next_free(day: date, rest: Mapping[date, SpecialDay]) -> date:
    candidate = day + timedelta(days=1)
    while candidate in rest or candidate.weekday() >= _SATURDAY:
        candidate += timedelta(days=1)
    return candidate
