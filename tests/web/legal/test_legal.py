"""The legal risk is shown where the program begins, not hidden."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.identity import SYSTEM
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy
from engine.shipped import shipped_folder


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_sign_in_page_tells_the_risk_and_leads_to_the_rules(client: FlaskClient) -> None:
    assert "国办发〔2020〕49号" in client.get("/login").text
    page = client.get("/about/legal")
    assert page.status_code == 200
    assert "seed-2021" in page.text
    assert "交通出行限制" in page.text


def test_under_the_national_profile_measures_without_a_basis_are_not_there(
    client: FlaskClient, runtime: Runtime
) -> None:
    # given the owner switches the profile
    text = (shipped_folder("dmn") / "measures.dmn").read_text(encoding="utf-8")
    switched = text.replace('else "seed-2021"', 'else "national-2026"')
    assert switched != text
    file = SourceFile(name="measures.dmn", content=switched.encode())
    runtime.execute(Deploy(files=[file], note="切换口径", user=SYSTEM))
    # when anybody looks
    page = client.get("/about/legal").text
    # then the profile is named, and a measure that needs a document it does not have is not listed
    assert "national-2026" in page
    assert "交通出行限制" not in page
    assert "限制评先评优" in page
