from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import VirtualClock
from engine.identity import load_user
from engine.runtime import Runtime
from engine.store import open_database
from web.app import build_runtime, create_app
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
def clock() -> VirtualClock:
    return VirtualClock(datetime(2025, 10, 9, 9, 0))


@pytest.fixture
def app(shipped_database: Path, tmp_path: Path, clock: VirtualClock) -> Iterator[Flask]:
    """The application on a database of its own, with the shipped procedures."""
    copyfile(shipped_database, tmp_path / "web.sqlite")
    config = Config(
        database_url=f"sqlite:///{tmp_path}/web.sqlite",
        secret_key="a secret of tests only",
        var=tmp_path,
        demonstration=True,
        testing=True,
    )
    engine_ = open_database(config.database_url)
    app = create_app(config, Runtime(engine_, clock))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    engine_.dispose()


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    return app.extensions["chengxin"]


@pytest.fixture
def client_as(app: Flask) -> Callable[[str], FlaskClient]:
    """client_as("gc_xb01"): a browser in which this person is signed in."""

    def sign_in(login: str) -> FlaskClient:
        client = app.test_client()
        with app.extensions["chengxin"].engine.connect() as connection:
            user = load_user(connection, login)
        with client.session_transaction() as session:
            session["_user_id"] = str(user.key)
            session["_fresh"] = True
        return client

    return sign_in
