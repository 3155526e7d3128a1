"""`expression`: FEEL that does not parse, calls a function wrongly, or lacks its `=`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.bpmn.findings import Finding
from engine.bpmn.lint.bindings import Expected, bindings
from engine.bpmn.lint.facts import Surroundings, error
from engine.bpmn.model import Diagram
from engine.feel import FeelError, compile_expression, known_functions
from engine.feel.calls import WrongCall, wrong_calls
from engine.feel.expression import read_expression
from engine.feel.meant import meant

RULE = "expression"


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    known = {*known_functions(), *surroundings.functions}
    for process in diagram.processes.values():
        for expected in bindings(process):
            if expected.is_feel:
                yield from _feel(expected, known)
            elif expected.kind == "must":
                yield _without_sign(expected)


def _feel(expected: Expected, known: Collection[str]) -> Iterator[Finding]:
    source = expected.binding.source.strip()
    if not source:
        yield error(
            RULE,
            expected.place,
            f"{expected.zh}只有等号，没有表达式。请填写。",
            f"The {expected.en} is an = without an expression. Write one.",
        )
        return
    try:
        expression = compile_expression(source)
    except FeelError as fault:
        yield error(
            RULE,
            expected.place,
            f"{expected.zh}「{_short(source)}」不是有效的 FEEL：{fault.message('zh')}",
            f"The {expected.en} '{_short(source)}' is not FEEL: {fault.message('en')}",
        )
        return
    for name in sorted(expression.calls - set(known) - expression.names):
        yield _unknown_function(expected, name, known)
    for call in wrong_calls(read_expression(source), expression.calls - expression.names):
        yield _wrong_call(expected, call)


def _unknown_function(expected: Expected, name: str, known: Collection[str]) -> Finding:
    close = meant(name, known)
    hint_zh = f"是否应为「{close}」？" if close else "请检查函数名。"
    hint_en = f"Did you mean '{close}'?" if close else "Check its name."
    return error(
        RULE,
        expected.place,
        f"{expected.zh}调用了未知函数「{name}」。{hint_zh}",
        f"The {expected.en} calls the unknown function '{name}'. {hint_en}",
    )


def _wrong_call(expected: Expected, call: WrongCall) -> Finding:
    return error(
        RULE,
        expected.place,
        f"{expected.zh}调用「{call.function}」的参数不对（{call.found}），应为 {call.wanted}。",
        f"The {expected.en} calls '{call.function}' with wrong arguments ({call.found}); "
        f"it is {call.wanted}.",
    )


def _without_sign(expected: Expected) -> Finding:
    text = _short(expected.binding.text.strip())
    return error(
        RULE,
        expected.place,
        f"{expected.zh}「{text}」不是 FEEL 表达式。请以 = 开头。",
        f"The {expected.en} '{text}' is no FEEL expression. Begin it with =.",
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"
