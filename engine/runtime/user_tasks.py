"""User tasks: how they open, who may work on them, what must hold before they are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.bpmn import Element, Token
from engine.bpmn.model import Binding
from engine.feel import compile_expression
from engine.runtime.timers import due_day_of

if TYPE_CHECKING:
    from engine.identity import User
    from engine.runtime.instance import Instance

CHECK = "check:"
"""Prefix of a property whose expression must be true before the task can be completed."""
DEFAULT_PRIORITY = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTask:
    """An open user task with what decides who may work on it."""

    key: int
    name: str
    element_id: str
    token_id: str
    form_key: int | None
    assignee: str | None
    organisation_path: str
    has_due_date: bool
    has_draft: bool
    groups: frozenset[str]
    users: frozenset[str]


def may_work_on(user: User, task: OpenTask) -> bool:
    """Whether the task is the user's to do: named, or of a candidate group in its organisation."""
    if task.assignee == user.login or user.login in task.users:
        return True
    if not task.groups and not task.users:
        return task.assignee is None and _near(user, task.organisation_path)
    return bool(task.groups & frozenset(user.roles)) and _near(user, task.organisation_path)


def _near(user: User, path: str) -> bool:
    """The task belongs to the user's unit, or to one around it within the own bureau.

    A bureau does not do the tasks of the bureau above it; city users do those of every unit.
    """
    if user.sees_all or not path:
        return True
    return user.organisation_path.startswith(path) and path.startswith(user.bureau_path)


def open_task(instance: Instance, token: Token) -> None:
    """A token entered a user task: write it with its form, its people and its due date."""
    element = token.element
    view = instance.view(token)
    instance.book.noted.clear()
    due_date, due_at = _due(instance, element, view)
    noted = list(instance.book.noted)
    instance.book.noted.clear()
    organisation = _organisation(instance, element, view)
    assignment = element.assignment
    form = instance.tx.form(element.form.form_id, instance.row.horizon) if element.form else None
    follow_up = _day(instance, element.schedule.follow_up_date if element.schedule else None, view)
    instance.tx.rows.user_task(
        instance,
        token,
        {
            "name": element.name or element.id,
            "name_en": element.properties.get("name:en", ""),
            "form_key": form.key if form else None,
            "assignee": _text(instance, assignment.assignee if assignment else None, view),
            "organisation": organisation,
            "organisation_path": instance.tx.path_of(organisation),
            "due_date": due_date,
            "due_at": due_at,
            "remind_at": instance.tx.now if due_date else None,
            "due_provisional": any(w.deadline.provisional for w in noted),
            "follow_up_date": follow_up,
            "priority": _priority(instance, element.priority, view),
        },
        groups=_names(instance, assignment.candidate_groups if assignment else None, view),
        users=_names(instance, assignment.candidate_users if assignment else None, view),
    )
    for worked_out in noted:
        instance.tx.rows.deadline(instance, token, worked_out, use="due_date")


def cancel(instance: Instance, token: Token) -> None:
    """The token was withdrawn: the task is nobody's any longer."""
    instance.tx.rows.end_user_task(instance, token, state="cancelled", user=None)


def unmet_checks(instance: Instance, token: Token, view: Mapping[str, object]) -> list[str]:
    """The messages of all conditions of the diagram that do not hold with these answers."""
    unmet = []
    for name, text in token.element.properties.items():
        if not name.startswith(CHECK):
            continue
        source = Binding(text=text if text.lstrip().startswith("=") else f"={text}").source
        if compile_expression(source).evaluate(view, instance.environment).value is not True:
            unmet.append(name.removeprefix(CHECK).strip())
    return unmet


def _due(
    instance: Instance, element: Element, view: Mapping[str, object]
) -> tuple[date | None, datetime | None]:
    binding = element.schedule.due_date if element.schedule else None
    if binding is None:
        return None, None
    value = instance.value(binding, view)
    due = due_day_of(value)
    if due is None:
        raise instance.failed(
            binding,
            view,
            element=element,
            purpose=("期限", "due date"),
            value=value,
            expected="date",
        )
    return due


def _organisation(instance: Instance, element: Element, view: Mapping[str, object]) -> str:
    text = element.properties.get("organisation")
    if not text:
        return instance.row.organisation
    value = instance.value(Binding(text=text), view)
    return value if isinstance(value, str) and value else instance.row.organisation


def _day(instance: Instance, binding: Binding | None, view: Mapping[str, object]) -> date | None:
    due = due_day_of(instance.value(binding, view)) if binding else None
    return due[0] if due else None


def _text(instance: Instance, binding: Binding | None, view: Mapping[str, object]) -> str | None:
    value = instance.value(binding, view) if binding else None
    return value if isinstance(value, str) and value else None


def _priority(instance: Instance, binding: Binding | None, view: Mapping[str, object]) -> int:
    value = instance.value(binding, view) if binding else None
    if isinstance(value, str) and value.isdigit():
        value = Decimal(value)
    return int(value) if isinstance(value, Decimal | int) else DEFAULT_PRIORITY


def _names(instance: Instance, binding: Binding | None, view: Mapping[str, object]) -> list[str]:
    value = instance.value(binding, view) if binding else None
    if isinstance(value, str):
        value = value.split(",")
    return [str(name).strip() for name in value if name] if isinstance(value, list) else []
