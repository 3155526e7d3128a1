from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from engine.clock import VirtualClock
from engine.identity import acting_for, appoint_deputy, load_user
from engine.identity.errors import DeputyPeriodInvalid, OwnDeputy


def test_a_deputy_acts_on_the_first_and_the_last_day_and_not_outside(
    connection: Connection, clock: VirtualClock
) -> None:
    head, clerk = load_user(connection, "gc_xb02"), load_user(connection, "gc_xb01")
    appoint_deputy(
        connection,
        clock,
        principal_key=head.key,
        deputy_key=clerk.key,
        from_date=date(2026, 2, 10),
        until_date=date(2026, 2, 12),
    )
    days = {
        day: [d.principal_name for d in acting_for(connection, clerk.key, date(2026, 2, day))]
        for day in (9, 10, 12, 13)
    }
    assert days == {9: [], 10: [head.name], 12: [head.name], 13: []}


def test_nobody_is_the_own_deputy(connection: Connection, clock: VirtualClock) -> None:
    with pytest.raises(OwnDeputy):
        _appoint(connection, clock, 1, 1, date(2026, 2, 10), date(2026, 2, 12))


def test_a_period_that_ends_before_it_begins_is_refused(
    connection: Connection, clock: VirtualClock
) -> None:
    with pytest.raises(DeputyPeriodInvalid):
        _appoint(connection, clock, 1, 2, date(2026, 2, 12), date(2026, 2, 10))


def _appoint(
    connection: Connection,
    clock: VirtualClock,
    principal: int,
    deputy: int,
    first: date,
    last: date,
) -> None:
    appoint_deputy(
        connection,
        clock,
        principal_key=principal,
        deputy_key=deputy,
        from_date=first,
        until_date=last,
    )
