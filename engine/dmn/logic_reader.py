"""XML → tables and boxed expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from lxml import etree

from engine.dmn.finding import DmnFinding
from engine.dmn.languages import is_feel
from engine.dmn.model import (
    Aggregation,
    Binding,
    Conditional,
    Context,
    ContextEntry,
    DecisionTable,
    Filter,
    FunctionDefinition,
    HitPolicy,
    InputClause,
    Invocation,
    Iteration,
    ListOf,
    LiteralExpression,
    Logic,
    OutputClause,
    Parameter,
    Relation,
    Rule,
    UnaryTest,
)
from engine.dmn.type_refs import type_ref
from engine.dmn.xml import attribute, child, children, local_name, place_of, text_of


class LogicReader:
    """Reads expressions of one file; what is wrong goes to `findings`.

    `language` is that of expressions which name none, empty for FEEL.
    """

    def __init__(self, file: str, findings: list[DmnFinding], language: str = "") -> None:
        self.file = file
        self.findings = findings
        self.language = language
        self._kinds: dict[str, Callable[[etree._Element], Logic]] = {
            "literalExpression": self.literal,
            "decisionTable": self.table,
            "context": self.context,
            "list": self.list_of,
            "relation": self.relation,
            "invocation": self.invocation,
            "functionDefinition": self.function,
            "conditional": self.conditional,
            "for": lambda element: self.iteration(element, "for"),
            "some": lambda element: self.iteration(element, "some"),
            "every": lambda element: self.iteration(element, "every"),
            "filter": self.filter,
        }

    def inside(self, element: etree._Element | None) -> Logic | None:
        """The first expression among the children of `element`."""
        for found in children(element) if element is not None else ():
            read = self._kinds.get(local_name(found))
            if read is not None:
                return read(found)
        return None

    def all_inside(self, element: etree._Element) -> tuple[Logic, ...]:
        """Every expression among the children of `element`, in order."""
        return tuple(
            self._kinds[local_name(found)](found)
            for found in children(element)
            if local_name(found) in self._kinds
        )

    def literal(self, element: etree._Element) -> LiteralExpression:
        return LiteralExpression(
            source=text_of(element),
            type_ref=type_ref(element),
            language=self._foreign(element),
            place=place_of(element, self.file),
        )

    def unary_test(self, element: etree._Element) -> UnaryTest:
        language = self._foreign(element)
        if language and text_of(element) not in ("", "-"):
            self._wrong(
                element,
                f"单元格语言「{language}」不受支持，请用 FEEL",
                f"a cell is written in '{language}', which is not supported; use FEEL",
            )
        return UnaryTest(source=text_of(element), place=place_of(element, self.file))

    def table(self, element: etree._Element) -> DecisionTable:
        inputs = tuple(map(self._input, children(element, "input")))
        outputs = tuple(map(self._output, children(element, "output")))
        return DecisionTable(
            hit_policy=self._hit_policy(element),
            aggregation=self._aggregation(element),
            inputs=inputs,
            outputs=outputs,
            rules=tuple(
                self._rule(rule, index, len(inputs), len(outputs))
                for index, rule in enumerate(children(element, "rule"), start=1)
            ),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def context(self, element: etree._Element) -> Context:
        return Context(
            entries=tuple(map(self._entry, children(element, "contextEntry"))),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def list_of(self, element: etree._Element) -> ListOf:
        return ListOf(
            items=self.all_inside(element),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def relation(self, element: etree._Element) -> Relation:
        columns = self.parameters(element, "column")
        rows = tuple(self.all_inside(row) for row in children(element, "row"))
        for number, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                self._wrong(
                    element,
                    f"关系表第 {number} 行有 {len(row)} 格，应为 {len(columns)} 格",
                    f"row {number} of the relation has {len(row)} cells instead of {len(columns)}",
                )
        return Relation(
            columns=columns,
            rows=rows,
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def invocation(self, element: etree._Element) -> Invocation:
        called = self.inside(element)
        bindings = []
        for binding in children(element, "binding"):
            parameter, logic = child(binding, "parameter"), self.inside(binding)
            if parameter is not None and logic is not None:
                bindings.append(Binding(parameter=attribute(parameter, "name"), logic=logic))
        return Invocation(
            called=called if called is not None else self._nothing(element),
            bindings=tuple(bindings),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def function(self, element: etree._Element) -> FunctionDefinition:
        return FunctionDefinition(
            parameters=self.parameters(element, "formalParameter"),
            body=self.inside(element),
            kind=(attribute(element, "kind") or "FEEL").upper(),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def parameters(self, element: etree._Element, name: str) -> tuple[Parameter, ...]:
        """The names and types that the children `name` declare."""
        return tuple(
            Parameter(name=attribute(found, "name"), type_ref=type_ref(found))
            for found in children(element, name)
        )

    def conditional(self, element: etree._Element) -> Conditional:
        return Conditional(
            test=self._within(element, "if"),
            then=self._within(element, "then"),
            otherwise=self._within(element, "else"),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def iteration(
        self, element: etree._Element, kind: Literal["for", "some", "every"]
    ) -> Iteration:
        return Iteration(
            kind=kind,
            variable=attribute(element, "iteratorVariable"),
            source=self._within(element, "in"),
            body=self._within(element, "return" if kind == "for" else "satisfies"),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def filter(self, element: etree._Element) -> Filter:
        return Filter(
            source=self._within(element, "in"),
            match=self._within(element, "match"),
            type_ref=type_ref(element),
            place=place_of(element, self.file),
        )

    def _foreign(self, element: etree._Element) -> str:
        """The language of an expression if it is not FEEL, else empty."""
        language = attribute(element, "expressionLanguage") or self.language
        return "" if is_feel(language) else language

    def _within(self, element: etree._Element, name: str) -> Logic:
        logic = self.inside(child(element, name))
        return logic if logic is not None else self._nothing(element)

    def _nothing(self, element: etree._Element) -> LiteralExpression:
        return LiteralExpression(source="null", place=place_of(element, self.file))

    def _entry(self, element: etree._Element) -> ContextEntry:
        variable, logic = child(element, "variable"), self.inside(element)
        return ContextEntry(
            name=attribute(variable, "name") if variable is not None else "",
            type_ref=type_ref(variable),
            logic=logic if logic is not None else self._nothing(element),
        )

    def _input(self, element: etree._Element) -> InputClause:
        expression = child(element, "inputExpression")
        literal = self.literal(expression) if expression is not None else self._nothing(element)
        return InputClause(
            label=attribute(element, "label") or literal.source,
            expression=literal,
            allowed=self.allowed(element, "inputValues"),
            place=place_of(element, self.file),
        )

    def _output(self, element: etree._Element) -> OutputClause:
        default = child(element, "defaultOutputEntry")
        name = attribute(element, "name")
        return OutputClause(
            name=name or attribute(element, "label"),
            label=attribute(element, "label") or name,
            type_ref=type_ref(element),
            allowed=self.allowed(element, "outputValues"),
            default=self.literal(default) if default is not None and text_of(default) else None,
            place=place_of(element, self.file),
        )

    def allowed(self, element: etree._Element, name: str) -> UnaryTest | None:
        """The unary tests of the child `name`, None if absent or empty."""
        found = child(element, name)
        return self.unary_test(found) if found is not None and text_of(found) else None

    def _rule(self, element: etree._Element, index: int, inputs: int, outputs: int) -> Rule:
        tests = tuple(map(self.unary_test, children(element, "inputEntry")))
        answers = tuple(map(self.literal, children(element, "outputEntry")))
        if (len(tests), len(answers)) != (inputs, outputs):
            self._wrong(
                element,
                f"第 {index} 行有 {len(tests)} 个条件、{len(answers)} 个结论，"
                f"表头有 {inputs} 个、{outputs} 个",
                f"rule {index} has {len(tests)} conditions and {len(answers)} outputs, "
                f"the table has {inputs} and {outputs}",
            )
        notes = [text_of(element, "description")]
        notes += [text_of(note) for note in children(element, "annotationEntry")]
        return Rule(
            index=index,
            id=attribute(element, "id"),
            tests=tests,
            outputs=answers,
            annotation="\n".join(note for note in notes if note),
            place=place_of(element, self.file),
        )

    def _hit_policy(self, element: etree._Element) -> HitPolicy:
        text = attribute(element, "hitPolicy") or "UNIQUE"
        try:
            return HitPolicy(text)
        except ValueError:
            self._wrong(element, f"不认识的命中策略「{text}」", f"unknown hit policy '{text}'")
            return HitPolicy.UNIQUE

    def _aggregation(self, element: etree._Element) -> Aggregation | None:
        text = attribute(element, "aggregation")
        try:
            return Aggregation(text) if text else None
        except ValueError:
            self._wrong(element, f"不认识的汇总方式「{text}」", f"unknown aggregation '{text}'")
            return None

    def _wrong(self, element: etree._Element, zh: str, en: str) -> None:
        place = place_of(element, self.file)
        self.findings.append(
            DmnFinding(level="error", check="structure", place=place, zh=zh, en=en)
        )
