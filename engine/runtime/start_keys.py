"""Start keys: the same matter is started once, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from engine.bpmn.model import Binding
from engine.feel import Environment, compile_expression
from engine.identity import SYSTEM, User
from engine.runtime.deadlines import DeadlineBook
from engine.runtime.errors import Conflict
from engine.runtime.models import ProcessInstance

if TYPE_CHECKING:
    from engine.runtime.definitions import DeployedProcess
    from engine.runtime.instance import Instance
    from engine.runtime.transaction import Transaction

PROPERTY = "startKey"


def start_environment(tx: Transaction, horizon: int, user: User) -> Environment:
    """What the expressions of a start form and a start key may use."""
    calendar = tx.calendar_of(user.organisation_path)
    book = DeadlineBook(model=lambda: tx.deadline_model(horizon), calendar=calendar, clock=tx.clock)
    return Environment(clock=tx.clock, calendar=calendar, deadlines=book)


def start_key(
    deployed: DeployedProcess, variables: Mapping[str, object], environment: Environment
) -> str | None:
    """What the property `startKey` of a process says of these variables; None if nothing."""
    text = deployed.process.properties.get(PROPERTY)
    if not text:
        return None
    source = Binding(text=text)
    if not source.is_expression:
        return text
    value = compile_expression(source.source).evaluate(variables, environment).value
    return value if isinstance(value, str) and value else None


def started_before(tx: Transaction, process_id: str, key: str) -> int | None:
    """The instance that was started with this key."""
    return tx.connection.execute(_KNOWN, {"process": process_id, "start_key": key}).scalar()


def start_once(
    tx: Transaction,
    deployed: DeployedProcess,
    variables: Mapping[str, object],
    *,
    start_event_id: str,
    user: User = SYSTEM,
    organisation: str = "",
) -> Instance | None:
    """Start the process at an event; None, and no error, if its start key is known already."""
    horizon = tx.definitions.horizon(tx.connection)
    key = start_key(deployed, variables, start_environment(tx, horizon, user))
    if key is not None and started_before(tx, deployed.process_id, key) is not None:
        return None
    try:
        return tx.start(
            deployed,
            variables,
            user=user,
            horizon=horizon,
            start_event_id=start_event_id,
            organisation=organisation,
            start_key=key,
        )
    except IntegrityError as error:
        if key is None:
            raise
        raise Conflict(key=key) from error


_KNOWN = select(ProcessInstance.key).where(
    ProcessInstance.process_id == bindparam("process"),
    ProcessInstance.start_key == bindparam("start_key"),
)
