"""Who works here, with which roles; read only."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from engine.identity import bureaus, units_below
from engine.runtime.queries.people import people_with_roles, roles
from web.admin.room import room
from web.engine_room import reading
from web.layout.navigation import navigation
from web.security import requires, the_user


@room.get("/users")
@requires("user.view")
def users() -> str:
    user = the_user()
    unit, role = request.args.get("unit", ""), request.args.get("role", "")
    with reading() as connection:
        found = people_with_roles(connection, "" if user.sees_all else user.bureau_path)
        units = [one for one in bureaus(connection) if user.sees(one.path)]
        all_roles = roles(connection)
        names = {one.path: one for one in units_below(connection)}
    path = next((one.path for one in units if one.code == unit), "")
    shown = [
        line
        for line in found
        if line.person.organisation_path.startswith(path)
        and (not role or any(one.code == role for one in line.roles))
    ]
    return render_template(
        "admin/users.html",
        people=shown,
        units=units,
        roles=all_roles,
        names=names,
        unit=unit,
        role=role,
    )


navigation.add("administration", _l("用户"), "admin.users", "user.view", order=10)
