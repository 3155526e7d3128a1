"""Signing in, with a throttle per account and address that survives a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select

from engine.clock import Clock
from engine.identity.errors import AccountSwitchedOff, SignInRefused, TooManyAttempts
from engine.identity.models import SignInAttempt, UserAccount
from engine.identity.passwords import password_matches
from engine.identity.users import User, load_user

SIGNED_IN, REFUSED, SWITCHED_OFF, THROTTLED = "signed in", "refused", "switched off", "throttled"


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """How many failures close the way in, and for how long after the first of them."""

    per_account: int = 5
    per_address: int = 50
    window: timedelta = timedelta(minutes=15)


def authenticate(
    engine: Engine,
    clock: Clock,
    login: str,
    password: str,
    address: str,
    throttle: Throttle = Throttle(),
) -> User:
    """The user who gave the right password; the attempt is on record whatever comes of it.

    Takes the engine, not a connection: the record outlives the error, and no transaction is open
    while the hash is computed. Raises `SignInRefused` (which does not tell an unknown login from
    a wrong password), `AccountSwitchedOff` or `TooManyAttempts`.
    """
    login, address = login.strip()[:60], address[:45]
    with engine.connect() as connection:
        minutes = _minutes_closed(connection, clock, login, address, throttle)
        account = _account(connection, login)
    if minutes:
        _record(engine, clock, login, address, THROTTLED)
        raise TooManyAttempts(minutes=minutes)
    if not password_matches(password, account.password_hash if account else None):
        _record(engine, clock, login, address, REFUSED)
        raise SignInRefused
    if account is None or not account.active:
        _record(engine, clock, login, address, SWITCHED_OFF)
        raise AccountSwitchedOff
    _record(engine, clock, login, address, SIGNED_IN)
    with engine.connect() as connection:
        return load_user(connection, login)


def _account(connection: Connection, login: str) -> Row[str, bool] | None:
    query = select(UserAccount.password_hash, UserAccount.active).where(UserAccount.login == login)
    return connection.execute(query).one_or_none()


def _minutes_closed(
    connection: Connection, clock: Clock, login: str, address: str, throttle: Throttle
) -> int:
    """For how many minutes more nobody may try; 0 if one may."""
    since = clock.now() - throttle.window
    last_success = select(func.max(SignInAttempt.key)).where(
        SignInAttempt.login == login,
        SignInAttempt.address == address,
        SignInAttempt.outcome == SIGNED_IN,
    )
    after = connection.scalar(last_success) or 0
    own = (SignInAttempt.login == login) & (SignInAttempt.key > after)
    for limit, which in ((throttle.per_account, own), (throttle.per_address, None)):
        first, failures = _failures(connection, address, since, which)
        if failures >= limit:
            left = first + throttle.window - clock.now()
            return max(1, -(-left // timedelta(minutes=1)))
    return 0


def _failures(
    connection: Connection, address: str, since: datetime, which: ColumnElement[bool] | None
) -> Row[datetime, int]:
    query = select(func.min(SignInAttempt.attempted_at), func.count()).where(
        SignInAttempt.address == address,
        SignInAttempt.attempted_at > since,
        SignInAttempt.outcome == REFUSED,
    )
    return connection.execute(query if which is None else query.where(which)).one()


def _record(engine: Engine, clock: Clock, login: str, address: str, outcome: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            insert(SignInAttempt).values(
                login=login, address=address, attempted_at=clock.now(), outcome=outcome
            )
        )
