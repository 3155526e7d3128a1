"""The list for staff: entries, and everything that followed from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from engine.identity import load_user
from engine.register.channels import rehearsing
from engine.scenario.desk import Desk
from engine.scenario.reader import read_scenarios
from engine.scenario.runner import perform
from web.app import create_app
from web.config import Config

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SignIn = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def client_as(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """The program after a person of 贵池 was listed, published, repaired and removed (T17)."""
    (scenario,) = read_scenarios(SCENARIOS / "T17.yaml")
    desk = Desk(folder=scenario.folder)
    with rehearsing():
        for _phase, _act, step in scenario.steps():
            assert perform(desk, step) is None
        config = Config(
            database_url="sqlite://",
            secret_key="x",
            var=tmp_path_factory.mktemp("var"),
            demonstration=False,
            testing=True,
        )
        app = create_app(config, desk.runtime)

        def sign_in(login: str) -> FlaskClient:
            client = app.test_client()
            with desk.runtime.reading() as connection:
                user = load_user(connection, login)
            with client.session_transaction() as session:
                session["_user_id"] = str(user.key)
                session["_fresh"] = True
            return client

        yield sign_in


def test_the_list_names_the_party_masked_and_how_the_entry_stands(client_as: SignIn) -> None:
    page = client_as("gc_xb01").get("/register").text
    assert "测试六" in page
    assert "341702********0065" in page
    assert "341702190001060065" not in page
    assert "已移出（修复）" in page


def test_the_list_is_narrowed_by_standing_and_words(client_as: SignIn) -> None:
    client = client_as("gc_xb01")
    assert "测试六" not in client.get("/register?standing=in_force").text
    assert "测试六" in client.get("/register?standing=ended").text
    assert "测试六" in client.get("/register?q=贵社信列〔2025〕1号").text
    assert "测试六" in client.get("/register?q=341702190001060065").text
    # a part of a person's number finds nothing: it could be guessed bit by bit
    assert "测试六" not in client.get("/register?q=3417021900010600").text


def test_another_county_sees_nothing_of_it(client_as: SignIn) -> None:
    client = client_as("dz_xb01")
    assert "测试六" not in client.get("/register").text
    for tab in ("", "/publications", "/measures", "/course", "/documents"):
        assert client.get(f"/register/entries/1{tab}").status_code == 403


def test_every_tab_tells_what_followed(client_as: SignIn) -> None:
    client = client_as("gc_xb01")
    overview = client.get("/register/entries/1").text
    assert "信用修复" in overview
    assert "推送公示" in overview
    publications = client.get("/register/entries/1/publications").text
    assert "人力资源社会保障门户网站" in publications
    assert "列入公示" in publications
    measures = client.get("/register/entries/1/measures").text
    assert "记入社会保险公共信用档案" in measures
    course = client.get("/register/entries/1/course").text
    assert "2025-10-10 10:00 起生效" in course
    documents = client.get("/register/entries/1/documents").text
    assert "贵社信修〔2025〕1号" in documents


def test_the_list_goes_into_a_table_without_full_numbers(client_as: SignIn) -> None:
    answer = client_as("gc_xb01").get("/register.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    (row,) = list(sheet.iter_rows(min_row=2, values_only=True))
    assert row[:3] == ("贵社信列〔2025〕1号", "测试六", "341702********0065")


def test_an_entry_that_is_not_there_says_so(client_as: SignIn) -> None:
    answer = client_as("gc_xb01").get("/register/entries/999")
    assert answer.status_code in (404, 422)
    assert "名单中没有" in answer.text
