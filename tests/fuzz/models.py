"""Decision files that are nearly right: the shipped ones with bytes or elements changed."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from lxml import etree

from tests.engine.dmn.builder import definitions, input_data, literal, table
from tests.fuzz.choices import Choices
from tests.fuzz.expressions import any_text, expression, unary_tests

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = tuple(file.read_bytes() for file in sorted((ROOT / "dmn").glob("*.dmn")))
_SHORT = 12_000
"""Bytes of a file that is examined whole in a moment."""

_BOXED = """
<decision id="b" name="b"><informationRequirement><requiredInput href="#x"/>
</informationRequirement><context><contextEntry><variable name="p"/><list>
<literalExpression><text>x</text></literalExpression></list></contextEntry>
<contextEntry><variable name="q"/><for
iteratorVariable="i"><in><literalExpression><text>p</text></literalExpression></in><return>
<conditional><if><literalExpression><text>i = 1</text></literalExpression></if><then>
<literalExpression><text>f(i)</text></literalExpression></then><else><literalExpression>
<text>null</text></literalExpression></else></conditional></return></for></contextEntry>
<contextEntry><variable name="r"/><relation><column name="c"/><row><literalExpression><text>1</text>
</literalExpression></row></relation></contextEntry><contextEntry><filter><in><literalExpression>
<text>r</text></literalExpression></in><match><literalExpression><text>c &gt; 0</text>
</literalExpression></match></filter></contextEntry></context></decision>
<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"
typeRef="number"/><literalExpression><text>if n = 0 then 0 else f(n - 1)</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
<itemDefinition name="t"><typeRef>number</typeRef><allowedValues><text>[1..9]</text></allowedValues>
</itemDefinition><decisionService id="s" name="s"><outputDecision href="#t"/><inputData href="#x"/>
</decisionService>
"""
SMALL = definitions(
    input_data("x", "number")
    + table(
        [(('"a"', "[1..3)"), ("1", '"p"')), (("not(1)", "> 3"), ("x + 1", '"q"'))],
        inputs=("x", "y"),
        outputs=("u", "v"),
        policy="PRIORITY",
        allowed={"v": '"p","q"'},
        requires=["@x"],
    )
    + literal("l", "t.u + 1", ["t"])
    + _BOXED
)
"""A file with an element of every kind."""

_NAMES = ("id", "name", "href", "typeRef", "hitPolicy", "aggregation", "isCollection", "kind")
_WORDS = ("", "t", "#t", "x", "#x", "l", "#l", "f", "t.u", "number", "string", "UNIQUE", "COLLECT")
_WORDS += ("SUM", "FIRST", "ANY", "OUTPUT ORDER", "true", "FEEL", "Java", "date and time", "\u3000")


def changed_bytes(choices: Choices) -> bytes:
    """A file of which a few bytes are other ones, missing or doubled."""
    xml = bytearray(choices.one((SMALL, *SHIPPED)))
    for _ in range(1 + choices.below(4)):
        at = choices.below(len(xml))
        size = choices.below(9)
        xml[at : at + size] = bytes(choices.below(256) for _ in range(choices.below(4)))
    return bytes(xml)


def changed_elements(choices: Choices) -> bytes:
    """A file of which elements are moved, doubled, removed, renamed, or say something else."""
    root = etree.fromstring(choices.one((SMALL, SMALL, *filter(_is_short, SHIPPED))))
    for _ in range(1 + choices.below(4)):
        elements = [e for e in root.iter() if isinstance(e.tag, str) and e is not root]
        if not elements:
            break
        _change(choices, elements)
    return etree.tostring(root)


def _is_short(xml: bytes) -> bool:
    return len(xml) < _SHORT


def _change(choices: Choices, elements: list[etree._Element]) -> None:
    element, other = choices.one(elements), choices.one(elements)
    around = element.getparent()
    assert around is not None
    kind = choices.below(6)
    if kind == 0:
        around.remove(element)
    elif kind == 1:
        around.append(deepcopy(element))
    elif kind == 2:
        other.append(deepcopy(element))
    elif kind == 3:
        element.tag = other.tag
    elif kind == 4:
        element.set(choices.one(_NAMES), choices.one(_WORDS))
    else:
        make = choices.one((expression, unary_tests, any_text))
        element.text = _allowed(make(choices))


def _allowed(text: str) -> str:
    """`text` without what XML has no character for."""
    kept = (c for c in text if c in "\t\n" or " " <= c < "\ud800" or c > "\ue000")
    return "".join(c for c in kept if c not in "\ufffe\uffff")[:400]
