"""Where the sample vectors lie; tests that need them skip where they are missing."""

import csv
import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def vectors():
    """Reads a file of sample vectors as a list of rows."""
    shared = Path(os.environ.get("CHENGXIN_SHARED", REPOSITORY.parent / "shared"))

    def read(name):
        file = shared / "vectors" / name
        if not file.exists():
            pytest.skip(f"no sample vectors at {file}: set CHENGXIN_SHARED to their folder")
        with file.open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    return read
