from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.served import People, Served, serve
from web.layout.assets import DIST


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; the tests are skipped with a reason where there is none."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if chromium is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture
def served(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """The product on a fresh database, on a Monday morning in February 2026.

    `@pytest.mark.parametrize("served", [instant], indirect=True)` begins at another time.
    """
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    with serve(tmp_path, getattr(request, "param", "2026-02-02T09:00")) as served:
        yield served


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[People]:
    """people("gc_xb01"): that person at a browser. Nothing may have gone wrong in any page."""
    people = People(browser, served)
    yield people
    assert not people.watch.faults, "\n".join(people.watch.faults)
