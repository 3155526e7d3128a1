"""A bureau with one case whose deadlines cross the end of the year, and browsers of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import SHANGHAI, VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation, load_user
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.shipped import shipped_folder
from engine.store import open_database
from engine.store.migrate import upgrade
from tests.builders.diagram import diagram, end, start, user_task
from web.app import create_app
from web.config import Config

NOW = datetime(2026, 12, 22, 9, 0, tzinfo=SHANGHAI)
DUE = '=deadline("OFFICE_CHECK", today())'


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
def runtime(tmp_path: Path, clock: VirtualClock) -> Iterator[Runtime]:
    engine_ = open_database(f"sqlite:///{tmp_path}/web.sqlite")
    upgrade(engine_)
    with engine_.begin() as connection:
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    runtime = Runtime(engine_, clock)
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def case(runtime: Runtime) -> int:
    """A case of Guichi with a task due five working days from now: in the year that is unknown."""
    content = diagram(
        "checking",
        start(),
        user_task("check", groups="R3", due=DUE),
        end(),
        flows="start -> check -> end",
    )
    tables = [shipped_folder("dmn") / name for name in ("deadlines.dmn", "escalation.dmn")]
    runtime.execute(
        Deploy(
            files=[
                SourceFile(name="checking.bpmn", content=content),
                *(SourceFile(name=table.name, content=table.read_bytes()) for table in tables),
            ]
        )
    )
    with runtime.reading() as connection:
        user = load_user(connection, "gc_xb01")
    key: int = runtime.execute(StartInstance(process_id="checking", user=user))
    runtime.sweep()
    return key


@pytest.fixture
def app(runtime: Runtime, tmp_path: Path) -> Flask:
    config = Config(
        database_url=str(runtime.engine.url),
        secret_key="a secret of tests only",
        var=tmp_path,
        demonstration=True,
        testing=True,
    )
    app = create_app(config, runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client_as(app: Flask) -> Callable[[str], FlaskClient]:
    """client_as("cz_lc01"): a browser in which this person is signed in."""

    def sign_in(login: str) -> FlaskClient:
        client = app.test_client()
        with app.extensions["chengxin"].engine.connect() as connection:
            user = load_user(connection, login)
        with client.session_transaction() as session:
            session["_user_id"] = str(user.key)
            session["_fresh"] = True
        return client

    return sign_in
