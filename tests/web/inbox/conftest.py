from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.clock import VirtualClock
from tests.web.inbox.bureau import Bureau, make_database, open_bureau


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 10, 9, 0))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(
        tmp_path_factory.mktemp("inbox"), VirtualClock(datetime(2026, 2, 10, 9, 0))
    )


@pytest.fixture
def bureau(template: Path, tmp_path: Path, clock: VirtualClock) -> Iterator[Bureau]:
    opened = open_bureau(template, tmp_path, clock)
    yield opened
    opened.runtime.engine.dispose()


@pytest.fixture
def client_as(bureau: Bureau) -> Callable[[str], FlaskClient]:
    """client_as("gc_jb02"): a browser in which this person is signed in."""

    def sign_in(login: str) -> FlaskClient:
        client = bureau.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = str(bureau.user(login).key)
            session["_fresh"] = True
        return client

    return sign_in
