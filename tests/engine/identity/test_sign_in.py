from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from engine.clock import VirtualClock
from engine.identity import authenticate, demonstration_password
from engine.identity.errors import AccountSwitchedOff, SignInRefused, TooManyAttempts
from engine.identity.models import SignInAttempt, UserAccount

HERE = "127.0.0.1"


def test_the_right_password_signs_in(bureau: Engine, clock: VirtualClock) -> None:
    user = authenticate(bureau, clock, " gc_xb01 ", demonstration_password(), HERE)
    assert user.login == "gc_xb01"
    assert _outcomes(bureau) == ["signed in"]


@pytest.mark.parametrize("login", ["gc_xb01", "nobody", ""])
def test_a_wrong_password_and_an_unknown_login_are_refused_alike(
    bureau: Engine, clock: VirtualClock, login: str
) -> None:
    with pytest.raises(SignInRefused):
        authenticate(bureau, clock, login, "wrong", HERE)
    assert _outcomes(bureau) == ["refused"]


def test_an_account_that_is_switched_off_says_so_only_to_its_owner(
    bureau: Engine, clock: VirtualClock
) -> None:
    with bureau.begin() as connection:
        connection.execute(update(UserAccount).values(active=False))
    with pytest.raises(AccountSwitchedOff):
        authenticate(bureau, clock, "gc_xb01", demonstration_password(), HERE)
    with pytest.raises(SignInRefused):
        authenticate(bureau, clock, "gc_xb01", "wrong", HERE)


def test_five_failures_close_the_account_from_that_address_for_a_quarter_of_an_hour(
    bureau: Engine, clock: VirtualClock
) -> None:
    # given five wrong passwords
    for _ in range(5):
        with pytest.raises(SignInRefused):
            authenticate(bureau, clock, "gc_xb01", "wrong", HERE)
    # then even the right one is refused, here but not from elsewhere
    with pytest.raises(TooManyAttempts) as refused:
        authenticate(bureau, clock, "gc_xb01", demonstration_password(), HERE)
    assert refused.value.values["minutes"] == 15
    authenticate(bureau, clock, "gc_xb01", demonstration_password(), "10.0.0.9")
    # and after a quarter of an hour it works again
    clock.advance_by(timedelta(minutes=15))
    authenticate(bureau, clock, "gc_xb01", demonstration_password(), HERE)
    assert _outcomes(bureau)[5:] == ["throttled", "signed in", "signed in"]


def test_a_success_wipes_the_failures_of_the_account(bureau: Engine, clock: VirtualClock) -> None:
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(SignInRefused):
                authenticate(bureau, clock, "gc_xb01", "wrong", HERE)
        authenticate(bureau, clock, "gc_xb01", demonstration_password(), HERE)


def test_one_address_that_tries_many_accounts_is_stopped(
    bureau: Engine, clock: VirtualClock
) -> None:
    with bureau.begin() as connection:
        for number in range(50):
            connection.execute(
                SignInAttempt.__table__.insert().values(
                    login=f"guess{number}",
                    address=HERE,
                    attempted_at=clock.now(),
                    outcome="refused",
                )
            )
    with pytest.raises(TooManyAttempts):
        authenticate(bureau, clock, "gc_xb01", demonstration_password(), HERE)


def _outcomes(bureau: Engine) -> list[str]:
    with bureau.connect() as connection:
        return list(connection.scalars(select(SignInAttempt.outcome).order_by(SignInAttempt.key)))
