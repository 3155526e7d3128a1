"""What a measurement must reach, and how its figures are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A figure must be at least or at most `limit`."""

    figure: str
    limit: float
    at_least: bool = False

    def reached(self, figures: Mapping[str, float]) -> bool:
        """Whether `figures` of the same bench reach it."""
        figure = figures[self.figure]
        return figure >= self.limit if self.at_least else figure <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:,}"


AIMS: Mapping[str, tuple[Aim, ...]] = {
    "feel": (Aim(figure="ratio", limit=15),),
    "dmn": (
        Aim(figure="decisions_per_second", limit=5_000, at_least=True),
        Aim(figure="peak_growth_mib", limit=2),
    ),
}
"""The aims of the benches that have some; the command ends with 1 if one is missed."""

LABELS: Mapping[str, str] = {
    "ratio": "比值 / ratio",
    "comparison_ns": "FEEL 比较两个变量，纳秒 / a comparison of two variables in FEEL, ns",
    "python_ns": "Python 用 Decimal 作同一比较，纳秒 / the same with Decimal in Python, ns",
    "decisions_per_second": "20 行 7 列的表每秒判定次数 / decisions a second, 20 rules, 7 inputs",
    "evaluations": "内存测量的求值次数 / evaluations while memory was watched",
    "peak_growth_mib": "内存峰值增长，MiB / growth of the peak of memory, MiB",
    "blocks_kept": "留下的内存块数 / blocks of memory kept",
}
"""What the figures of these benches are called; of others the keys are printed."""


def missed(name: str, figures: Mapping[str, float]) -> list[Aim]:
    """The aims of the bench `name` that its figures miss."""
    return [aim for aim in AIMS.get(name, ()) if not aim.reached(figures)]


def line(name: str, figure: str, value: float) -> str:
    """One figure for people, with its aim if it has one."""
    aims = "".join(f"（目标 aim {aim}）" for aim in AIMS.get(name, ()) if aim.figure == figure)
    return f"  {LABELS.get(figure, figure)}: {value:,}{aims}"
