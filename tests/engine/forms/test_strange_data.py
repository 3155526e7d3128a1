"""Whatever a client sends, the answer is typed answers or `FormInvalid`, never a crash."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from engine.forms import FormInvalid, page_action, read_form, submitted_from_pairs
from engine.forms.form import Form
from tests.engine.forms.making import AT_MONDAY

EVERY = Path(__file__).parents[2] / "web/components/every_component.form"
STRANGE: list[object] = [
    None, True, 0, -1, 1e308, float("nan"), float("inf"), 10**40, "", " ", "x", "null", "1e9999",
    "2026-02-30", "0000-00-00", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00+14:00", "99:99",
    "２０２６-０２-０９", "\x00", "a" * 5000, [], [[]], [None], ["a", ["b"]], {}, {"a": {"b": []}},
    [{}], [{"_row": "x"}], [{"_row": -1}], {"name": {"name": 1}}, b"bytes", ("a",), "🙂", "1_000",
]  # fmt: skip


@pytest.fixture(scope="module")
def every() -> Form:
    return read_form(EVERY.read_bytes(), EVERY.name)


def nested(chance: random.Random, names: list[str]) -> dict[str, object]:
    data: dict[str, object] = {}
    for name in names:
        *way, last = name.split(".")
        place = data
        for step in way:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = chance.choice(STRANGE)
        if way == ["acts"]:
            data["acts"] = [place, chance.choice(STRANGE)]
            break
    return data


@pytest.mark.parametrize("seed", range(60))
def test_strange_values_are_refused_not_stumbled_over(every, seed):
    chance = random.Random(seed)
    names = [field.path for field in every.fields()] + ["acts", "party"]
    chance.shuffle(names)
    submitted, known = nested(chance, names), nested(chance, names)
    with suppress(FormInvalid):
        every.answers(submitted, context=known, environment=AT_MONDAY)
    for error in every.errors(submitted, context=known, environment=AT_MONDAY):
        assert error.zh
        assert error.en
    every.present(submitted, context=known, environment=AT_MONDAY)
    row = {header: chance.choice(STRANGE) for header in every.import_columns()}
    every.answers_from_row(row)


@pytest.mark.parametrize("seed", range(60))
def test_strange_posts_become_nested_data(every, seed):
    chance = random.Random(seed)
    parts = ["party", ".", "name", "[0]", "[", "]", "acts", "[999]", "act_no", "_row", "_add", ""]
    pairs = [
        ("".join(chance.choices(parts, k=4)), chance.choice(["", "x", "acts[0]", "0"]))
        for _ in range(40)
    ]
    page_action(pairs)
    every.errors(submitted_from_pairs(every, pairs), context={}, environment=AT_MONDAY)
