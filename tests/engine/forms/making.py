"""Small forms for tests, built the way the form builder writes them."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from engine.clock import VirtualClock
from engine.feel import Environment
from engine.forms import FieldError, Form, FormInvalid, read_form

MONDAY = VirtualClock(datetime(2026, 2, 9, 10, 0))
AT_MONDAY = Environment(clock=MONDAY)


def text_of(*components: dict, **settings: object) -> str:
    numbered = [{"id": f"c{at}", **component} for at, component in enumerate(components)]
    schema = {"type": "default", "id": "sample", "schemaVersion": 19, "components": numbered}
    return json.dumps({**schema, **settings}, ensure_ascii=False, indent=2)


def form(*components: dict) -> Form:
    return read_form(text_of(*components), "sample.form")


def field(kind: str, key: str, label: str = "", **settings: object) -> dict:
    return {"type": kind, "id": f"{kind}_{key}", "key": key, "label": label or key, **settings}


def options(*values: str) -> list[dict]:
    return [{"label": value, "value": value} for value in values]


def refused(of: Form, submitted: dict, context: dict | None = None) -> tuple[FieldError, ...]:
    with pytest.raises(FormInvalid) as caught:
        of.answers(submitted, context=context or {}, environment=AT_MONDAY)
    return caught.value.errors


def answered(of: Form, submitted: dict, context: dict | None = None) -> dict:
    return of.answers(submitted, context=context or {}, environment=AT_MONDAY)


def samples() -> list[Path]:
    """The forms beside the repository; empty where they are missing."""
    here = Path(__file__).parents[3]
    shared = Path(os.environ.get("CHENGXIN_SHARED", here.parent / "shared"))
    return sorted((shared / "samples").glob("*/*.form"))
