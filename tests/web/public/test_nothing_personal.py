"""No public page, file or interface ever tells a number, telephone or address of a person.

Whole cases are played from the clue on; after every step everything that anybody may open without
signing in is opened, and searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.register.channels import rehearsing
from engine.register.models import Party, Publication
from engine.runtime import Runtime
from engine.scenario.desk import Desk
from engine.scenario.model import Scenario
from engine.scenario.reader import read_scenarios
from engine.scenario.runner import perform
from web.app import create_app
from web.config import Config
from web.security import guard_of

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
PLAYED = ("T01.yaml", "T17.yaml", "T21.yaml", "T24.yaml")
"""A unit that is removed on expiry, a person repaired, a repair revoked, a listing revoked."""

IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def scenarios() -> list[Scenario]:
    return [one for name in PLAYED for one in read_scenarios(SCENARIOS / name)]


@pytest.mark.slow
@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.title)
def test_no_public_answer_tells_personal_details_at_any_time(
    scenario: Scenario, tmp_path: Path
) -> None:
    desk = Desk(folder=scenario.folder)
    app: Flask | None = None
    shown = 0
    with rehearsing():
        # given a case that goes its way
        for _phase, _act, step in scenario.steps():
            assert perform(desk, step) is None
            if not desk.is_open:
                continue
            app = app or application(desk.runtime, tmp_path)
            # when everything public is opened after a step
            for address, text in public_answers(app, desk.runtime, below="/portal"):
                shown += "/portal/" in address
                # then nothing personal stands there
                found = personal(text, needles(desk.runtime))
                assert not found, f"{address}: {found}"
        assert app is not None
        for address, text in public_answers(app, desk.runtime):
            assert not personal(text, needles(desk.runtime)), address
    assert shown, "nothing was ever published, so nothing was tested"


def application(runtime: Runtime, folder: Path) -> Flask:
    config = Config(
        database_url="sqlite://", secret_key="x", var=folder, demonstration=False, testing=True
    )
    return create_app(config, runtime)


def public_answers(app: Flask, runtime: Runtime, below: str = "/") -> Iterator[tuple[str, str]]:
    """Address and text of everything below an address that may be opened without signing in."""
    client: FlaskClient = app.test_client()
    with runtime.reading() as connection:
        keys = list(connection.scalars(select(Publication.key)))
    for rule in app.url_map.iter_rules():
        guard = guard_of(app.view_functions[rule.endpoint])
        if guard is None or not guard.public or "GET" not in (rule.methods or ()):
            continue
        if not rule.rule.startswith(below):
            continue
        addresses = (
            [rule.rule.replace("<int:key>", str(key)) for key in keys]
            if rule.arguments
            else [rule.rule]
        )
        for address in addresses:
            yield address, client.get(address).get_data(as_text=True)


def needles(runtime: Runtime) -> list[str]:
    """What must not be told of the parties: numbers and addresses of persons, telephones."""
    wanted: list[str] = []
    with runtime.reading() as connection:
        for party in connection.execute(select(Party)):
            details = party.details
            wanted += [details.get("legal_rep_id_no"), details.get("phone")]
            wanted += [one.get("id_no") for one in details.get("responsible") or []]
            if party.party_class == "individual":
                wanted += [party.code, details.get("address")]
    return [text for text in wanted if text]


def personal(text: str, wanted: list[str]) -> list[str]:
    """The personal details in a text."""
    plain = re.sub(r"<[^>]+>", " ", text)
    return [
        *(one for one in wanted if one in text),
        *IDENTITY.findall(plain),
        *MOBILE.findall(plain),
    ]


def test_the_search_finds_what_it_looks_for() -> None:
    # given a text with a number in full and one that is masked
    text = "<p>测试六 341702190001060065 和 341702********0065</p>"
    # when it is searched, then only the full one is found
    assert personal(text, []) == ["341702190001060065"]
