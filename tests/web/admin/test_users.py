from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

Browser = Callable[[str], FlaskClient]


def test_people_are_listed_with_unit_and_roles(client_as: Browser) -> None:
    page = client_as("cz_lc01").get("/admin/users").get_data(as_text=True)
    assert "gc_xb01" in page
    assert "陈建平" in page
    assert "R3 信用办经办人" in page


def test_the_head_of_a_county_sees_its_own_people(client_as: Browser) -> None:
    page = client_as("dz_xb02").get("/admin/users").get_data(as_text=True)
    assert "dz_jb01" in page
    assert "gc_xb01" not in page


def test_people_can_be_filtered_by_unit_and_role(client_as: Browser) -> None:
    page = client_as("cz_lc01").get("/admin/users?unit=CZ-QY&role=R6").get_data(as_text=True)
    assert "qy_ld01" in page
    assert "qy_xb01" not in page
    assert "gc_ld01" not in page


def test_a_filter_that_finds_nobody_says_so(client_as: Browser) -> None:
    page = client_as("cz_lc01").get("/admin/users?unit=CZ-QY&role=R9").get_data(as_text=True)
    assert "没有这样的用户" in page


def test_clerks_do_not_look_at_users(client_as: Browser) -> None:
    assert client_as("gc_xb01").get("/admin/users").status_code == 403
