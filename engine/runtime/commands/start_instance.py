"""Start a process instance, by its start form if it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from engine.feel import Environment
from engine.identity import SYSTEM, User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import AlreadyStarted, NotPermitted
from engine.runtime.start_keys import start_environment, start_key, started_before
from engine.runtime.subjects import require_subject

if TYPE_CHECKING:
    from engine.bpmn import Element
    from engine.runtime.definitions import DeployedProcess
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class StartInstance(Command):
    """Start the latest version of a process. Gives the key of the new instance.

    `variables` pass the start form, if there is one: `FormInvalid` names every bad field. A start
    key that was used before raises `AlreadyStarted`.
    """

    process_id: str
    user: User
    variables: Mapping[str, object] = field(default_factory=dict)
    business_key: str | None = None
    organisation: str = ""


@handles(StartInstance)
def start_instance(command: StartInstance, tx: Transaction) -> int:
    horizon = tx.definitions.horizon(tx.connection)
    deployed = tx.definitions.process_as_of(tx.connection, command.process_id, horizon)
    _require_group(deployed, command.user)
    environment = start_environment(tx, horizon, command.user)
    variables = _checked(tx, deployed, horizon, command.variables, environment)
    require_subject(tx.connection, deployed.process.properties, variables, command.user)
    key = start_key(deployed, variables, environment)
    known = started_before(tx, command.process_id, key) if key is not None else None
    if known is not None:
        raise AlreadyStarted(key=known)
    try:
        instance = tx.start(
            deployed,
            variables,
            user=command.user,
            horizon=horizon,
            start_event_id=None,
            organisation=command.organisation or command.user.organisation,
            start_key=key,
            business_key=command.business_key,
        )
    except IntegrityError as error:
        if key is None:
            raise
        raise AlreadyStarted(key=key) from error
    _require_own_unit(instance, command.user)
    return instance.key


def may_begin(start: Element, user: User) -> bool:
    """Whether a start event is for this person: one without candidate groups is for everybody."""
    assigned = start.assignment.candidate_groups if start.assignment else None
    if assigned is None or assigned.is_expression or user == SYSTEM:
        return True
    return not user.roles.isdisjoint(name.strip() for name in assigned.text.split(","))


def _require_group(deployed: DeployedProcess, user: User) -> None:
    start = none_start_of(deployed)
    if start is not None and not may_begin(start, user):
        name, name_en = start.name or start.id, start.properties.get("name:en") or start.id
        raise NotPermitted(
            action=f"登记「{name}」",
            action_en=f"begin with '{name_en}'",
            reason="不属于您的岗位",
            reason_en="it is for people of another role",
        )


def _require_own_unit(instance: Instance, user: User) -> None:
    """A person starts cases of the own bureau; city users of every one."""
    if not user.sees(instance.row.organisation_path):
        raise NotPermitted(
            action="为其他单位登记",
            action_en="start a case of another unit",
            reason=f"单位 {instance.row.organisation} 不在您的管辖范围",
            reason_en=f"unit {instance.row.organisation} is not yours",
        )


def none_start_of(deployed: DeployedProcess) -> Element | None:
    """The start event at which a person or a program starts the process."""
    for element in deployed.process.children_of(deployed.process_id):
        if element.kind == "startEvent" and (element.event is None or element.event.kind == "none"):
            return element
    return None


def _checked(
    tx: Transaction, deployed: DeployedProcess, horizon: int, variables: Mapping[str, object],
    environment: Environment,
) -> Mapping[str, object]:  # fmt: skip
    start = none_start_of(deployed)
    if start is None or start.form is None:
        return variables
    form = tx.form(start.form.form_id, horizon).form
    return form.answers(variables, context={}, environment=environment)
