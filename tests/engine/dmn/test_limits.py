"""What a hostile decision file meets: it is refused, or its answer meets a limit with a name."""

from __future__ import annotations

from contextlib import suppress
from xml.sax.saxutils import escape

import pytest

from engine.dmn import DmnInvalid, check_decisions, read_decisions
from engine.dmn.errors import DecisionError, DecisionFailed, DecisionsInCircle, InputNotAllowed
from engine.feel import Environment
from engine.feel.environment import Meter
from engine.feel.limits import MAX_STEPS
from tests.engine.dmn.builder import (
    DMN_13,
    ask,
    definitions,
    input_data,
    literal,
    model,
    table,
)

HEAD = f'<definitions xmlns="{DMN_13}" id="d" name="d" namespace="n">'
ONE = "<literalExpression><text>1</text></literalExpression>"


def knowledge(name: str, parameters: str, body: str, *requires: str) -> str:
    """A business knowledge model with a literal body."""
    formal = "".join(f'<formalParameter name="{p}"/>' for p in parameters.split())
    needed = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{r}"/></knowledgeRequirement>'
        for r in requires
    )
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><encapsulatedLogic>{formal}'
        f"<literalExpression><text>{escape(body)}</text></literalExpression></encapsulatedLogic>"
        f"{needed}</businessKnowledgeModel>"
    )


def stopped(body: str, decision: str = "a", **facts: object) -> str:
    """What the error says in English: which limit stopped the answer.

    The steps are a fifth of the usual ones, so that the tests take a fifth of the time.
    """
    with pytest.raises(DecisionFailed) as refusal:
        model(body).evaluate(decision, facts, Environment(meter=Meter(MAX_STEPS // 5)))
    assert refusal.value.message("zh")
    return refusal.value.message("en")


# --- the file


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\0" * 100,
        b"<a",
        b" " * 5_000_001,
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}&x;</definitions>'.encode(),
        f'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">{HEAD}</definitions>'.encode(),
        f'<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>{HEAD}'.encode(),
        f"{HEAD}{'<a>' * 101}{'</a>' * 101}</definitions>".encode(),
        f"{HEAD}{'<a>' * 100_000}{'</a>' * 100_000}</definitions>".encode(),
        b"<definitions/>",
    ],
)
def test_a_file_that_is_no_plain_model_is_refused(xml: bytes) -> None:
    with pytest.raises(DmnInvalid) as refusal:
        read_decisions(xml, "hostile.dmn")
    assert refusal.value.findings


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]>{HEAD}&e11;</definitions>'
    with pytest.raises(DmnInvalid):
        read_decisions(xml.encode(), "laughs.dmn")


def test_a_file_asked_to_be_included_is_not_read() -> None:
    namespace = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    include = f'<xi:include {namespace} href="/etc/passwd" parse="text"/>'
    read = model(f"<description>{include}</description>{literal('a', '1')}")
    assert "root:" not in repr(read.definitions)


def test_thousands_of_findings_make_a_message_one_can_read() -> None:
    with pytest.raises(DmnInvalid) as refusal:
        read_decisions(definitions(literal("a", "1") * 3000), "twice.dmn")
    assert len(refusal.value.findings) == 2999
    assert len(refusal.value.message("en")) < 3000


# --- what requires what


def test_decisions_in_a_circle_are_named() -> None:
    with pytest.raises(DecisionsInCircle):
        ask(literal("a", "b", ["b"]) + literal("b", "a", ["a"]), "a")


def test_a_chain_of_decisions_too_long_for_the_stack_is_refused_by_name() -> None:
    links = (literal(f"d{n}", f"d{n - 1} + 1", [f"d{n - 1}"]) for n in range(1, 2000))
    chain = literal("d0", "1") + "".join(links)
    assert "deep" in stopped(chain, "d1999")
    assert check_decisions(model(chain)) == []


def test_decisions_that_share_what_they_require_are_each_asked_once() -> None:
    pairs = "".join(
        literal(f"{side}{n}", f"a{n - 1} + b{n - 1}", [f"a{n - 1}", f"b{n - 1}"])
        for n in range(1, 50)
        for side in "ab"
    )
    answer = ask(literal("a0", "1") + literal("b0", "1") + pairs, "a49")
    assert answer.result == 2**49
    assert len(list(answer.walk())) == 99


def test_answers_that_hold_each_other_twice_are_stopped() -> None:
    lists = "".join(literal(f"a{n}", f"[a{n - 1}, a{n - 1}]", [f"a{n - 1}"]) for n in range(1, 60))
    assert "steps" in stopped(literal("a0", "[1, 1]") + lists, "a59")


@pytest.mark.parametrize(
    "body",
    [
        knowledge("f", "n", "f(n)", "f"),
        knowledge("f", "n", "f(n) + f(n)", "f"),
        knowledge("f", "n", "g(n) + g(n)", "g") + knowledge("g", "n", "f(n) + f(n)", "f"),
        knowledge("f", "n", "sort([1, 2, 3], function(a, b) f(a))", "f"),
    ],
)
def test_knowledge_that_calls_itself_for_ever_is_stopped(body: str) -> None:
    assert "deep" in stopped(body + literal("a", "f(1)", ["!f"]))


