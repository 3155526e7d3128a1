"""To whom a task may be handed: the people who may work on it."""

from __future__ import annotations

from sqlalchemy import Connection

from engine.identity import Person, bureau_of, bureaus, load_user, people_with_role
from engine.identity.errors import UnknownOrganisation, UnknownUser
from engine.runtime.queries.same_person import barred
from engine.runtime.queries.task import TaskRecord


def receivers_of(connection: Connection, task: TaskRecord, giver: str) -> tuple[Person, ...]:
    """The people of the task's groups and unit, without `giver` and whoever has it now.

    Those who did a step that must be another person's are left out.
    """
    taken = {giver, task.assignee}
    people = {person.login: person for person in people_with_role(connection, task.groups, "")}
    path = task.organisation_path
    others = _bureaus_below(connection, path)
    near = [
        person
        for person in people.values()
        if person.organisation_path.startswith(path)
        and not any(person.organisation_path.startswith(other) for other in others)
    ]
    near += [person for login in task.users if (person := _person(connection, login)) is not None]
    return tuple(
        person
        for person in near
        if person.login not in taken
        and not barred(connection, person.login, [(task, task.element)])
    )


def _bureaus_below(connection: Connection, path: str) -> list[str]:
    """The bureaus below the one the task belongs to; their people have tasks of their own."""
    if not path:
        return []
    try:
        own = bureau_of(connection, path).path
    except UnknownOrganisation:
        return []
    return [
        unit.path for unit in bureaus(connection) if unit.path != own and unit.path.startswith(own)
    ]


def _person(connection: Connection, login: str) -> Person | None:
    try:
        user = load_user(connection, login)
    except UnknownUser:
        return None
    return Person(
        key=user.key,
        login=user.login,
        name=user.name,
        post=user.post,
        post_en=user.post_en,
        organisation=user.organisation,
        organisation_path=user.organisation_path,
        organisation_name=user.organisation_name,
        organisation_name_en=user.organisation_name_en,
    )
