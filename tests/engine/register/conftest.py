from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest

from engine.clock import VirtualClock
from engine.identity import User, load_user
from engine.runtime import Runtime
from engine.store import open_database
from web.app import build_runtime
from web.config import Config
from web.prepare import prepare


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration and the shipped procedures, to be copied."""
    file = tmp_path_factory.mktemp("shipped") / "shipped.sqlite"
    config = Config(database_url=f"sqlite:///{file}", secret_key="x", demonstration=True)
    runtime = build_runtime(config)
    assert prepare(config, runtime).refused is None
    runtime.engine.dispose()
    return file


@pytest.fixture
def runtime(shipped_database: Path, tmp_path: Path) -> Iterator[Runtime]:
    """The product on a file of its own, on a morning in October 2025."""
    copyfile(shipped_database, tmp_path / "c.sqlite")
    engine_ = open_database(f"sqlite:///{tmp_path}/c.sqlite")
    yield Runtime(engine_, VirtualClock(datetime(2025, 10, 9, 9, 0)))
    engine_.dispose()


@pytest.fixture
def person(runtime: Runtime) -> Callable[[str], User]:
    """person("gc_jb01"): that user of the demonstration."""

    def load(login: str) -> User:
        with runtime.reading() as connection:
            return load_user(connection, login)

    return load
