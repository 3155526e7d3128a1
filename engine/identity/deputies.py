"""Deputies: who acts for whom, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import aliased

from engine.clock import Clock
from engine.identity.errors import DeputyPeriodInvalid, OwnDeputy
from engine.identity.models import Deputy, UserAccount


@dataclass(frozen=True, kw_only=True)
class Deputyship:
    """One person acting for another from the first to the last day, both included."""

    key: int
    principal_key: int
    principal_name: str
    deputy_key: int
    deputy_name: str
    from_date: date
    until_date: date
    reason: str


def appoint_deputy(
    connection: Connection,
    clock: Clock,
    *,
    principal_key: int,
    deputy_key: int,
    from_date: date,
    until_date: date,
    reason: str = "",
) -> None:
    """Let one person act for another. Raises `OwnDeputy` or `DeputyPeriodInvalid`."""
    if principal_key == deputy_key:
        raise OwnDeputy
    if until_date < from_date:
        raise DeputyPeriodInvalid(from_date=from_date, until_date=until_date)
    connection.execute(
        insert(Deputy).values(
            principal_key=principal_key,
            deputy_key=deputy_key,
            from_date=from_date,
            until_date=until_date,
            reason=reason,
            created_at=clock.now(),
        )
    )


def acting_for(connection: Connection, deputy_key: int, day: date) -> tuple[Deputyship, ...]:
    """For whom this person acts on `day`."""
    principal, deputy = aliased(UserAccount), aliased(UserAccount)
    query = (
        select(
            Deputy.key,
            Deputy.principal_key,
            principal.name.label("principal_name"),
            Deputy.deputy_key,
            deputy.name.label("deputy_name"),
            Deputy.from_date,
            Deputy.until_date,
            Deputy.reason,
        )
        .join(principal, principal.key == Deputy.principal_key)
        .join(deputy, deputy.key == Deputy.deputy_key)
        .where(Deputy.deputy_key == deputy_key, Deputy.from_date <= day, Deputy.until_date >= day)
        .where(principal.active)
        .order_by(Deputy.key)
    )
    return tuple(Deputyship(**row._mapping) for row in connection.execute(query))
