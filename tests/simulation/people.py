"""The people of the bureaus, and who of them may do a task."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.identity import User, load_user
from engine.identity.models import UserAccount
from engine.runtime import Runtime
from engine.runtime.user_tasks import OpenTask, may_work_on

FILE = Path(__file__).with_name("people.yaml")
"""People beside those of the demonstration: every unit that reports has a collector, and so on."""


class People:
    """Everybody who can sign in."""

    def __init__(self, runtime: Runtime) -> None:
        with runtime.reading() as connection:
            logins = connection.scalars(select(UserAccount.login).order_by(UserAccount.login)).all()
            self._users = {login: load_user(connection, login) for login in logins}

    def named(self, login: str) -> User:
        """The person with this login."""
        return self._users[login]

    def of(self, role: str, unit: str) -> list[User]:
        """The people of a unit with a role."""
        return [u for u in self._users.values() if role in u.roles and u.organisation == unit]

    def able(self, task: Any, groups: frozenset[str], users: frozenset[str]) -> list[User]:
        """Who may do an open task; those of the own bureau before those of the city."""
        sought = OpenTask(
            key=task.key, name=task.name, element_id=task.element_id, token_id=task.token_id,
            form_key=task.form_key, assignee=task.assignee,
            organisation_path=task.organisation_path, has_due_date=task.due_date is not None,
            has_draft=False, groups=groups, users=users,
        )  # fmt: skip
        able = [user for user in self._users.values() if may_work_on(user, sought)]
        return sorted(able, key=lambda user: not task.organisation_path.startswith(
            user.bureau_path) or user.bureau_path == "CZ/" != task.organisation_path)  # fmt: skip

    def unable(self, able: list[User]) -> list[User]:
        """Everybody else."""
        return [user for user in self._users.values() if user not in able]
