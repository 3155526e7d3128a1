"""XML → `Definitions`: DMN 1.1 to 1.5, any prefix, as modelers write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

from lxml import etree

from engine.dmn.errors import DmnInvalid
from engine.dmn.finding import DmnFinding
from engine.dmn.languages import is_feel
from engine.dmn.logic_reader import LogicReader
from engine.dmn.model import (
    NOTHING_IMPORTED,
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
)
from engine.dmn.type_refs import import_name, type_named, type_ref
from engine.dmn.xml import attribute, child, children, parse_xml, place_of, text_of

_OTHER_IMPORT = re.compile("PMML|XMLSchema")

Read = TypeVar("Read", Decision, InputData, BusinessKnowledgeModel, DecisionService)


def read_definitions(
    xml: bytes, file: str, imported: Mapping[str, Definitions] = NOTHING_IMPORTED
) -> Definitions:
    """Everything the file defines. `imported` are the models it may import, by namespace.

    Raises `DmnInvalid` if the XML is unsafe, no DMN, or its structure is broken (an id twice, an
    unknown hit policy, a rule with a cell too few, types or cells in another language than FEEL).
    FEEL inside is not compiled here.
    """
    root = parse_xml(xml, file)
    reader = _Reader(root, file)
    definitions = Definitions(
        file=file,
        content_hash=sha256(xml).hexdigest(),
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
        self.logic = LogicReader(file, self.findings, attribute(root, "expressionLanguage"))
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
        variable, name = child(element, "variable"), attribute(element, "name")
        return Decision(
            id=attribute(element, "id"),
            name=name,
            variable=_name_of(variable) or name,
            type_ref=type_ref(variable),
            logic=self.logic.inside(element),
            information=self._required(element, "informationRequirement"),
            knowledge=self._required(element, "knowledgeRequirement"),
            description=text_of(element, "description"),
            place=place_of(element, self.file),
        )

    def input_data(self, element: etree._Element) -> InputData:
        variable = child(element, "variable")
        return InputData(
            id=attribute(element, "id"),
            name=_name_of(variable) or attribute(element, "name"),
            type_ref=type_ref(variable),
            place=place_of(element, self.file),
        )

    def knowledge(self, element: etree._Element) -> BusinessKnowledgeModel:
        function, variable = child(element, "encapsulatedLogic"), child(element, "variable")
        name = attribute(element, "name")
        return BusinessKnowledgeModel(
            id=attribute(element, "id"),
            name=name,
            variable=_name_of(variable) or name,
            type_ref=type_ref(variable),
            function=self.logic.function(function) if function is not None else None,
            knowledge=self._required(element, "knowledgeRequirement"),
            place=place_of(element, self.file),
        )

    def service(self, element: etree._Element) -> DecisionService:
        def references(name: str) -> tuple[str, ...]:
            return tuple(self._reference(found) for found in children(element, name))

        variable, name = child(element, "variable"), attribute(element, "name")
        return DecisionService(
            id=attribute(element, "id"),
            name=name,
            variable=_name_of(variable) or name,
            type_ref=type_ref(variable),
            output_decisions=references("outputDecision"),
            encapsulated_decisions=references("encapsulatedDecision"),
            input_decisions=references("inputDecision"),
            input_data=references("inputData"),
            place=place_of(element, self.file),
        )

    def item(self, element: etree._Element) -> ItemDefinition:
        language = attribute(element, "typeLanguage") or attribute(self.root, "typeLanguage")
        if not is_feel(language):
            self._wrong(
                element,
                f"类型语言「{language}」不受支持，请用 FEEL 的类型",
                f"the type language '{language}' is not supported; use the types of FEEL",
            )
        base, function = child(element, "typeRef"), child(element, "functionItem")
        return ItemDefinition(
            name=attribute(element, "name"),
            type_ref="" if base is None else type_named(base, str(base.text or "")),
            is_collection=attribute(element, "isCollection") == "true",
            allowed=self.logic.allowed(element, "allowedValues"),
            constraint=self.logic.allowed(element, "typeConstraint"),
            components=tuple(map(self.item, children(element, "itemComponent"))),
            function=self._function_item(function) if function is not None else None,
            place=place_of(element, self.file),
        )

    def _function_item(self, element: etree._Element) -> FunctionItem:
        return FunctionItem(
            parameters=self.logic.parameters(element, "parameters"),
            result=type_named(element, attribute(element, "outputTypeRef")),
        )

    def imports(self) -> Iterable[Import]:
        for element in children(self.root, "import"):
            if _OTHER_IMPORT.search(attribute(element, "importType")):
                continue  # PMML and XML Schema give nothing that FEEL could use
            yield Import(
                name=import_name(element),
                namespace=attribute(element, "namespace"),
                location=attribute(element, "locationURI"),
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


def _name_of(variable: etree._Element | None) -> str:
    return attribute(variable, "name") if variable is not None else ""
