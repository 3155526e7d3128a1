"""The `zeebe:` extensions of one element, as the stock modeler writes them for Camunda 8."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from engine.bpmn.model import (
    Assignment,
    Binding,
    CalledDecision,
    CalledProcess,
    FormLink,
    Schedule,
    Script,
    TaskType,
    VariableMapping,
)
from engine.bpmn.safe_xml import line_of
from engine.place import Place

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

_PREFIXES = {ZEEBE: "zeebe", CAMUNDA: "camunda"}
_BINDING = ("bindingType", "versionTag")

_KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "userTask": frozenset(),
        "formDefinition": frozenset({"formId", *_BINDING}),
        "assignmentDefinition": frozenset({"assignee", "candidateGroups", "candidateUsers"}),
        "taskSchedule": frozenset({"dueDate", "followUpDate"}),
        "priorityDefinition": frozenset({"priority"}),
        "calledDecision": frozenset({"decisionId", "resultVariable", *_BINDING}),
        "calledElement": frozenset(
            {
                "processId",
                "propagateAllParentVariables",
                "propagateAllChildVariables",
                *_BINDING,
            }
        ),
        "taskDefinition": frozenset({"type", "retries"}),
        "taskHeaders": frozenset(),
        "header": frozenset({"key", "value"}),
        "ioMapping": frozenset(),
        "input": frozenset({"source", "target"}),
        "output": frozenset({"source", "target"}),
        "loopCharacteristics": frozenset(
            {"inputCollection", "inputElement", "outputCollection", "outputElement"}
        ),
        "script": frozenset({"expression", "resultVariable"}),
        "subscription": frozenset({"correlationKey"}),
        "properties": frozenset(),
        "property": frozenset({"name", "value"}),
        "versionTag": frozenset({"value"}),
    }
)
"""Every extension that is read, with its attributes; anything else is reported as unknown."""

_HARMLESS = frozenset(
    {
        "zeebe:modelerTemplate",
        "zeebe:modelerTemplateVersion",
        "zeebe:modelerTemplateIcon",
        "zeebe:userTaskForm",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extensions:
    """What stands in the `extensionElements` of one element."""

    form: FormLink | None
    assignment: Assignment | None
    schedule: Schedule | None
    priority: Binding | None
    task_type: TaskType | None
    called_decision: CalledDecision | None
    called_process: CalledProcess | None
    script: Script | None
    correlation_key: Binding | None
    is_user_task: bool
    inputs: tuple[VariableMapping, ...]
    outputs: tuple[VariableMapping, ...]
    properties: Mapping[str, str]
    version_tag: str
    unknown: tuple[str, ...]
    repeated_properties: tuple[str, ...]


def read_extensions(node: etree._Element, place: Place) -> Extensions:
    """The extensions of the BPMN element `node`, which stands at `place`."""
    found = _Found(node)
    return Extensions(
        form=_form(found),
        assignment=_assignment(found),
        schedule=_schedule(found),
        priority=binding(found.attribute("priorityDefinition", "priority")),
        task_type=_task_type(found),
        called_decision=_called_decision(found),
        called_process=_called_process(found),
        script=_script(found),
        correlation_key=binding(found.attribute("subscription", "correlationKey")),
        is_user_task=found.first("userTask") is not None,
        inputs=_mappings(found, "input", place),
        outputs=_mappings(found, "output", place),
        properties=_pairs(found.rows("properties", "property"), "name"),
        version_tag=found.attribute("versionTag", "value") or "",
        unknown=tuple(dict.fromkeys(_unknown(node))),
        repeated_properties=_repeated(found),
    )


def loop_attributes(node: etree._Element) -> Mapping[str, str]:
    """The attributes of `zeebe:loopCharacteristics` of a multi-instance marker; empty if none."""
    loop = _Found(node).first("loopCharacteristics")
    return MappingProxyType({} if loop is None else {} if loop is None else dict(loop.attrib))


def unknown_names(node: etree._Element) -> tuple[str, ...]:
    """The extensions and foreign attributes of `node` that nobody reads, as `prefix:name`."""
    return tuple(dict.fromkeys(_unknown(node)))


def binding(text: str | None) -> Binding | None:
    """A binding of a text that says something; none for a missing or blank one."""
    return Binding(text=text) if text and text.strip() else None


class _Found:
    """The children of the `extensionElements` of a node."""

    def __init__(self, node: etree._Element) -> None:
        self.children = [
            child
            for container in node.iterchildren(f"{{{BPMN}}}extensionElements")
            for child in container.iterchildren(f"{{{ZEEBE}}}*")
        ]

    def first(self, name: str) -> etree._Element | None:
        tag = f"{{{ZEEBE}}}{name}"
        return next((child for child in self.children if child.tag == tag), None)

    def attribute(self, name: str, attribute: str) -> str | None:
        child = self.first(name)
        return None if child is None else child.get(attribute)

    def rows(self, container: str, name: str) -> list[etree._Element]:
        tag = f"{{{ZEEBE}}}{container}"
        return [
            row
            for child in self.children
            if child.tag == tag
            for row in child.iterchildren(f"{{{ZEEBE}}}{name}")
        ]


def _form(found: _Found) -> FormLink | None:
    form_id = found.attribute("formDefinition", "formId")
    if not form_id:
        return None
    return FormLink(form_id=form_id, binding=_binding_type(found, "formDefinition"))


def _binding_type(found: _Found, name: str) -> str:
    """`latest`, `deployment` or `versionTag:<tag>`."""
    kind = found.attribute(name, "bindingType") or "latest"
    tag = found.attribute(name, "versionTag") or ""
    return f"{kind}:{tag}" if kind == "versionTag" else kind


def _assignment(found: _Found) -> Assignment | None:
    if found.first("assignmentDefinition") is None:
        return None
    return Assignment(
        assignee=binding(found.attribute("assignmentDefinition", "assignee")),
        candidate_groups=binding(found.attribute("assignmentDefinition", "candidateGroups")),
        candidate_users=binding(found.attribute("assignmentDefinition", "candidateUsers")),
    )


def _schedule(found: _Found) -> Schedule | None:
    if found.first("taskSchedule") is None:
        return None
    return Schedule(
        due_date=binding(found.attribute("taskSchedule", "dueDate")),
        follow_up_date=binding(found.attribute("taskSchedule", "followUpDate")),
    )


def _task_type(found: _Found) -> TaskType | None:
    if found.first("taskDefinition") is None:
        return None
    return TaskType(
        type=Binding(text=found.attribute("taskDefinition", "type") or ""),
        retries=binding(found.attribute("taskDefinition", "retries")),
        headers=_pairs(found.rows("taskHeaders", "header"), "key"),
    )


def _called_decision(found: _Found) -> CalledDecision | None:
    if found.first("calledDecision") is None:
        return None
    return CalledDecision(
        decision_id=Binding(text=found.attribute("calledDecision", "decisionId") or ""),
        result_variable=found.attribute("calledDecision", "resultVariable") or "",
    )


def _called_process(found: _Found) -> CalledProcess | None:
    if found.first("calledElement") is None:
        return None
    return CalledProcess(
        process_id=Binding(text=found.attribute("calledElement", "processId") or ""),
        propagate_all_parent_variables=_flag(found, "propagateAllParentVariables"),
        propagate_all_child_variables=_flag(found, "propagateAllChildVariables"),
    )


def _flag(found: _Found, attribute: str) -> bool:
    return (found.attribute("calledElement", attribute) or "true").strip() != "false"


def _script(found: _Found) -> Script | None:
    if found.first("script") is None:
        return None
    return Script(
        expression=Binding(text=found.attribute("script", "expression") or ""),
        result_variable=found.attribute("script", "resultVariable") or "",
    )


def _mappings(found: _Found, name: str, place: Place) -> tuple[VariableMapping, ...]:
    return tuple(
        VariableMapping(
            source=Binding(text=row.get("source") or ""),
            target=row.get("target") or "",
            place=Place(file=place.file, line=line_of(row), element=place.element),
        )
        for row in found.rows("ioMapping", name)
    )


def _pairs(rows: list[etree._Element], key: str) -> Mapping[str, str]:
    return MappingProxyType({row.get(key) or "": row.get("value") or "" for row in rows})


def _repeated(found: _Found) -> tuple[str, ...]:
    names = [row.get("name") or "" for row in found.rows("properties", "property")]
    return tuple(dict.fromkeys(name for name in names if names.count(name) > 1))


def _unknown(node: etree._Element) -> Iterator[str]:
    for attribute in node.attrib:
        name = qualified(_text(attribute))
        if name.startswith(("zeebe:", "camunda:")) and name not in _HARMLESS:
            yield name
    for container in node.iterchildren(f"{{{BPMN}}}extensionElements"):
        for child in container.iterchildren("{*}*"):
            yield from _unknown_in(child)


def _unknown_in(node: etree._Element) -> Iterator[str]:
    name = qualified(_tag(node))
    if name in _HARMLESS:
        return
    attributes = _KNOWN.get(etree.QName(node).localname) if name.startswith("zeebe:") else None
    if attributes is None:
        yield name
        return
    yield from (f"{name}@{_text(key)}" for key in node.attrib if key not in attributes)
    for child in node.iterchildren("{*}*"):
        yield from _unknown_in(child)


def _tag(node: etree._Element) -> str:
    name = etree.QName(node)
    return f"{{{name.namespace}}}{name.localname}" if name.namespace else name.localname


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def qualified(tag: str) -> str:
    """`{namespace}name` as `prefix:name`, with the customary prefix; a foreign one as `other:`."""
    if not tag.startswith("{"):
        return tag
    namespace, _, local = tag[1:].partition("}")
    return f"{_PREFIXES.get(namespace, 'other')}:{local}"
