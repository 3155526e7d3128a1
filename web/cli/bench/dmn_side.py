"""How often a table is decided in a second, and what a million evaluations leave in memory."""

from __future__ import annotations

import gc
import sys
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from engine.dmn import DecisionModel, read_decisions
from engine.feel import compile_expression
from web.cli.bench.rows import Question, expected, questions, table_file

EVALUATIONS = 1_000_000
WARMING = 30_000
"""Evaluations before memory is looked at: by then the bounded caches are full."""
EXPRESSIONS = (
    "amount < 100000",
    'level = "A" and amount >= 1000',
    "if valid then amount * 1.05 else null",
    "amount + years * 12 - 3",
    'state in ("in force", "void")',
    'served >= date("2025-01-01")',
    "{base: amount, total: base * 2}.total",
    "for n in 1..3 return n * years",
    "[1, 2, 3, 4][item > years]",
    "some n in [1, 2, 3] satisfies n = years",
    'upper case(level) + "-" + string(years)',
    "missing + 1",
)


class TableSide:
    """The table of `rows`, and the questions put to it in turn."""

    def __init__(self) -> None:
        self._model: DecisionModel = read_decisions(table_file(), "bench.dmn")
        self._questions = questions()
        for question in self._questions:
            self._check(question)

    def decisions_per_second(self, seconds: float) -> float:
        """Decisions with their evidence, every question in turn, for about so long."""
        begun, done = perf_counter(), 0
        while perf_counter() - begun < seconds:
            for question in self._questions:
                self._model.evaluate("bench", question)
            done += len(self._questions)
        return done / (perf_counter() - begun)

    def growth(self, evaluations: int = EVALUATIONS, warming: int = WARMING) -> tuple[int, int]:
        """How many bytes the peak of the process grew, and how many blocks of memory stayed.

        One evaluation in ten decides the table, one in a hundred is of a text never seen before;
        the others go round `EXPRESSIONS`. (Linux: the peak is read from `/proc`.)
        """
        self._evaluate(range(-warming, 0))
        gc.collect()
        peak, blocks = _peak_bytes(), sys.getallocatedblocks()
        self._evaluate(range(evaluations))
        gc.collect()
        return _peak_bytes() - peak, sys.getallocatedblocks() - blocks

    def _evaluate(self, numbers: range) -> None:
        for number in numbers:
            question = self._questions[number % len(self._questions)]
            if number % 10 == 0:
                self._model.evaluate("bench", question)
            else:
                compile_expression(_text(number)).evaluate(question)

    def _check(self, question: Question) -> None:
        result = self._model.evaluate("bench", question).result
        number: Decimal | None = result["rule_no"] if isinstance(result, dict) else None
        if number != expected(question):
            raise AssertionError(f"{question} gave {result}, not {expected(question)}")


def _text(number: int) -> str:
    """While warming up always a new text, so that the cache of expressions is full."""
    if number < 0 or number % 100 == 1:
        return f"amount > {number % 10**9}"
    return EXPRESSIONS[number % len(EXPRESSIONS)]


def _peak_bytes() -> int:
    """The most memory this process has held so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
