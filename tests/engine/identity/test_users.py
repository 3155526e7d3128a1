from __future__ import annotations

import pytest
from sqlalchemy import Connection, update

from engine.identity import (
    SYSTEM,
    demonstration_people,
    load_user,
    load_user_by_key,
    people_with_role,
)
from engine.identity.errors import NotPermitted, UnknownUser
from engine.identity.models import UserAccount


def test_a_county_clerk_sees_the_own_bureau_and_nobody_elses(connection: Connection) -> None:
    clerk = load_user(connection, "gc_xb01")
    assert clerk.sees("CZ/CZ-GC/CZ-GC-JB/")
    assert not clerk.sees("CZ/CZ-DZ/CZ-DZ-JB/")
    assert not clerk.sees("CZ/")


def test_city_users_see_every_bureau(connection: Connection) -> None:
    assert load_user(connection, "cz_xb01").sees("CZ/CZ-QY/")


def test_a_person_of_an_authority_outside_sees_nothing_of_the_bureaus(
    connection: Connection,
) -> None:
    assert not load_user(connection, "xyb01").sees("CZ/")


def test_what_a_person_may_do_follows_from_the_roles(connection: Connection) -> None:
    assert load_user(connection, "gc_xb02").may("task.reassign")
    assert not load_user(connection, "gc_xb01").may("task.reassign")
    assert load_user(connection, "jh_jb01").roles == {"R1", "R2"}


def test_a_permission_that_does_not_exist_is_a_fault_of_the_program(
    connection: Connection,
) -> None:
    with pytest.raises(KeyError):
        load_user(connection, "gc_xb01").may("task.fly")


def test_what_is_not_permitted_is_said_in_words(connection: Connection) -> None:
    with pytest.raises(NotPermitted) as refused:
        load_user(connection, "gc_jb01").require("definition.deploy")
    assert "部署流程" in refused.value.message("zh")
    assert "deploy diagrams" in refused.value.message("en")


def test_a_user_who_is_switched_off_is_not_known_any_more(connection: Connection) -> None:
    clerk = load_user(connection, "gc_xb01")
    connection.execute(update(UserAccount).where(UserAccount.key == clerk.key).values(active=False))
    with pytest.raises(UnknownUser):
        load_user(connection, "gc_xb01")
    with pytest.raises(UnknownUser):
        load_user_by_key(connection, clerk.key)


def test_people_of_a_role_are_found_within_a_bureau(connection: Connection) -> None:
    people = people_with_role(connection, {"R8"}, "CZ/CZ-GC/")
    assert [person.login for person in people] == ["gc_sd01", "gc_sd02"]


def test_every_role_of_the_scheme_has_somebody_in_the_demonstration(
    connection: Connection,
) -> None:
    roles = {
        role
        for person in demonstration_people(connection)
        for role in load_user(connection, person.login).roles
    }
    assert roles == {f"R{number}" for number in range(1, 16)}


def test_the_product_itself_may_everything() -> None:
    assert SYSTEM.may("instance.intervene")
    assert SYSTEM.sees("CZ/")
