from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from engine.identity import (
    DEMONSTRATION,
    ORGANISATION,
    find_unit,
    load_organisation,
    load_user,
    units_below,
)
from engine.identity.errors import OrganisationFileInvalid, UnknownOrganisation
from engine.identity.models import RolePermission, UserAccount, UserRole


def test_a_sub_unit_lies_below_its_bureau_in_the_tree(connection: Connection) -> None:
    unit = find_unit(connection, "CZ-GC-JB")
    assert (unit.path, unit.name) == ("CZ/CZ-GC/CZ-GC-JB/", "贵池区社会保险经办机构")
    assert not unit.bureau


def test_every_county_has_its_seven_sub_units_and_its_leadership(connection: Connection) -> None:
    for county in ("CZ-GC", "CZ-DZ", "CZ-ST", "CZ-QY"):
        assert len(units_below(connection, f"CZ/{county}/")) == 9


def test_an_unknown_unit_is_named_in_the_error(connection: Connection) -> None:
    with pytest.raises(UnknownOrganisation) as refused:
        find_unit(connection, "CZ-XX")
    assert "CZ-XX" in refused.value.message("zh")


def test_loading_twice_changes_nothing(connection: Connection) -> None:
    # given what a first load left, and a user who has chosen English
    connection.execute(
        update(UserAccount).where(UserAccount.login == "gc_xb01").values(language="en")
    )
    before = _everything(connection)
    # when the same files are loaded again
    load_organisation(connection, ORGANISATION)
    load_organisation(connection, DEMONSTRATION)
    # then passwords, languages, roles and permissions are those of before
    assert _everything(connection) == before
    assert load_user(connection, "gc_xb01").language == "en"


def test_a_role_loses_what_the_file_no_longer_gives_it(
    connection: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "roles.yaml"
    file.write_text("roles: [{code: R14, name: 查询员, may: [case.view]}]", encoding="utf-8")
    load_organisation(connection, file)
    user = load_user(connection, "cz_zb01")
    assert user.may("case.view")
    assert not user.may("register.precheck")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("roles: [{code: R1, name: x, may: [task.fly]}]", "task.fly"),
        ("users: [{login: a, name: b, unit: NOWHERE, roles: []}]", "NOWHERE"),
        ("users: [{login: a, name: b, unit: CZ, roles: [R99]}]", "R99"),
        ("units: [{code: A, name: a}, {code: A, name: b}]", "重复"),
        ("units: [{code: A, name: a, sub_units: [ZZ]}]", "ZZ"),
        ("- a list", "units"),
    ],
)
def test_a_contradiction_is_named_and_nothing_is_written(
    connection: Connection, tmp_path: Path, content: str, named: str
) -> None:
    before = _everything(connection)
    file = tmp_path / "wrong.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(OrganisationFileInvalid) as refused:
        load_organisation(connection, file)
    assert named in refused.value.message("zh")
    assert _everything(connection) == before


def _everything(connection: Connection) -> tuple[object, ...]:
    return (
        connection.execute(select(UserAccount.__table__).order_by(UserAccount.key)).all(),
        connection.scalar(select(func.count()).select_from(UserRole)),
        connection.scalar(select(func.count()).select_from(RolePermission)),
    )
