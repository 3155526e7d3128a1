"""Boxed expressions; the compatibility kit has many more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed
from tests.engine.dmn.builder import ask


def box(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def boxed(logic: str, **facts: object) -> object:
    return ask(f'<decision id="t" name="t">{logic}</decision>', **facts).result


def test_context_entries_see_the_ones_before() -> None:
    entries = "".join(
        f'<contextEntry><variable name="{name}"/>{box(text)}</contextEntry>'
        for name, text in (("a", "1"), ("b", "a + 1"))
    )
    assert boxed(f"<context>{entries}</context>") == {"a": 1, "b": 2}
    result = f"<contextEntry>{box('a + b')}</contextEntry>"
    assert boxed(f"<context>{entries}{result}</context>") == 3


def test_lists_and_relations() -> None:
    assert boxed(f"<list>{box('1')}{box('x')}</list>", x=2) == [1, 2]
    relation = (
        f'<relation><column name="a"/><column name="b"/><row>{box("1")}{box("2")}</row></relation>'
    )
    assert boxed(relation) == [{"a": 1, "b": 2}]


def test_a_function_is_invoked_by_parameter_names() -> None:
    function = (
        '<contextEntry><variable name="area"/><functionDefinition>'
        '<formalParameter name="width"/><formalParameter name="height"/>'
        f"{box('width * height')}</functionDefinition></contextEntry>"
    )
    call = (
        f"<contextEntry><invocation>{box('area')}"
        f'<binding><parameter name="height"/>{box("3")}</binding>'
        f'<binding><parameter name="width"/>{box("x")}</binding></invocation></contextEntry>'
    )
    assert boxed(f"<context>{function}{call}</context>", x=2) == Decimal(6)


def test_a_function_in_java_is_not_run() -> None:
    function = (
        '<contextEntry><variable name="f"/><functionDefinition kind="Java">'
        f"{box('1')}</functionDefinition></contextEntry>"
        f"<contextEntry>{box('f()')}</contextEntry>"
    )
    with pytest.raises(DecisionFailed, match="Java"):
        boxed(f"<context>{function}</context>")


@pytest.mark.parametrize(("x", "result"), [(1, "yes"), (2, "no"), (None, "no")])
def test_conditional(x: object, result: str) -> None:
    parts = f"<if>{box('x = 1')}</if><then>{box(chr(34) + 'yes' + chr(34))}</then>"
    logic = f"<conditional>{parts}<else>{box(chr(34) + 'no' + chr(34))}</else></conditional>"
    assert boxed(logic, x=x) == result


def loop(kind: str, body: str, end: str) -> str:
    return f'<{kind} iteratorVariable="n"><in>{box("xs")}</in><{end}>{box(body)}</{end}></{kind}>'


def test_for_some_every_and_filter() -> None:
    xs = [1, 2, 3]
    assert boxed(loop("for", "n * 2", "return"), xs=xs) == [2, 4, 6]
    assert boxed(loop("some", "n = 2", "satisfies"), xs=xs) is True
    assert boxed(loop("some", "n = 9", "satisfies"), xs=xs) is False
    assert boxed(loop("every", "n = 1", "satisfies"), xs=xs) is False
    assert boxed(loop("every", "n != 9", "satisfies"), xs=xs) is True
    kept = f"<filter><in>{box('xs')}</in><match>{box('item != 2')}</match></filter>"
    assert boxed(kept, xs=xs) == [1, 3]
