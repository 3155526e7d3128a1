"""A Camunda 8 modeler file → `Diagram`: everything in it, with the line where it stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, cast, get_args

from lxml import etree

from engine.bpmn import safe_xml
from engine.bpmn.drawn import read_drawing, read_texts
from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.findings import Finding
from engine.bpmn.model import (
    Binding,
    Diagram,
    Element,
    EventDefinition,
    EventKind,
    Loop,
    Message,
    Process,
    SequenceFlow,
)
from engine.bpmn.safe_xml import line_of
from engine.bpmn.zeebe import (
    BPMN,
    binding,
    loop_attributes,
    read_extensions,
    unknown_names,
)
from engine.place import Place

FLOW_NODES = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "task",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "manualTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
"""The kinds of element that hold a token. `task` is the undefined task."""

UNKNOWN_REFERENCE = "unknown-reference"
REPEATED_PROPERTY = "repeated-property"

_SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_EVENTS = frozenset(kind for kind in FLOW_NODES if kind.endswith("Event"))
_UNREAD_FLOW_NODES = frozenset(
    {"choreographyTask", "subChoreography", "callChoreography", "implicitThrowEvent", "event"}
)
_DECLARED = ("message", "error", "signal", "escalation")
_TIMERS: tuple[Literal["timeDate", "timeDuration", "timeCycle"], ...] = (
    "timeDate",
    "timeDuration",
    "timeCycle",
)


@dataclass(frozen=True, kw_only=True)
class ReadDiagram(Diagram):
    """A diagram with what only its reader can know.

    `faults` are findings of the reading itself (references to nothing, extensions of a process
    that nobody reads): lint passes them on. `planes` maps each drawn plane (the main one first, a
    collapsed sub-process has its own) to the ids of what is drawn on it.
    """

    faults: tuple[Finding, ...] = ()
    planes: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_diagram(xml: bytes, file: str) -> ReadDiagram:
    """The diagram in `xml`; `file` is the name its owner knows it by.

    Whatever can be read is read, wrong or not: `lint` says what is wrong with it, all at once.
    Raises `DiagramInvalid` for what is no BPMN file at all, for elements without an id, and for
    XML that is malformed or not safe (`safe_xml.parse`).
    """
    root = safe_xml.parse(xml, file)
    if root.tag != f"{{{BPMN}}}definitions":
        zh = f"文件的根元素是「{root.tag}」，不是 BPMN 的 definitions。"
        en = f"The root element is '{root.tag}', not the definitions of BPMN."
        raise DiagramInvalid([_xml_error(file, line_of(root), zh, en)])
    if missing := list(_without_id(root, file)):
        raise DiagramInvalid(missing)
    return _Reading(root, file, hashlib.sha256(xml).hexdigest()).diagram()


def _without_id(root: etree._Element, file: str) -> Iterator[Finding]:
    kinds = ("process", "sequenceFlow", *sorted(FLOW_NODES))
    for node in root.iter(*(f"{{{BPMN}}}{kind}" for kind in kinds)):
        if not node.get("id"):
            kind = _kind(node)
            zh = f"「{kind}」没有 id，无法引用。请补上 id。"
            en = f"A {kind} has no id, so nothing can refer to it. Give it one."
            yield _xml_error(file, line_of(node), zh, en)


def _xml_error(file: str, line: int | None, zh: str, en: str) -> Finding:
    place = Place(file=file, line=line)
    return Finding(level="error", rule=safe_xml.RULE, place=place, zh=zh, en=en)


class _Ends:
    """Which flows come into an element and leave it, in document order."""

    def __init__(self, flows: Mapping[str, SequenceFlow]) -> None:
        self.incoming: dict[str, list[str]] = defaultdict(list)
        self.outgoing: dict[str, list[str]] = defaultdict(list)
        for flow in flows.values():
            self.incoming[flow.target_id].append(flow.id)
            self.outgoing[flow.source_id].append(flow.id)


class _Reading:
    """One pass over one file; `faults` grow while it reads."""

    def __init__(self, root: etree._Element, file: str, content_hash: str) -> None:
        self.root = root
        self.file = file
        self.content_hash = content_hash
        self.faults: list[Finding] = []
        self.unread: list[Place] = []
        self.declared = {
            kind: {n.get("id", ""): n for n in root.iterchildren(f"{{{BPMN}}}{kind}")}
            for kind in _DECLARED
        }

    def diagram(self) -> ReadDiagram:
        self._report_broken_references()
        processes: dict[str, Process] = {}
        for node in self.root.iterchildren(f"{{{BPMN}}}process"):
            processes.setdefault(node.get("id", ""), self._process(node))
        drawing = read_drawing(self.root)
        return ReadDiagram(
            file=self.file,
            content_hash=self.content_hash,
            processes=MappingProxyType(processes),
            shapes=drawing.shapes,
            edges=drawing.edges,
            planes=drawing.planes,
            texts=read_texts(self.root),
            duplicate_ids=tuple(self._duplicates()),
            unread=tuple(self.unread),
            faults=tuple(self.faults),
        )

    def _duplicates(self) -> Iterator[Place]:
        seen: set[str] = set()
        for node in self.root.iter(f"{{{BPMN}}}*"):
            if id := node.get("id"):
                if id in seen:
                    yield self._place(node)
                seen.add(id)

    def _process(self, node: etree._Element) -> Process:
        place = self._place(node)
        extensions = read_extensions(node, place)
        self._report_repeated(extensions.repeated_properties, place)
        for name in extensions.unknown:
            self._report_unknown(name, place)
        flows = self._flows(node)
        ends = _Ends(flows)
        elements: dict[str, Element] = {}
        for element in self._elements(node, lanes={}, inherited=None, ends=ends):
            elements.setdefault(element.id, element)
        return Process(
            id=node.get("id", ""),
            name=node.get("name", ""),
            executable=node.get("isExecutable", "false").strip() in ("true", "1"),
            place=place,
            elements=MappingProxyType(elements),
            flows=MappingProxyType(flows),
            version_tag=extensions.version_tag,
            documentation=_documentation(node),
            properties=extensions.properties,
        )

    def _flows(self, process: etree._Element) -> dict[str, SequenceFlow]:
        flows: dict[str, SequenceFlow] = {}
        for node in process.iter(f"{{{BPMN}}}sequenceFlow"):
            condition = node.findtext(f"{{{BPMN}}}conditionExpression")
            flow = SequenceFlow(
                id=node.get("id", ""),
                name=node.get("name", ""),
                source_id=node.get("sourceRef", ""),
                target_id=node.get("targetRef", ""),
                condition=binding(condition),
                place=self._place(node),
            )
            flows.setdefault(flow.id, flow)
        return flows

    def _elements(
        self,
        container: etree._Element,
        *,
        lanes: dict[str, str],
        inherited: str | None,
        ends: _Ends,
    ) -> Iterator[Element]:
        lanes = {**lanes, **_lanes(container)}
        for node in container.iterchildren(f"{{{BPMN}}}*"):
            kind = _kind(node)
            if kind in _UNREAD_FLOW_NODES:
                self.unread.append(Place(file=self.file, line=line_of(node), element=kind))
            if kind not in FLOW_NODES:
                continue
            lane = lanes.get(node.get("id", ""), inherited)
            yield self._element(node, container.get("id", ""), lane, ends)
            if kind in _SUB_PROCESSES:
                yield from self._elements(node, lanes=lanes, inherited=lane, ends=ends)

    def _element(
        self,
        node: etree._Element,
        parent_id: str,
        lane: str | None,
        ends: _Ends,
    ) -> Element:
        id = node.get("id", "")
        kind = _kind(node)
        place = self._place(node)
        extensions = read_extensions(node, place)
        self._report_repeated(extensions.repeated_properties, place)
        return Element(
            id=id,
            kind=kind,
            name=node.get("name", ""),
            parent_id=parent_id,
            place=place,
            lane=lane,
            documentation=_documentation(node),
            incoming=tuple(ends.incoming[id]),
            outgoing=tuple(ends.outgoing[id]),
            default_flow=node.get("default"),
            event=self._event(node) if kind in _EVENTS else None,
            attached_to=node.get("attachedToRef", "") if kind == "boundaryEvent" else None,
            interrupting=_interrupting(node, kind),
            triggered_by_event=node.get("triggeredByEvent") == "true",
            form=extensions.form,
            assignment=extensions.assignment,
            schedule=extensions.schedule,
            priority=extensions.priority,
            task_type=extensions.task_type,
            called_decision=extensions.called_decision,
            called_process=extensions.called_process,
            script=extensions.script,
            message=self._message(node) if kind not in _EVENTS else None,
            loop=_loop(node),
            has_standard_loop=node.find(f"{{{BPMN}}}standardLoopCharacteristics") is not None,
            for_compensation=node.get("isForCompensation") == "true",
            is_user_task_job=kind == "userTask" and not extensions.is_user_task,
            inputs=extensions.inputs,
            outputs=extensions.outputs,
            properties=extensions.properties,
            unknown_extensions=extensions.unknown + _unknown_inside(node),
        )

    def _event(self, node: etree._Element) -> EventDefinition:
        definitions = [
            child
            for child in node.iterchildren(f"{{{BPMN}}}*")
            if _kind(child).endswith(("EventDefinition", "eventDefinitionRef"))
        ]
        if not definitions:
            return EventDefinition(kind="none")
        if len(definitions) > 1:
            return EventDefinition(kind="multiple")
        return self._definition(definitions[0])

    def _definition(self, node: etree._Element) -> EventDefinition:
        kind = _kind(node).removesuffix("EventDefinition")
        kind = "compensation" if kind == "compensate" else kind
        if kind not in get_args(EventKind):
            return EventDefinition(kind="multiple")
        timer_kind, timer = _timer(node)
        return EventDefinition(
            kind=cast(EventKind, kind),
            timer_kind=timer_kind,
            timer=timer,
            message=self._message(node),
            code=self._code(node, kind),
            name=self._signal_or_link(node, kind),
        )

    def _message(self, node: etree._Element) -> Message | None:
        declared = self._declared(node, "message")
        if declared is None:
            return None
        return Message(
            id=declared.get("id", ""),
            name=Binding(text=declared.get("name", "")),
            correlation_key=read_extensions(declared, self._place(declared)).correlation_key,
        )

    def _code(self, node: etree._Element, kind: str) -> Binding | None:
        if kind not in ("error", "escalation"):
            return None
        declared = self._declared(node, kind)
        return None if declared is None else binding(declared.get(f"{kind}Code"))

    def _signal_or_link(self, node: etree._Element, kind: str) -> str:
        if kind == "link":
            return node.get("name", "")
        declared = self._declared(node, kind) if kind in self.declared else None
        return "" if declared is None else declared.get("name", "")

    def _declared(self, node: etree._Element, kind: str) -> etree._Element | None:
        """The message, error, signal or escalation that `node` refers to."""
        reference = node.get(f"{kind}Ref")
        if not reference:
            return None
        return self.declared[kind].get(reference.rpartition(":")[2])

    def _report_broken_references(self) -> None:
        for kind in _DECLARED:
            for node in self.root.iterfind(f".//*[@{kind}Ref]"):
                reference = node.get(f"{kind}Ref", "")
                if self._declared(node, kind) is None:
                    self._report(
                        UNKNOWN_REFERENCE,
                        self._place(node if _kind(node) in FLOW_NODES else _owner(node)),
                        f"引用的 {kind}「{reference}」在文件中没有定义。请重新选择。",
                        f"The {kind} '{reference}' it refers to is not in the file. Choose again.",
                    )

    def _place(self, node: etree._Element) -> Place:
        return Place(file=self.file, line=line_of(node), element=node.get("id", ""))

    def _report(self, rule: str, place: Place, zh: str, en: str) -> None:
        self.faults.append(Finding(level="error", rule=rule, place=place, zh=zh, en=en))

    def _report_repeated(self, names: tuple[str, ...], place: Place) -> None:
        for name in names:
            self._report(
                REPEATED_PROPERTY,
                place,
                f"扩展属性「{name}」写了不止一次，只有最后一个会生效。请改名或合并。",
                f"The property '{name}' is given more than once; only the last would count.",
            )

    def _report_unknown(self, name: str, place: Place) -> None:
        self._report(
            "unknown-extension",
            place,
            f"流程带有扩展「{name}」，本系统不读取它。请删除。",
            f"The process carries the extension {name}, which is not read here. Remove it.",
        )


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname


def _owner(node: etree._Element) -> etree._Element:
    """The element an event definition stands in."""
    parent = node.getparent()
    return node if parent is None else parent


def _documentation(node: etree._Element) -> str:
    return (node.findtext(f"{{{BPMN}}}documentation") or "").strip()


def _interrupting(node: etree._Element, kind: str) -> bool:
    attribute = "cancelActivity" if kind == "boundaryEvent" else "isInterrupting"
    return node.get(attribute, "true").strip() not in ("false", "0")


def _lanes(container: etree._Element) -> dict[str, str]:
    """Element id → name of its innermost named lane, for the lanes of one container."""
    lanes: dict[str, str] = {}
    for lane_set in container.iterchildren(f"{{{BPMN}}}laneSet"):
        for lane in lane_set.iter(f"{{{BPMN}}}lane"):
            if not lane.get("name"):
                continue
            # A nested lane comes after its parent, so the innermost name is written last.
            for reference in lane.iter(f"{{{BPMN}}}flowNodeRef"):
                lanes[(reference.text or "").strip()] = lane.get("name", "")
    return lanes


def _timer(
    node: etree._Element,
) -> tuple[Literal["timeDate", "timeDuration", "timeCycle"] | None, Binding | None]:
    for kind in _TIMERS:
        text = node.findtext(f"{{{BPMN}}}{kind}")
        if text is not None:
            return kind, binding(text)
    return None, None


def _loop(node: etree._Element) -> Loop | None:
    """The multi-instance marker; without `zeebe:loopCharacteristics` its collection is blank."""
    marker = node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if marker is None:
        return None
    attributes = loop_attributes(marker)
    return Loop(
        sequential=marker.get("isSequential") == "true",
        input_collection=Binding(text=attributes.get("inputCollection", "")),
        input_element=attributes.get("inputElement", ""),
        output_collection=attributes.get("outputCollection", ""),
        output_element=binding(attributes.get("outputElement")),
        completion_condition=binding(marker.findtext(f"{{{BPMN}}}completionCondition")),
    )


def _unknown_inside(node: etree._Element) -> tuple[str, ...]:
    """Unknown extensions of the loop marker and the event definitions of an element."""
    return tuple(
        name
        for child in node.iterchildren(f"{{{BPMN}}}*")
        if _kind(child).endswith(("Characteristics", "EventDefinition"))
        for name in unknown_names(child)
    )
