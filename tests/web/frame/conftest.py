from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation, load_user
from engine.runtime import Runtime
from engine.store import open_database
from engine.store.migrate import upgrade
from web.app import create_app
from web.config import Config


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 14, 8, 30))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        database_url=f"sqlite:///{tmp_path}/web.sqlite",
        secret_key="a secret of tests only",
        var=tmp_path,
        demonstration=True,
        testing=True,
    )


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the organisation and the users of the demonstration, to be copied."""
    file = tmp_path_factory.mktemp("frame") / "filled.sqlite"
    engine_ = open_database(f"sqlite:///{file}")
    upgrade(engine_)
    with engine_.begin() as connection:
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    engine_.dispose()
    return file


@pytest.fixture
def app(config: Config, clock: VirtualClock, filled_database: Path) -> Iterator[Flask]:
    """The application on a database of its own."""
    copyfile(filled_database, config.var / "web.sqlite")
    engine_ = open_database(config.database_url)
    app = create_app(config, Runtime(engine_, clock))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    engine_.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


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
