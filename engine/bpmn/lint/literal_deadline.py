"""`literal-deadline`: a number of days in a diagram instead of the name of a period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, is_legal, warning
from engine.bpmn.model import Binding, Diagram, Element

RULE = "literal-deadline"

_DAYS = re.compile(r"(?<!\w)P(?:\d+(?:\.\d+)?[YMWD])+")
_HOURS = re.compile(r"(?<!\w)PT(\d+)H")
_DAY_FUNCTION = re.compile(r"\badd\s+(?:working\s+days|natural\s+days|months|years)\s*\(")
_LITERAL = re.compile(r"-?\s*\d+(?:\.\d+)?\Z")


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        report = error if is_legal(process) else warning
        for element in process.elements.values():
            for literal in _literals(element):
                yield report(
                    RULE,
                    element.place,
                    f"{words.zh(element)}把期限「{literal}」写死在图里。"
                    '请改用 deadline("期限名", 起算日)，天数写在期限表中。',
                    f"The {words.en(element)} has the period '{literal}' in the diagram. Use"
                    ' deadline("NAME", start); the number stands in the table of deadlines.',
                )


def _literals(element: Element) -> Iterator[str]:
    for binding in _deadlines(element):
        yield from _DAYS.findall(binding.text)
        yield from (hours[0] for hours in _HOURS.finditer(binding.text) if int(hours[1]) >= 24)
        if binding.is_expression:
            yield from _counted_days(binding.source)


def _deadlines(element: Element) -> Iterator[Binding]:
    if element.event is not None and element.event.timer is not None and not _is_timetable(element):
        yield element.event.timer
    if element.schedule is not None:
        yield from filter(None, (element.schedule.due_date, element.schedule.follow_up_date))


def _is_timetable(element: Element) -> bool:
    """How often a process starts by itself is no period of anybody."""
    timer = element.event
    return element.kind == "startEvent" and timer is not None and timer.timer_kind == "timeCycle"


def _counted_days(source: str) -> Iterator[str]:
    """Calls like `add working days(d, 7)` whose number is a literal."""
    for call in _DAY_FUNCTION.finditer(source):
        arguments, end = _arguments(source, call.end())
        if len(arguments) > 1 and _LITERAL.match(arguments[1].strip()):
            yield source[call.start() : end]


def _arguments(source: str, start: int) -> tuple[list[str], int]:
    """The arguments of the call whose bracket opens before `start`, and where it closes."""
    arguments = [""]
    depth = 0
    for position in range(start, len(source)):
        character = source[position]
        if depth == 0 and character == ")":
            return arguments, position + 1
        if depth == 0 and character == ",":
            arguments.append("")
            continue
        depth += (character in "([{") - (character in ")]}")
        arguments[-1] += character
    return arguments, len(source)
