"""What every page has around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from engine.errors import ChengxinError
from engine.identity import User
from engine.identity.errors import UnknownUser
from engine.runtime.errors import Conflict
from web.layout.navigation import Navigation, navigation
from web.search import Hit, search_sources
from web.security import public, requires, signed_in_only

SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def room(app: Flask) -> Blueprint:
    """A room with a page for those who see tasks, one for owners, and ones that fail."""
    room = Blueprint("room", __name__)

    @room.get("/room/tasks")
    @requires("task.view")
    def tasks() -> str:
        return "tasks"

    @room.get("/room/deploy")
    @requires("definition.deploy")
    def deploy() -> str:
        return "deployed"

    @room.get("/room/conflict")
    @signed_in_only
    def conflict() -> str:
        raise Conflict(key=7)

    @room.get("/room/fault")
    @public
    def fault() -> str:
        raise ZeroDivisionError

    app.register_blueprint(room)
    return room


@pytest.fixture
def empty_navigation(monkeypatch: pytest.MonkeyPatch) -> Navigation:
    monkeypatch.setattr(navigation, "entries", {})
    return navigation


def test_a_page_names_the_day_and_what_kind_of_day_it_is(client_as: SignIn) -> None:
    page = client_as("gc_xb01").get("/search").text
    assert "2026-02-14 周六" in page
    assert "调休上班" in page


def test_a_page_is_chinese_first_and_english_when_chosen(client_as: SignIn) -> None:
    client = client_as("gc_xb01")
    assert '<html lang="zh-CN">' in client.get("/search").text
    client.post("/language", data={"language": "en", "next": "/search"})
    page = client.get("/search").text
    assert '<html lang="en">' in page
    assert "make-up working day" in page
    assert "Guichi" in page


def test_the_language_is_remembered_with_the_account(app: Flask, client_as: SignIn) -> None:
    client_as("gc_xb01").post("/language", data={"language": "en"})
    assert '<html lang="en">' in client_as("gc_xb01").get("/search").text


def test_the_navigation_shows_what_a_person_may_do_and_how_much_waits(
    client_as: SignIn, room: Blueprint, empty_navigation: Navigation
) -> None:
    # given an entry for clerks, with a count, and one for process owners
    empty_navigation.add("work", "待办事项", "room.tasks", "task.view", count=lambda _c, _u: 1234)
    empty_navigation.add("design", "部署流程", "room.deploy", "definition.deploy")
    # when a clerk and a process owner look
    clerk = client_as("gc_xb01").get("/search").text
    owner = client_as("cz_lc01").get("/search").text
    # then each sees the own one, and no number beyond 999+
    assert "待办事项" in clerk
    assert "999+" in clerk
    assert "部署流程" not in clerk
    assert "部署流程" in owner
    assert "待办事项" not in owner


def test_home_is_where_a_persons_work_begins(
    client_as: SignIn, room: Blueprint, empty_navigation: Navigation
) -> None:
    empty_navigation.add("work", "待办", "room.tasks", "task.view")
    assert client_as("gc_xb01").get("/").location == "/room/tasks"
    assert "还没有为您开放的功能" in client_as("cz_lc01").get("/").text


def test_what_a_person_may_not_do_is_refused_in_words(client_as: SignIn, room: Blueprint) -> None:
    answer = client_as("gc_xb01").get("/room/deploy")
    assert answer.status_code == 403
    assert "部署流程" in answer.text


def test_a_missing_page_says_what_to_do(client_as: SignIn) -> None:
    answer = client_as("gc_xb01").get("/nothing")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_a_conflict_is_a_page_for_people_and_a_problem_for_programs(
    client_as: SignIn, room: Blueprint
) -> None:
    client = client_as("gc_xb01")
    page = client.get("/room/conflict")
    assert page.status_code == 409
    assert "刚刚被他人更新" in page.text
    problem = client.get("/room/conflict", headers={"Accept": "application/json"})
    assert problem.status_code == 409
    assert problem.mimetype == "application/problem+json"
    assert problem.json is not None
    assert problem.json["type"] == "urn:chengxin:Conflict"
    assert "流程实例 7" in problem.json["detail"]


def test_a_fault_of_the_program_shows_nothing_of_its_inside(
    app: Flask, client: FlaskClient, room: Blueprint
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/room/fault")
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "ZeroDivision" not in answer.text


def test_an_error_nobody_gave_a_status_is_one_the_person_can_act_on() -> None:
    from web.errors import status_of

    class Surprise(ChengxinError):
        zh = en = "x"

    assert status_of(Surprise()) == 422
    assert status_of(UnknownUser(login="x")) == 404


def test_the_search_asks_every_source_the_person_may_see(
    client_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(_connection: object, _user: User, words: str, limit: int) -> list[Hit]:
        return [Hit(title=f"{words} {n}", line="", address="/x") for n in range(limit)]

    monkeypatch.setattr(search_sources, "sources", {})
    search_sources.add("case", "案件", "case.view", find)
    page = client_as("gc_xb01").get("/search?q=鑫").text
    assert page.count('href="/x"') == 8
    assert "还有更多" in page
    assert "没有找到" in client_as("cz_zb01").get("/search?q=鑫").text


def test_the_licences_of_what_is_built_in_are_shown(client: FlaskClient) -> None:
    assert client.get("/about/licences").status_code == 200
