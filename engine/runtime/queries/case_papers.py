"""What is laid to a case: files, remarks, the forms that were filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.bpmn import Element
from engine.feel import decode
from engine.identity import User
from engine.runtime.definitions import DeployedForm
from engine.runtime.errors import NoSuchDefinition, NotFound
from engine.runtime.models import (
    Attachment,
    Comment,
    ElementInstance,
    ProcessInstance,
    UserTask,
    Variable,
)
from engine.runtime.queries.case_page import require_sees
from engine.runtime.queries.instance_page import InstanceHead
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.visible import names_of_people
from engine.runtime.variables import ROOT


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """An attachment without its content."""

    key: int
    file_name: str
    content_type: str
    size: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A comment."""

    key: int
    person: str
    text: str
    at: datetime


def files_of(connection: Connection, root_key: int) -> tuple[CaseFile, ...]:
    """The attachments of a case, the oldest first."""
    rows = connection.execute(
        select(
            Attachment.key,
            Attachment.file_name,
            Attachment.content_type,
            Attachment.size,
            Attachment.sha256,
            Attachment.uploaded_by,
            Attachment.uploaded_at,
        )
        .where(Attachment.root_key == root_key)
        .order_by(Attachment.key)
    ).all()
    people = names_of_people(connection, (row.uploaded_by for row in rows))
    return tuple(
        replace(CaseFile(**row._mapping), uploaded_by=people.get(row.uploaded_by, row.uploaded_by))
        for row in rows
    )


def attachment(connection: Connection, user: User, key: int) -> tuple[CaseFile, bytes]:
    """A file of a case that the user may see. Raises `NotFound`, `NotPermitted`."""
    row = connection.execute(
        select(Attachment, ProcessInstance.organisation_path)
        .join(ProcessInstance, ProcessInstance.key == Attachment.root_key)
        .where(Attachment.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound(what="附件", key=key)
    require_sees(user, row.organisation_path)
    known = {name: getattr(row, name) for name in CaseFile.__dataclass_fields__}
    return CaseFile(**known), bytes(row.content)


def remarks_of(connection: Connection, root_key: int) -> tuple[Remark, ...]:
    """The comments on a case, the latest first."""
    rows = connection.execute(
        select(Comment.key, Comment.user, Comment.text, Comment.written_at)
        .where(Comment.root_key == root_key)
        .order_by(Comment.key.desc())
    ).all()
    people = names_of_people(connection, (row.user_login for row in rows))
    return tuple(
        Remark(
            key=row.key,
            person=people.get(row.user_login, row.user_login),
            text=row.text,
            at=row.written_at,
        )
        for row in rows
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledForm:
    """A form that was filled in: of the start, or of a task that was done last with it."""

    title: str
    title_en: str
    form: DeployedForm
    instance_key: int


def forms_of(reading: Reading, tree: Sequence[InstanceHead]) -> tuple[FilledForm, ...]:
    """The forms filled in so far, in the order in which they were filled in first."""
    found: dict[tuple[int, int], FilledForm] = {}
    for head in tree:
        for element in _passed_starts(reading.connection, head):
            if element.form is None:
                continue
            try:
                form = reading.definitions.form_as_of(
                    reading.connection, element.form.form_id, head.horizon
                )
            except NoSuchDefinition:
                continue
            name_en = element.properties.get("name:en", "")
            found[head.key, form.key] = FilledForm(
                title=element.name, title_en=name_en, form=form, instance_key=head.key
            )
    rows = reading.connection.execute(
        select(UserTask.instance_key, UserTask.form_key, UserTask.name, UserTask.name_en)
        .where(
            UserTask.instance_key.in_([head.key for head in tree]),
            UserTask.state == "completed",
            UserTask.form_key.is_not(None),
        )
        .order_by(UserTask.ended_at, UserTask.key)
    )
    for row in rows:
        place = (row.instance_key, row.form_key)
        if place not in found:
            found[place] = FilledForm(
                title=row.name,
                title_en=row.name_en,
                form=reading.definitions.form(reading.connection, row.form_key),
                instance_key=row.instance_key,
            )
    return tuple(found.values())


def variables_of(connection: Connection, instance_key: int) -> dict[str, object]:
    """The variables of an instance itself."""
    rows = connection.execute(
        select(Variable.name, Variable.value).where(
            Variable.instance_key == instance_key, Variable.scope_id == ROOT
        )
    )
    return {row.name: decode(row.value) for row in rows}


def _passed_starts(connection: Connection, head: InstanceHead) -> list[Element]:
    ids = connection.scalars(
        select(ElementInstance.element_id).where(
            ElementInstance.instance_key == head.key, ElementInstance.kind == "startEvent"
        )
    )
    return [element for id_ in ids if (element := head.element(id_)) is not None]


def case_of_document(connection: Connection, instance_key: int | None) -> Any:
    """The organisation path of the case that an instance belongs to; None if there is none."""
    if instance_key is None:
        return None
    return connection.scalar(
        select(ProcessInstance.organisation_path).where(ProcessInstance.key == instance_key)
    )
