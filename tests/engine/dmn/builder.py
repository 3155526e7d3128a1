"""Small DMN files for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.dmn import DecisionInstance, DecisionModel, read_decisions

DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def definitions(body: str, namespace: str = DMN_13) -> bytes:
    head = f'<definitions xmlns="{namespace}" id="d" name="d" namespace="test">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}\n</definitions>'.encode()


def model(body: str) -> DecisionModel:
    return read_decisions(definitions(body), "small.dmn")


def literal(name: str, text: str, requires: Sequence[str] = (), variable: str = "") -> str:
    """A literal decision; `requires` are decision ids, `@id` input data, `!id` knowledge."""
    return (
        f'<decision id="{name}" name="{name}">{variable}{_required(requires)}'
        f"<literalExpression><text>{escape(text)}</text></literalExpression></decision>"
    )


def table(
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    name: str = "t",
    inputs: Sequence[str] = ("x",),
    outputs: Sequence[str] = ("y",),
    policy: str = "UNIQUE",
    aggregation: str = "",
    types: Mapping[str, str] | None = None,
    allowed: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    requires: Sequence[str] = (),
) -> str:
    """A table; columns are named by their expression, rules are (conditions, outputs)."""
    types, allowed, defaults = types or {}, allowed or {}, defaults or {}
    parts = [f'<decision id="{name}" name="{name}">{_required(requires)}']
    aggregated = f' aggregation="{aggregation}"' if aggregation else ""
    parts.append(f'<decisionTable id="{name}_table" hitPolicy="{policy}"{aggregated}>')
    for column in inputs:
        parts.append(
            f"<input label={quoteattr(column)}>"
            f'<inputExpression typeRef="{types.get(column, "Any")}"><text>{escape(column)}</text>'
            f"</inputExpression>{_values('inputValues', allowed.get(column))}</input>"
        )
    for column in outputs:
        default = defaults.get(column)
        parts.append(
            f'<output name="{column}" label="{column}" typeRef="{types.get(column, "Any")}">'
            f"{_values('outputValues', allowed.get(column))}"
            f"{_values('defaultOutputEntry', default)}</output>"
        )
    for number, (conditions, answers) in enumerate(rules, start=1):
        parts.append(f'\n<rule id="r{number}"><description>note {number}</description>')
        parts += [_values("inputEntry", cell) for cell in conditions]
        parts += [_values("outputEntry", cell) for cell in answers]
        parts.append("</rule>")
    return "".join([*parts, "</decisionTable></decision>"])


def ask(body: str, decision: str = "t", **facts: object) -> DecisionInstance:
    return model(body).evaluate(decision, facts)


def input_data(name: str, type_ref: str = "Any") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<inputData id="{name}" name="{name}">{variable}</inputData>'


def knowledge(
    name: str,
    parameters: Mapping[str, str],
    text: str,
    *,
    result: str = "",
    requires: Sequence[str] = (),
    kind: str = "FEEL",
) -> str:
    """A business knowledge model; `parameters` are name → type, `result` is the type it gives."""
    formal = "".join(
        f"<formalParameter name={quoteattr(one)}{_typed(type_ref)}/>"
        for one, type_ref in parameters.items()
    )
    return (
        f"<businessKnowledgeModel id={quoteattr(name)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)}{_typed(result)}/>"
        f'<encapsulatedLogic kind="{kind}">{formal}'
        f"<literalExpression><text>{escape(text)}</text></literalExpression></encapsulatedLogic>"
        f"{_required(requires)}</businessKnowledgeModel>"
    )


def service(
    name: str,
    outputs: Sequence[str],
    *,
    inputs: Sequence[str] = (),
    data: Sequence[str] = (),
    result: str = "",
) -> str:
    """A decision service; `inputs` are decisions it is given, `data` is input data."""
    parts = (("outputDecision", outputs), ("inputDecision", inputs), ("inputData", data))
    inside = "".join(f'<{kind} href="#{one}"/>' for kind, names in parts for one in names)
    variable = f"<variable name={quoteattr(name)}{_typed(result)}/>"
    return f'<decisionService id="{name}" name="{name}">{variable}{inside}</decisionService>'


def item(name: str, inside: str, *, collection: bool = False, kind: str = "itemDefinition") -> str:
    """A type; `inside` is a type's name, or the elements of it."""
    many = ' isCollection="true"' if collection else ""
    body = inside if inside.startswith("<") else f"<typeRef>{inside}</typeRef>"
    return f"<{kind} name={quoteattr(name)}{many}>{body}</{kind}>"


def component(name: str, inside: str, *, collection: bool = False) -> str:
    """An entry of a structure."""
    return item(name, inside, collection=collection, kind="itemComponent")


def allowed(type_ref: str, values: str, kind: str = "allowedValues") -> str:
    """What stands in a type whose values are limited."""
    return f"<typeRef>{type_ref}</typeRef><{kind}><text>{escape(values)}</text></{kind}>"


def typed(name: str, type_ref: str, text: str, requires: Sequence[str] = ()) -> str:
    """A literal decision whose result is of a type."""
    return literal(name, text, requires, f"<variable name={quoteattr(name)}{_typed(type_ref)}/>")


def _typed(type_ref: str) -> str:
    return f" typeRef={quoteattr(type_ref)}" if type_ref else ""


def _values(element: str, text: str | None) -> str:
    return "" if text is None else f"<{element}><text>{escape(text)}</text></{element}>"


def _required(names: Sequence[str]) -> str:
    kinds = {
        "@": ("informationRequirement", "requiredInput"),
        "!": ("knowledgeRequirement", "requiredKnowledge"),
    }
    parts = []
    for name in names:
        outer, inner = kinds.get(name[0], ("informationRequirement", "requiredDecision"))
        parts.append(f'<{outer}><{inner} href="#{name.lstrip("@!")}"/></{outer}>')
    return "".join(parts)
