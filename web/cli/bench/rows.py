"""The decision table that is measured: twenty rules, seven inputs, two outputs, UNIQUE.

A rule is a level and a band of amounts; its other cells are tests of every usual kind (lists,
`not`, booleans, comparisons, days, a variable, `-`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

LEVELS = ("A", "B", "C", "D", "E")
BANDS = ("[0..1000)", "[1000..10000)", "[10000..100000)", ">= 100000")
EDGES = (1000, 10_000, 100_000)

COLUMNS = {
    "level": "string",
    "amount": "number",
    "kind": "string",
    "valid": "boolean",
    "state": "string",
    "served": "date",
    "years": "number",
}

Question = dict[str, object]


def table_file() -> bytes:
    """The DMN file with the one decision `bench`."""
    inputs = "".join(
        f'<input id="{name}" label="{name}"><inputExpression id="{name}_expression" '
        f'typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in COLUMNS.items()
    )
    outputs = (
        '<output id="rule_no" name="rule_no" typeRef="number"/>'
        '<output id="measure" name="measure" typeRef="string"/>'
    )
    rules = "".join(_rule(number) for number in range(len(LEVELS) * len(BANDS)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="bench_file" '
        'name="bench" namespace="bench"><decision id="bench" name="bench">'
        f'<decisionTable id="bench_table" hitPolicy="UNIQUE">{inputs}{outputs}{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def questions() -> list[Question]:
    """Facts that reach every rule, and some that reach none."""
    return [_question(number) for number in range(4 * len(LEVELS) * len(BANDS))]


def expected(question: Question) -> Decimal | None:
    """The number of the rule that must answer; None if none does. Plain Python, for control."""
    number = _number(question)
    limit = question["limit"]
    assert isinstance(limit, Decimal)
    holds = (
        (number % 3 == 0 or question["kind"] in ("unit", "branch"))
        and (number % 2 == 0 or question["valid"] is True)
        and (number % 5 != 4 or question["state"] not in ("withdrawn", "void"))
        and (number % 4 != 1 or question["served"] >= date(2025, 1, 1))  # type: ignore[operator]
        and (number % 4 != 2 or question["years"] <= limit)  # type: ignore[operator]
        and (number % 4 != 3 or 1 <= question["years"] <= 3)  # type: ignore[operator]
    )
    return Decimal(number) if holds else None


def _rule(number: int) -> str:
    years = {2: "<= limit", 3: "[1..3]"}
    cells = [
        f'"{LEVELS[number % 5]}"',
        BANDS[number // 5],
        "-" if number % 3 == 0 else '"unit","branch"',
        "-" if number % 2 == 0 else "true",
        'not("withdrawn","void")' if number % 5 == 4 else "-",
        '>= date("2025-01-01")' if number % 4 == 1 else "-",
        years.get(number % 4, "-"),
    ]
    answers = [str(number), f'"measure {number}"']
    return f'<rule id="rule_{number}">{_cells("input", cells)}{_cells("output", answers)}</rule>'


def _cells(kind: str, texts: Sequence[str]) -> str:
    return "".join(f"<{kind}Entry><text>{escape(text)}</text></{kind}Entry>" for text in texts)


def _question(number: int) -> Question:
    band = number // len(LEVELS) % len(BANDS)
    return {
        "level": LEVELS[number % len(LEVELS)],
        "amount": Decimal((0, *EDGES)[band] + number),
        "kind": ("unit", "branch", "person", "unit")[number % 4],
        "valid": number % 9 != 1,
        "state": ("in force", "void", "withdrawn", "in force", "in force")[number * 3 // 5 % 5],
        "served": date(2024, 12, 1) + timedelta(days=number),
        "years": Decimal(number % 6),
        "limit": Decimal(4),
    }


def _number(question: Question) -> int:
    amount = question["amount"]
    assert isinstance(amount, Decimal)
    band = sum(amount >= edge for edge in EDGES)
    return band * len(LEVELS) + LEVELS.index(str(question["level"]))
