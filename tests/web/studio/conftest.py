from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation, load_user
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy
from engine.store import Base, open_database
from web.app import create_app
from web.config import Config

MORNING = datetime(2026, 2, 14, 8, 30)
SAMPLES = Path(__file__).parents[2] / "browser" / "studio" / "samples"


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the demonstration, and a small process with its form and table in force."""
    file = tmp_path_factory.mktemp("studio") / "studio.sqlite"
    engine_ = open_database(f"sqlite:///{file}")
    with engine_.begin() as connection:
        Base.metadata.create_all(connection)
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    files = [
        SourceFile(name=found.name, content=found.read_bytes())
        for found in sorted(SAMPLES.iterdir())
    ]
    Runtime(engine_, VirtualClock(MORNING)).execute(Deploy(files=files, note="首次部署"))
    engine_.dispose()
    return file


@pytest.fixture
def runtime(tmp_path: Path, small_database: Path) -> Iterator[Runtime]:
    engine_ = open_database(f"sqlite:///{shutil.copy(small_database, tmp_path)}")
    yield Runtime(engine_, VirtualClock(MORNING))
    engine_.dispose()


@pytest.fixture
def app(tmp_path: Path, runtime: Runtime) -> Flask:
    config = Config(
        database_url="sqlite://",
        secret_key="a secret of tests only",
        var=tmp_path,
        demonstration=True,
        testing=True,
    )
    app = create_app(config, runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client_as(app: Flask, runtime: Runtime) -> Callable[[str], FlaskClient]:
    def sign_in(login: str) -> FlaskClient:
        client = app.test_client()
        with runtime.reading() as connection:
            user = load_user(connection, login)
        with client.session_transaction() as session:
            session["_user_id"] = str(user.key)
            session["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def owner(client_as: Callable[[str], FlaskClient]) -> FlaskClient:
    """The process owner at a browser."""
    return client_as("cz_lc01")


@pytest.fixture
def content() -> Callable[[str], str]:
    """content("small.bpmn"): a sample as text."""
    return lambda name: (SAMPLES / name).read_text(encoding="utf-8")
