from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Connection, Engine

from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation
from engine.store import Base, open_database

TABLES = (
    "organisation",
    "role",
    "role_permission",
    "user_account",
    "user_role",
    "deputy",
    "sign_in_attempt",
)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 9, 8, 30))


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the shipped organisation and the users of the demonstration."""
    file = tmp_path_factory.mktemp("identity") / "filled.sqlite"
    engine = open_database(f"sqlite:///{file}")
    tables = [Base.metadata.tables[name] for name in TABLES]
    with engine.begin() as connection:
        Base.metadata.create_all(connection, tables=tables)
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    engine.dispose()
    return file


@pytest.fixture
def bureau(filled_database: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own with the bureau in it."""
    copyfile(filled_database, tmp_path / "bureau.sqlite")
    engine = open_database(f"sqlite:///{tmp_path}/bureau.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def connection(bureau: Engine) -> Iterator[Connection]:
    with bureau.begin() as connection:
        yield connection
