from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine

from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation
from engine.store import IN_MEMORY, Base, open_database


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 9, 8, 30))


@pytest.fixture
def bureau() -> Iterator[Engine]:
    """A database with the shipped organisation and the users of the demonstration."""
    engine = open_database(IN_MEMORY)
    tables = [
        Base.metadata.tables[name]
        for name in (
            "organisation",
            "role",
            "role_permission",
            "user_account",
            "user_role",
            "deputy",
            "sign_in_attempt",
        )
    ]
    Base.metadata.create_all(engine, tables=tables)
    with engine.begin() as connection:
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(bureau: Engine) -> Iterator[Connection]:
    with bureau.begin() as connection:
        yield connection
