"""Material beside the project that tests use where it is there, and skip with a reason if not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("CHENGXIN_SHARED", Path(__file__).parents[2] / "shared"))


def shared_path(*parts: str) -> Path:
    """A file or folder of the shared material; skips the test where it is missing."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs shared material: {'/'.join(parts)}")
    return path
