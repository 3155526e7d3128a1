"""Steps that must be another person's: in the same case, or in another procedure about the matter.

`notSamePersonAs` lists element ids of the case (the root instance with all it called), or
`process/element` for a step of any instance whose case has the same business key. Where the keys
differ, `notSamePersonKey` lists the variables of the task's instance that hold the other keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, select, tuple_
from sqlalchemy.orm import aliased

from engine.bpmn import Element
from engine.feel import decode
from engine.runtime.models import ElementInstance, ProcessInstance, UserTask, Variable

PROPERTY = "notSamePersonAs"
KEY_PROPERTY = "notSamePersonKey"
Step = tuple[str, str]
"""Process id and element id."""


def here(element: Element) -> list[str]:
    """The elements of the same case whose doers may not do this task."""
    return [name for name in _listed(element, PROPERTY) if "/" not in name]


def elsewhere(element: Element) -> list[Step]:
    """The steps of other procedures about the matter whose doers may not do this task."""
    parts = (name.partition("/") for name in _listed(element, PROPERTY) if "/" in name)
    return [(process.strip(), step.strip()) for process, _, step in parts]


def done_here(
    connection: Connection, login: str, roots: Collection[int]
) -> Mapping[int, Mapping[str, str]]:
    """Case → element id → name of every step that `login` completed or started."""
    done: dict[int, dict[str, str]] = defaultdict(dict)
    completed = select(UserTask.root_key, UserTask.element_id, UserTask.name).where(
        UserTask.root_key.in_(roots), UserTask.completed_by == login
    )
    for row in connection.execute(completed):
        done[row.root_key][row.element_id] = row.name
    started = (
        select(ProcessInstance.root_key, ElementInstance.element_id)
        .join(ElementInstance, ElementInstance.instance_key == ProcessInstance.key)
        .where(
            ProcessInstance.root_key.in_(roots),
            ProcessInstance.started_by == login,
            ElementInstance.kind == "startEvent",
        )
    )
    for root_key, element_id in connection.execute(started):
        done[root_key or 0].setdefault(element_id, element_id)
    return done


def done_elsewhere(
    connection: Connection, login: str, instance_key: int, element: Element
) -> str | None:
    """The name of a step of another procedure that `login` did and that must be another's."""
    steps = elsewhere(element)
    if not steps:
        return None
    keys = _keys(connection, instance_key, _listed(element, KEY_PROPERTY))
    root = aliased(ProcessInstance)
    completed = (
        select(UserTask.name)
        .join(root, root.key == UserTask.root_key)
        .where(
            root.business_key.in_(keys),
            UserTask.completed_by == login,
            tuple_(UserTask.process_id, UserTask.element_id).in_(steps),
        )
        .limit(1)
    )
    started = (
        select(ElementInstance.element_id)
        .join(ProcessInstance, ProcessInstance.key == ElementInstance.instance_key)
        .join(root, root.key == ProcessInstance.root_key)
        .where(
            root.business_key.in_(keys),
            ProcessInstance.started_by == login,
            ElementInstance.kind == "startEvent",
            tuple_(ProcessInstance.process_id, ElementInstance.element_id).in_(steps),
        )
        .limit(1)
    )
    return connection.scalar(completed) or connection.scalar(started)


def _keys(connection: Connection, instance_key: int, names: Iterable[str]) -> set[str]:
    root = aliased(ProcessInstance)
    own = connection.scalar(
        select(root.business_key)
        .join(ProcessInstance, ProcessInstance.root_key == root.key)
        .where(ProcessInstance.key == instance_key)
    )
    held = connection.scalars(
        select(Variable.value).where(
            Variable.instance_key == instance_key,
            Variable.scope_id == "",
            Variable.name.in_(list(names)),
        )
    )
    values = [own, *(decode(text) for text in held)]
    return {value for value in values if isinstance(value, str) and value}


def _listed(element: Element, name: str) -> list[str]:
    text = element.properties.get(name, "").replace("，", ",")
    return [part.strip() for part in text.split(",") if part.strip()]
