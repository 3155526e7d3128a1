"""Every sentence of the scheme is implemented by something that one can point at."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONLY_FOR_PEOPLE = {"GOV", "CTX", "DOC"}
"""Kinds of sentences that a text may answer: what only people can do, and what is only told."""


@pytest.fixture(scope="module")
def traceability() -> ModuleType:
    spec = importlib.util.spec_from_file_location("traceability", ROOT / "docs/traceability.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_sentence_is_implemented(traceability: ModuleType) -> None:
    found = traceability.implemented()
    missing = [id_ for id_, places in found.items() if not places]
    assert not missing, "、".join(missing)


def test_what_the_program_can_do_is_not_only_told(traceability: ModuleType) -> None:
    found = traceability.implemented()
    only_told = [
        id_
        for id_, one in traceability.statements().items()
        if one["kind"] not in ONLY_FOR_PEOPLE
        and all(place.file.endswith(".md") for place in found[id_])
    ]
    assert not only_told, "、".join(only_told)


def test_a_sentence_without_a_place_is_found(traceability: ModuleType) -> None:
    # given the sentences and one text that names a range of them and a single one
    known = ["S2.1.1", "S2.1.2", "S2.1.3", "S2.2.4.2x"]
    # when a text names S2.1.1 to S2.1.2
    named = set(traceability.mentioned("见 S2.1.1–2 和 S2.2.4.2x", known))
    # then the one outside the range is not named
    assert named == {"S2.1.1", "S2.1.2", "S2.2.4.2x"}


def test_the_page_is_as_the_files_say(traceability: ModuleType) -> None:
    written = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")
    assert written == traceability.page(), "run: python docs/traceability.py"
