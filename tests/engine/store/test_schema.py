"""What migrations make is what the models declare, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from engine.store import open_database
from engine.store.migrate import upgrade
from tests.builders.postgresql import postgresql_database
from web.schema import declared


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        yield engine
        engine.dispose()
        return
    with postgresql_database() as address:
        engine = open_database(address)
        yield engine
        engine.dispose()


def test_the_migrated_schema_is_the_declared_one(empty_database: Engine) -> None:
    assert upgrade(empty_database)
    with empty_database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, declared()) == []


def test_a_second_upgrade_has_nothing_to_do(empty_database: Engine) -> None:
    upgrade(empty_database)
    assert not upgrade(empty_database)
