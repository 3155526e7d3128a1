"""`chengxin bench`: each measurement in a process of its own, so that none warms another."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import click

from web.cli.bench.aims import line, missed
from web.cli.bench.bare_side import BareSide
from web.cli.bench.dmn_side import EVALUATIONS, TableSide
from web.cli.bench.feel_side import comparison_costs
from web.cli.bench.precheck_side import PrecheckSide
from web.cli.bench.runtime_side import RuntimeSide

ROUNDS = 3
FEW, MANY, QUESTIONS = 1_000, 200_000, 200
"""Entries in the list, and questions asked, of the bench of pre-checks."""
SHORT = 0.4
"""How long a table is decided in a round."""
SECONDS = 2.0
"""How long each side runs in a round; the rounds alternate, so that both meet the same machine."""


@click.command("bench")
@click.argument(
    "names", nargs=-1, type=click.Choice(["complete", "history", "precheck", "feel", "dmn"])
)
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON / print JSON only")
def bench(names: tuple[str, ...], as_json: bool) -> None:
    """性能比值。complete：用户任务与裸 SpiffWorkflow 之比；history：第 1000 步与第 10 步之比；
    precheck：二十万条目时与一千条目时一次前置审查之比；feel：表达式比较与 Python 之比；
    dmn：决策表每秒判定次数、一百万次求值后的内存。feel、dmn 未达目标时退出码为 1。"""
    results = {name: _in_own_process(_BENCHES[name]) for name in names or _BENCHES}
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False))
    else:
        for name, result in results.items():
            click.echo(name)
            for figure, value in result.items():
                click.echo(line(name, figure, value))
    if any(missed(name, result) for name, result in results.items()):
        raise SystemExit(1)


def _in_own_process(measure: Callable[[], dict[str, float]]) -> dict[str, float]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure).result()


def complete() -> dict[str, float]:
    """User tasks completed per second through the runtime, over bare SpiffWorkflow's."""
    with tempfile.TemporaryDirectory() as folder:
        ours = RuntimeSide(Path(folder))
        ours.sequence()
        bare = BareSide()
        ours.complete_one_instance()
        bare.complete_one_instance()
        pairs = [
            (_per_second(ours.complete_one_instance), _per_second(bare.complete_one_instance))
            for _ in range(ROUNDS)
        ]
    return {
        "tasks_per_second": round(statistics.median(mine for mine, _ in pairs), 1),
        "bare_spiffworkflow_per_second": round(statistics.median(b for _, b in pairs), 1),
        "ratio": round(statistics.median(mine / other for mine, other in pairs), 2),
    }


def history() -> dict[str, float]:
    """What the 1,000th step of one instance costs, over the 10th (medians around them)."""
    with tempfile.TemporaryDirectory() as folder:
        ours = RuntimeSide(Path(folder))
        instance = ours.loop()
        costs = [_seconds(partial(ours.step, instance, n)) for n in range(1, 1021)]
    early, late = statistics.median(costs[4:24]), statistics.median(costs[989:1019])
    return {
        "step_10_ms": round(early * 1000, 3),
        "step_1000_ms": round(late * 1000, 3),
        "ratio": round(late / early, 2),
    }


def precheck() -> dict[str, float]:
    """What a pre-check costs with 200,000 entries, over that with 1,000 (medians)."""
    with tempfile.TemporaryDirectory() as folder:
        side = PrecheckSide(Path(folder))
        side.fill(0, FEW)
        few = _asked(side, FEW)
        side.fill(FEW, MANY)
        many = _asked(side, MANY)
    return {
        "entries": MANY,
        "few_ms": round(statistics.median(few) * 1000, 2),
        "many_ms": round(statistics.median(many) * 1000, 2),
        "many_p95_ms": round(statistics.quantiles(many, n=20)[-1] * 1000, 2),
        "ratio": round(statistics.median(many) / statistics.median(few), 2),
    }


def feel() -> dict[str, float]:
    """What comparing two variables costs in FEEL, over the same with `Decimal` in Python."""
    mine, other, ratio = comparison_costs()
    return {
        "comparison_ns": round(mine * 1e9, 1),
        "python_ns": round(other * 1e9, 1),
        "ratio": round(ratio, 2),
    }


def dmn() -> dict[str, float]:
    """How often a table is decided in a second, and what a million evaluations leave behind."""
    side = TableSide()
    rates = [side.decisions_per_second(SHORT) for _ in range(15)]
    peak, blocks = side.growth()
    return {
        "decisions_per_second": round(statistics.median(rates)),
        "evaluations": EVALUATIONS,
        "peak_growth_mib": round(peak / 2**20, 2),
        "blocks_kept": blocks,
    }


def _asked(side: PrecheckSide, entries: int) -> list[float]:
    """The seconds of questions about parties all over the list, listed, ended and unknown."""
    numbers = [(number * 7919) % (entries + entries // 10) for number in range(QUESTIONS + 20)]
    costs = []
    for number in numbers:
        begun = perf_counter()
        passes = side.ask(number)
        costs.append(perf_counter() - begun)
        if passes == (number < entries and number % 2 == 0):
            raise AssertionError(f"a wrong answer about number {number}")
    return costs[20:]


def _per_second(instance: Callable[[], int]) -> float:
    begun, done = perf_counter(), 0
    while perf_counter() - begun < SECONDS:
        done += instance()
    return done / (perf_counter() - begun)


def _seconds(step: Callable[[], None]) -> float:
    begun = perf_counter()
    step()
    return perf_counter() - begun


_BENCHES = {
    "complete": complete,
    "history": history,
    "precheck": precheck,
    "feel": feel,
    "dmn": dmn,
}