def test_knowledge_that_calls_twice_and_twice_again_is_stopped() -> None:
    body = knowledge("f", "n", "if n = 0 then 1 else f(n - 1) + f(n - 1)", "f")
    assert "steps" in stopped(body + literal("a", "f(20)", ["!f"]))


@pytest.mark.parametrize(
    "body",
    ["n + 1", "count(x)", "count(for i in 1..1000 return i)"],
)
def test_the_calls_of_knowledge_in_a_loop_count_together(body: str) -> None:
    loop = literal("a", "count(for i in 1..900000 return f(i))", ["!f", "@x"])
    facts = {"x": list(range(20_000))}
    assert "steps" in stopped(input_data("x") + knowledge("f", "n", body) + loop, **facts)


def test_a_service_that_asks_itself_is_stopped() -> None:
    service = '<decisionService id="s" name="s"><outputDecision href="#a"/></decisionService>'
    for asked in ("a", "s"):
        assert "deep" in stopped(service + literal("a", "s() + s()", ["!s"]), asked)


def test_a_service_without_what_it_refers_to_says_so() -> None:
    service = (
        '<decisionService id="s" name="s"><outputDecision href="#gone"/>'
        '<inputDecision href="#gone"/><inputData href="#gone"/></decisionService>'
    )
    with pytest.raises(DecisionError):
        ask(service, "s")
    check_decisions(model(service))


@pytest.mark.parametrize(
    "items",
    [
        '<itemDefinition name="A"><typeRef>A</typeRef></itemDefinition>',
        (
            '<itemDefinition name="A"><typeRef>B</typeRef></itemDefinition>'
            '<itemDefinition name="B"><typeRef>A</typeRef></itemDefinition>'
        ),
        '<itemDefinition name="A" isCollection="true"><typeRef>A</typeRef></itemDefinition>',
        (
            '<itemDefinition name="A"><itemComponent name="x"><typeRef>A</typeRef></itemComponent>'
            "</itemDefinition>"
        ),
    ],
)
def test_types_that_are_made_of_themselves_do_not_hang(items: str) -> None:
    body = literal("a", "[{x: {x: 1}}]", variable='<variable name="a" typeRef="A"/>')
    with suppress(DecisionError):
        model(items + body).evaluate("a", {})
    with suppress(DecisionError):
        check_decisions(model(items + body))


# --- boxed expressions and tables


def boxed(body: str) -> str:
    return f'<decision id="a" name="a">{body}</decision>'


def each(source: str, body: str) -> str:
    return (
        f'<for iteratorVariable="i"><in><literalExpression><text>{source}</text>'
        f"</literalExpression></in><return>{body}</return></for>"
    )


def test_boxed_iterations_inside_each_other_are_stopped() -> None:
    thousand = "for k in 1..1000 return k"
    assert "steps" in stopped(boxed(each(thousand, each(thousand, each(thousand, ONE)))))
    deep = ONE
    for _ in range(30):
        deep = each("[1, 2]", deep)
    assert "steps" in stopped(boxed(deep))


def test_a_boxed_context_of_thousands_of_entries_is_stopped() -> None:
    entries = (f'<contextEntry><variable name="v{n}"/>{ONE}</contextEntry>' for n in range(20_000))
    assert "steps" in stopped(boxed(f"<context>{''.join(entries)}</context>"))


def test_a_table_of_thousands_of_rules_answers() -> None:
    rules = [((f'"a{n}"',), (f"{n}",)) for n in range(3000)]
    assert ask(table(rules), x="a2999").result == 2999


def test_a_cell_that_loops_stops_the_decision_and_not_the_checks() -> None:
    loop = "count(for i in 1..10**9 return i) > ?"
    body = table([((loop,), ("for i in 1..10**9 return i",))])
    assert "steps" in stopped(body, "t", x=1)
    check_decisions(model(body))


def test_a_value_in_a_message_is_cut() -> None:
    body = table([(("-",), ("1",))], allowed={"x": '"a"'})
    with pytest.raises(InputNotAllowed) as refusal:
        ask(body, x="b" * 1_000_000)
    assert len(refusal.value.message("en")) < 1000


def test_an_output_that_is_a_function_is_not_among_the_allowed_values() -> None:
    with pytest.raises(DecisionError):
        ask(table([(("-",), ("function(a) a",))], allowed={"y": "1"}), x=1)


def test_a_sum_beyond_all_numbers_is_null() -> None:
    body = table([(("-",), ("9E6144",))] * 3, policy="COLLECT", aggregation="SUM")
    assert ask(body, x=1).result is None


# --- the checks


def test_a_table_whose_rules_all_match_is_told_of_only_so_often() -> None:
    found = check_decisions(model(table([(("-",), ("1",))] * 300)))
    assert len(found) < 1000
    assert any(finding.check == "too-large" for finding in found)


def test_a_table_of_a_thousand_columns_is_examined() -> None:
    columns = [f"x{n}" for n in range(1000)]
    rules = [([str(n) for n in range(1000)], ["1"]) for _ in range(5)]
    check_decisions(model(table(rules, inputs=columns, policy="FIRST")))


def test_allowed_values_that_cannot_be_read_are_no_accident_of_the_checks() -> None:
    body = table([(("1",), ('"p"',))], allowed={"y": "((", "x": "(("})
    assert check_decisions(model(body))
