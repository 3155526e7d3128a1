"""What the row of an instance says about it: whom it is about, its business key, its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.bpmn.model import Binding
from engine.runtime.models import ProcessInstance, Variable

if TYPE_CHECKING:
    from engine.runtime.instance import Instance

_COLUMNS = {
    "subject": "subject",
    "subjectCode": "subject_code",
    "subjectKind": "subject_kind",
    "businessKey": "business_key",
    "organisation": "organisation",
}
"""Property of the process that holds an expression, and the column its value goes to."""


def place(instance: Instance) -> None:
    """Work out the columns that lists and searches show, from the properties of the process."""
    if not instance.variables.root_changed() and not instance.is_new and instance.row.key:
        return
    view = instance.view(None)
    for name, column in _COLUMNS.items():
        text = instance.deployed.process.properties.get(name)
        if not text:
            continue
        value = instance.value(Binding(text=text), view)
        if isinstance(value, str) and value:
            setattr(instance.row, column, value)
    instance.row.organisation_path = instance.tx.path_of(instance.row.organisation)


def update_row(connection: Connection, instance: Instance) -> None:
    """Write the row of the instance."""
    row = instance.row
    connection.execute(
        _UPDATE,
        {
            "of": row.key,
            "new_state": row.state,
            "new_business_key": row.business_key,
            "new_subject": row.subject,
            "new_subject_code": row.subject_code,
            "new_subject_kind": row.subject_kind,
            "new_organisation": row.organisation,
            "new_organisation_path": row.organisation_path,
            "new_ended_at": row.ended_at,
            "new_end_element_id": row.end_element_id,
        },
    )


def upsert_variable(connection: Connection) -> postgresql.Insert | sqlite.Insert:
    """The statement that sets variables, new or not."""
    return _UPSERT_SQLITE if connection.dialect.name == "sqlite" else _UPSERT_POSTGRESQL


_UPDATE = (
    update(ProcessInstance)
    .where(ProcessInstance.key == bindparam("of"))
    .values(
        state=bindparam("new_state"),
        business_key=bindparam("new_business_key"),
        subject=bindparam("new_subject"),
        subject_code=bindparam("new_subject_code"),
        subject_kind=bindparam("new_subject_kind"),
        organisation=bindparam("new_organisation"),
        organisation_path=bindparam("new_organisation_path"),
        ended_at=bindparam("new_ended_at"),
        end_element_id=bindparam("new_end_element_id"),
    )
)
_KEYS = ("instance_key", "scope_id", "name")
_SQLITE = sqlite.insert(Variable)
_UPSERT_SQLITE = _SQLITE.on_conflict_do_update(
    index_elements=_KEYS,
    set_={"value": _SQLITE.excluded.value, "changed_at": _SQLITE.excluded.changed_at},
)
_POSTGRESQL = postgresql.insert(Variable)
_UPSERT_POSTGRESQL = _POSTGRESQL.on_conflict_do_update(
    index_elements=_KEYS,
    set_={"value": _POSTGRESQL.excluded.value, "changed_at": _POSTGRESQL.excluded.changed_at},
)
