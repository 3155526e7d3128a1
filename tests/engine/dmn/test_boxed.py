"""Boxed expressions; the compatibility kit has many more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, WrongType
from engine.feel import Range
from tests.engine.dmn.builder import ask, knowledge, literal


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


def test_the_columns_of_a_relation_have_types() -> None:
    relation = f'<relation><column name="a" typeRef="number"/><row>{box("x")}</row></relation>'
    assert boxed(relation, x=[1]) == [{"a": 1}]
    with pytest.raises(WrongType):
        boxed(relation, x="1")


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


def test_boxed_iterations_go_through_ranges_and_single_values() -> None:
    assert boxed(loop("for", "n * 2", "return"), xs=Range(Decimal(1), Decimal(3))) == [2, 4, 6]
    assert boxed(loop("for", "n * 2", "return"), xs=4) == [8]
    assert boxed(loop("for", "count(partial)", "return"), xs=[5, 5]) == [0, 1]
    assert boxed(loop("every", "n > 1", "satisfies"), xs=[]) is True


@pytest.mark.parametrize("kind", ["for", "some", "every"])
def test_going_through_null_is_null_with_a_warning(kind: str) -> None:
    logic = loop(kind, "true", "return" if kind == "for" else "satisfies")
    answer = ask(f'<decision id="t" name="t">{logic}</decision>', xs=None)
    assert answer.result is None
    assert answer.warnings[0].kind == "NotIterable"


def test_a_quantified_body_that_is_no_boolean_makes_it_null() -> None:
    assert boxed(loop("some", "n", "satisfies"), xs=[1]) is None
    assert boxed(loop("every", "n", "satisfies"), xs=[True, None]) is None


def test_a_filter_sees_the_entries_of_contexts() -> None:
    kept = f"<filter><in>{box('xs')}</in><match>{box('a &gt; 1')}</match></filter>"
    assert boxed(kept, xs=[{"a": 1}, {"a": 2}]) == [{"a": 2}]
    assert boxed(kept, xs=None) == []
    assert boxed(kept.replace("a &gt; 1", "a"), xs=[{"a": 1}]) is None


def invocation(called: str, **arguments: str) -> str:
    bindings = "".join(
        f'<binding><parameter name="{name}"/>{box(text)}</binding>'
        for name, text in arguments.items()
    )
    return f"<invocation>{box(called)}{bindings}</invocation>"


def test_built_in_functions_are_invoked_too() -> None:
    assert boxed(invocation("string length", string='"abc"')) == 3


@pytest.mark.parametrize("called", ["nobody", "1", "string length"])
def test_an_invocation_that_does_not_fit_is_null_with_a_warning(called: str) -> None:
    answer = ask(f'<decision id="t" name="t">{invocation(called, x="1")}</decision>')
    assert answer.result is None
    assert answer.warnings


def test_a_parameter_is_only_a_name() -> None:
    body = knowledge("f", {"a) + f(a": "number"}, "1") + (
        f'<decision id="t" name="t"><knowledgeRequirement><requiredKnowledge href="#f"/>'
        f"</knowledgeRequirement>{invocation('f', **{'a) + f(a': '2'})}</decision>"
    )
    assert ask(body).result == 1


def test_a_table_may_stand_inside_a_context() -> None:
    inner = (
        '<decisionTable id="inner"><input label="x"><inputExpression><text>x</text>'
        '</inputExpression></input><output name="y"/><rule id="only"><inputEntry><text>1</text>'
        "</inputEntry><outputEntry><text>2</text></outputEntry></rule></decisionTable>"
    )
    entries = (
        f'<contextEntry><variable name="a"/>{inner}</contextEntry>'
        f"<contextEntry>{box('a + 1')}</contextEntry>"
    )
    answer = ask(f'<decision id="t" name="t"><context>{entries}</context></decision>', x=1)
    assert answer.result == 3
    [table] = answer.required
    assert (table.decision_id, table.matched[0].rule_id) == ("inner", "only")


def test_knowledge_calls_knowledge_and_itself_up_to_a_limit() -> None:
    double = knowledge("double", {"n": "number"}, "n * 2")
    sum_up = knowledge(
        "sum up", {"n": "number"}, "if n = 0 then 0 else double(n) + sum up(n - 1)",
        requires=["!double"],
    )  # fmt: skip
    body = double + sum_up + literal("t", "sum up(n)", ["!sum up"])
    assert ask(body, n=10).result == 110
    with pytest.raises(DecisionFailed) as caught:
        ask(body, n=1000)
    assert "40" in caught.value.message("zh")
    assert "40" in caught.value.message("en")


def test_functions_in_java_and_pmml_say_what_to_do_instead() -> None:
    for kind in ("Java", "PMML"):
        body = knowledge("f", {}, "1", kind=kind) + literal("t", "f()", ["!f"])
        with pytest.raises(DecisionFailed) as caught:
            ask(body)
        assert "BKM" in caught.value.message("zh")
        assert "business knowledge model" in caught.value.message("en")
