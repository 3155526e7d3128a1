"""The completion of the editor offers functions that the engine knows."""

from __future__ import annotations

import json
from pathlib import Path

from engine.feel import known_functions

FILE = Path(__file__).parents[3] / "web/frontend/studio/feel_functions.json"


def test_every_function_offered_is_known_with_so_many_parameters() -> None:
    known = known_functions()
    for function in json.loads(FILE.read_text(encoding="utf-8")):
        least, most = known[function["name"]]
        assert least <= len(function["params"]) <= (most or len(function["params"])), function
