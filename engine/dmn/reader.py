"""XML → `Definitions`: DMN 1.1 to 1.5, any prefix, as modelers write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from lxml import etree

from engine.dmn.errors import DmnInvalid
from engine.dmn.finding import DmnFinding
from engine.dmn.logic_reader import LogicReader, local_type, type_ref
from engine.dmn.model import (
    NOTHING_IMPORTED,
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    Import,
    InputData,
    ItemDefinition,
)
from engine.dmn.xml import attribute, child, children, parse_xml, place_of, text_of

Read = TypeVar("Read", Decision, InputData, BusinessKnowledgeModel, DecisionService)


def read_definitions(
    xml: bytes, file: str, imported: Mapping[str, Definitions] = NOTHING_IMPORTED
) -> Definitions:
    """Everything the file defines. `imported` are the models it may import, by namespace.

    Raises `DmnInvalid` if the XML is unsafe, no DMN, or its structure is broken (an id twice, an
    unknown hit policy, a rule with a cell too few). FEEL inside is not compiled here.
    """
    root = parse_xml(xml, file)
    reader = _Reader(root, file)
    definitions = Definitions(
        file=file,
        id=attribute(root, "id"),
        name=attribute(root, "name"),
        namespace=attribute(root, "namespace"),
        decisions=reader.each("decision", reader.decision),
        input_data=reader.each("inputData", reader.input_data),
        knowledge=reader.each("businessKnowledgeModel", reader.knowledge),
        services=reader.each("decisionService", reader.service),
        types={item.name: item for item in map(reader.item, children(root, "itemDefinition"))},
        imports=tuple(reader.imports()),
        imported=imported,
        spoken_names=frozenset(reader.spoken_names()),
    )
    if reader.findings:
        raise DmnInvalid(reader.findings)
    return definitions


class _Reader:
    """Reads the elements of one file and gathers what is wrong with their structure."""

    def __init__(self, root: etree._Element, file: str) -> None:
        self.root = root
        self.file = file
        self.namespace = attribute(root, "namespace")
        self.findings: list[DmnFinding] = []
        self.logic = LogicReader(file, self.findings)
        self._ids: set[str] = set()

    def each(self, name: str, read: Callable[[etree._Element], Read]) -> dict[str, Read]:
        found: dict[str, Read] = {}
        for element in children(self.root, name):
            item = read(element)
            if not item.id:
                self._wrong(element, f"{name} 没有 id", f"a {name} has no id")
            elif item.id in self._ids:
                self._wrong(
                    element, f"id「{item.id}」出现两次", f"the id '{item.id}' is used twice"
                )
            self._ids.add(item.id)
            found[item.id] = item
        return found

    def decision(self, element: etree._Element) -> Decision:
        variable = child(element, "variable")
        name = attribute(element, "name")
        return Decision(
            id=attribute(element, "id"),
            name=name,
            variable=attribute(variable, "name") if variable is not None else name,
            type_ref=type_ref(variable),
            logic=self.logic.inside(element),
            information=self._required(element, "informationRequirement"),
            knowledge=self._required(element, "knowledgeRequirement"),
            description=text_of(element, "description"),
            place=place_of(element, self.file),
        )

    def input_data(self, element: etree._Element) -> InputData:
        variable = child(element, "variable")
        name = attribute(variable, "name") if variable is not None else ""
        return InputData(
            id=attribute(element, "id"),
            name=name or attribute(element, "name"),
            type_ref=type_ref(variable),
            place=place_of(element, self.file),
        )

    def knowledge(self, element: etree._Element) -> BusinessKnowledgeModel:
        function = child(element, "encapsulatedLogic")
        return BusinessKnowledgeModel(
            id=attribute(element, "id"),
            name=attribute(element, "name"),
            type_ref=type_ref(child(element, "variable")),
            function=self.logic.function(function) if function is not None else None,
            knowledge=self._required(element, "knowledgeRequirement"),
            place=place_of(element, self.file),
        )

    def service(self, element: etree._Element) -> DecisionService:
        def references(name: str) -> tuple[str, ...]:
            return tuple(self._reference(found) for found in children(element, name))

        return DecisionService(
            id=attribute(element, "id"),
            name=attribute(element, "name"),
            output_decisions=references("outputDecision"),
            encapsulated_decisions=references("encapsulatedDecision"),
            input_decisions=references("inputDecision"),
            input_data=references("inputData"),
            place=place_of(element, self.file),
        )

    def item(self, element: etree._Element) -> ItemDefinition:
        type_element = child(element, "typeRef")
        type_text = type_element.text or "" if type_element is not None else ""
        return ItemDefinition(
            name=attribute(element, "name"),
            type_ref=local_type(str(type_text)),
            is_collection=attribute(element, "isCollection") == "true",
            allowed=self.logic.allowed(element, "allowedValues"),
            constraint=self.logic.allowed(element, "typeConstraint"),
            components=tuple(map(self.item, children(element, "itemComponent"))),
            is_function=child(element, "functionItem") is not None,
            place=place_of(element, self.file),
        )

    def imports(self) -> Iterable[Import]:
        for element in children(self.root, "import"):
            yield Import(
                name=attribute(element, "name"),
                namespace=attribute(element, "namespace"),
                place=place_of(element, self.file),
            )

    def spoken_names(self) -> Iterable[str]:
        for element in self.root.iter():
            name = attribute(element, "name")
            if name and not name.isidentifier():
                yield name

    def _required(self, element: etree._Element, name: str) -> tuple[str, ...]:
        return tuple(
            self._reference(target)
            for requirement in children(element, name)
            for target in children(requirement)
            if target.get("href")
        )

    def _reference(self, element: etree._Element) -> str:
        namespace, _, name = attribute(element, "href").rpartition("#")
        return name if namespace in ("", self.namespace) else f"{namespace}#{name}"

    def _wrong(self, element: etree._Element, zh: str, en: str) -> None:
        place = place_of(element, self.file)
        self.findings.append(
            DmnFinding(level="error", check="structure", place=place, zh=zh, en=en)
        )
