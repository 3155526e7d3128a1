"""The small bureau of the inbox's tests, served to real browsers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import WSGIRequestHandler, make_server

from engine.clock import VirtualClock
from tests.browser.served import People, Served
from tests.web.inbox.bureau import Bureau, make_database, open_bureau
from web.layout.assets import DIST


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests that went well are not worth a line."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(
        tmp_path_factory.mktemp("inbox"), VirtualClock(datetime(2026, 2, 10, 9, 0))
    )


@pytest.fixture
def bureau(template: Path, tmp_path: Path) -> Iterator[Bureau]:
    opened = open_bureau(template, tmp_path, VirtualClock(datetime(2026, 2, 10, 9, 0)))
    opened.app.config["WTF_CSRF_ENABLED"] = True
    yield opened
    opened.runtime.engine.dispose()


@pytest.fixture
def people(browser: Browser, bureau: Bureau) -> Iterator[People]:
    """people("gc_jb02"): that person at a browser. Nothing may have gone wrong in any page."""
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    server = make_server("127.0.0.1", 0, bureau.app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    people = People(browser, Served(address=address, runtime=bureau.runtime, clock=bureau.clock))
    yield people
    server.shutdown()
    thread.join()
    server.server_close()
    assert not people.watch.faults, "\n".join(people.watch.faults)
