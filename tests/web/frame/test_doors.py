"""Who may come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import VirtualClock
from engine.identity import demonstration_password
from web.security import guard_of

SignIn = Callable[[str], FlaskClient]


def test_a_stranger_is_sent_to_the_login_page_and_back_afterwards(client: FlaskClient) -> None:
    # given somebody who asks for a page without having signed in
    asked = client.get("/search?q=91340100")
    assert asked.status_code == 302
    assert asked.location == "/login?next=/search?q%3D91340100"
    # when the right password is given
    entered = client.post(
        "/login",
        data={
            "login": "gc_xb01",
            "password": demonstration_password(),
            "next": "/search?q=91340100",
        },
    )
    # then that page is shown
    assert entered.location == "/search?q=91340100"
    assert client.get(entered.location).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_somebody_elses_page(client: FlaskClient, elsewhere: str) -> None:
    entered = client.post(
        "/login",
        data={"login": "gc_xb01", "password": demonstration_password(), "next": elsewhere},
    )
    assert entered.location.startswith("/")
    assert "example" not in entered.location


def test_a_wrong_password_keeps_the_login_and_says_so_in_both_languages(
    client: FlaskClient,
) -> None:
    answer = client.post("/login", data={"login": "gc_xb01", "password": "wrong"})
    assert answer.status_code == 401
    assert "账号或密码不正确" in answer.text
    assert 'value="gc_xb01"' in answer.text
    client.post("/language", data={"language": "en"})
    assert "Login or password is not right" in client.post("/login", data={"login": "x"}).text


def test_after_five_failures_the_door_stays_shut(client: FlaskClient) -> None:
    for _ in range(5):
        client.post("/login", data={"login": "gc_xb01", "password": "wrong"})
    answer = client.post("/login", data={"login": "gc_xb01", "password": demonstration_password()})
    assert answer.status_code == 429
    assert "15 分钟" in answer.text


def test_signing_out_ends_the_session(client_as: SignIn) -> None:
    client = client_as("gc_xb01")
    assert client.get("/search").status_code == 200
    client.post("/logout")
    assert client.get("/search").status_code == 302


def test_demonstration_logins_stand_on_the_login_page_of_a_demonstration_only(
    app: Flask, client: FlaskClient
) -> None:
    assert "gc_xb01" in client.get("/login").text
    app.config["DEMONSTRATION"] = False
    assert "gc_xb01" not in client.get("/login").text


def test_a_form_without_its_token_is_refused_with_words(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/login", data={"login": "gc_xb01", "password": "x"})
    assert answer.status_code == 400
    assert "这次提交没有被接受" in answer.text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_every_view_says_who_may_see_it(app: Flask) -> None:
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if guard_of(view) is None and endpoint != "static"
    ]
    assert not silent


def test_a_view_that_says_nothing_is_shut(app: Flask, client_as: SignIn) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = client_as("cz_lc01").get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/static/mark.svg", "/studio/x"])
def test_every_answer_carries_the_strict_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    headers = answer.headers
    answer.close()
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert ("unsafe-inline" in policy) == path.startswith("/studio/")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_account_switched_off_is_out_at_once(
    app: Flask, client_as: SignIn, clock: VirtualClock
) -> None:
    client = client_as("gc_xb01")
    with app.extensions["chengxin"].engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user_account SET active = 0 WHERE login = 'gc_xb01'")
    assert client.get("/search").status_code == 302
