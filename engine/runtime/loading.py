"""Reading an instance back: its row, its tokens, its open variables."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select

from engine.identity.models import Organisation
from engine.runtime.errors import NotFound
from engine.runtime.instance import Instance, InstanceRow
from engine.runtime.models import ProcessInstance, TokenState, Variable
from engine.runtime.variables import Variables

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


def root_of(connection: Connection, key: int) -> int:
    """The key of the outermost instance around `key`. Raises `NotFound`."""
    root_key = connection.execute(_ROOT, {"of": key}).scalar()
    if root_key is None:
        raise NotFound(what="流程实例", key=key)
    return int(root_key)


def lock(connection: Connection, root_key: int) -> None:
    """Hold the row of the outermost instance until the transaction ends.

    On SQLite the transaction holds the whole database already (`BEGIN IMMEDIATE`).
    """
    if connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"of": root_key})


def called_by(connection: Connection, caller_key: int, token_id: str) -> int | None:
    """The active instance that a call activity's token waits for."""
    return connection.execute(_CALLED, {"of": caller_key, "token": token_id}).scalar()


def organisation_path(connection: Connection, code: str) -> str:
    """The path of an organisation; an unknown code is a tree of its own."""
    if not code:
        return ""
    return connection.execute(_PATH, {"code": code}).scalar() or f"{code}/"


def load(tx: Transaction, key: int) -> Instance:
    """An instance as it was left by the last command. Raises `NotFound`."""
    row = tx.connection.execute(_INSTANCE, {"of": key}).one_or_none()
    if row is None:
        raise NotFound(what="流程实例", key=key)
    deployed = tx.definitions.process(tx.connection, row.process_definition_key)
    scopes: dict[str, dict[str, str]] = defaultdict(dict)
    for scope_id, name, value in tx.connection.execute(_VARIABLES, {"of": key}):
        scopes[scope_id][name] = value
    instance = Instance(
        tx,
        InstanceRow(
            key=row.key,
            root_key=row.root_key,
            parent_key=row.parent_key,
            parent_token_id=row.parent_token_id,
            process_definition_key=row.process_definition_key,
            horizon=row.horizon,
            state=row.state,
            business_key=row.business_key,
            subject=row.subject,
            subject_code=row.subject_code,
            subject_kind=row.subject_kind,
            organisation=row.organisation,
            organisation_path=row.organisation_path,
            ended_at=row.ended_at,
            end_element_id=row.end_element_id,
        ),
        deployed,
        Variables(scopes),
    )
    instance.revision = row.revision
    instance.flows = Counter(row.flows)
    instance.execution = deployed.compiled.load(row.tokens, instance)
    return instance


_ROOT = select(ProcessInstance.root_key).where(ProcessInstance.key == bindparam("of"))
_LOCK = select(ProcessInstance.key).where(ProcessInstance.key == bindparam("of")).with_for_update()
_CALLED = select(ProcessInstance.key).where(
    ProcessInstance.parent_key == bindparam("of"),
    ProcessInstance.parent_token_id == bindparam("token"),
    ProcessInstance.state == "active",
)
_PATH = select(Organisation.path).where(Organisation.code == bindparam("code"))
_INSTANCE = (
    select(
        ProcessInstance.key,
        ProcessInstance.root_key,
        ProcessInstance.parent_key,
        ProcessInstance.parent_token_id,
        ProcessInstance.process_definition_key,
        ProcessInstance.horizon,
        ProcessInstance.state,
        ProcessInstance.business_key,
        ProcessInstance.subject,
        ProcessInstance.subject_code,
        ProcessInstance.subject_kind,
        ProcessInstance.organisation,
        ProcessInstance.organisation_path,
        ProcessInstance.ended_at,
        ProcessInstance.end_element_id,
        TokenState.revision,
        TokenState.tokens,
        TokenState.flows,
    )
    .join(TokenState, TokenState.instance_key == ProcessInstance.key)
    .where(ProcessInstance.key == bindparam("of"))
)
_VARIABLES = select(Variable.scope_id, Variable.name, Variable.value).where(
    Variable.instance_key == bindparam("of"), Variable.scope_open.is_(True)
)
