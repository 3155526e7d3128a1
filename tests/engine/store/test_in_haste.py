from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine

from engine.store import in_haste, open_database

NORMAL, FULL = 1, 2


def waits_for_the_disk(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def test_only_who_is_in_haste_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/some.sqlite")
    hasty = in_haste(engine)
    seen = [waits_for_the_disk(each) for each in (engine, hasty, engine)]
    engine.dispose()
    assert seen == [FULL, NORMAL, FULL]


def test_another_database_stays_as_it_is() -> None:
    postgresql = create_engine("postgresql+psycopg://nobody@nowhere/nothing")
    assert in_haste(postgresql) is postgresql
