"""An entry that is served and published everywhere, and the program that shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.by_scenario import Office
from tests.browser.served import Served, serve
from web.layout.assets import DIST

DATABASE = "chengxin.sqlite"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database in which 示例甲 was listed on 8 April 2024, published on the 10th,
    for one year.
    """
    if not (DIST / "manifest.json").exists():
        pytest.skip("needs the built front end (make setup)")
    folder = tmp_path_factory.mktemp("published")
    with serve(folder, "2024-03-21T09:00") as served:
        Office(served, folder).does("  - 照做: 示例甲已列入\n")
    return folder


@pytest.fixture
def served(published: Path, tmp_path: Path) -> Iterator[Served]:
    """The product on a copy of that database, on Friday, 12 April 2024."""
    shutil.copy(published / DATABASE, tmp_path / DATABASE)
    with serve(tmp_path, "2024-04-12T09:00") as served:
        yield served


@pytest.fixture
def office(served: Served, tmp_path: Path) -> Office:
    """The same people without a browser. Their case is that of 示例甲."""
    office = Office(served, tmp_path)
    office.opened(1, None)
    return office
