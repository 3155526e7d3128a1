"""Opening the database: one SQLite file by default, PostgreSQL by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

IN_MEMORY = "sqlite://"


def open_database(url: str) -> Engine:
    """An engine for `url`, with the settings every connection of the product has.

    SQLite: write-ahead log, `synchronous=FULL` (a commit survives a power cut), foreign keys on,
    and transactions that take the write lock at once (`BEGIN IMMEDIATE`), so that two writers
    queue instead of failing half-way. `sqlite://` is one shared database in memory.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    in_memory = parsed.database in (None, "", ":memory:")
    if not in_memory:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
    if in_memory:
        options["poolclass"] = StaticPool
    engine = create_engine(parsed, **options)
    prepare_sqlite(engine)
    return engine


def prepare_sqlite(engine: Engine) -> None:
    """Give every connection of a SQLite engine the product's settings."""

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        _follow(connection, options.get("sqlite_synchronous", "FULL"))
        mode = options.get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def in_haste(engine: Engine) -> Engine:
    """The same database, whose commits here do not wait for the disk: for what could be done anew.

    After a power cut the last of them may be missing, never one without those before it.
    """
    if engine.dialect.name != "sqlite":
        return engine
    return engine.execution_options(sqlite_synchronous="NORMAL")


def _follow(connection: Any, wanted: str) -> None:
    if connection.info.get("synchronous", "FULL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
