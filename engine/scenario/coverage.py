"""Which elements and flows of the procedures the scenarios went through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.bpmn import Diagram
from engine.bpmn.picture import draw
from engine.runtime.models import ElementInstance, ProcessInstance, TokenState

if TYPE_CHECKING:
    from engine.scenario.desk import Desk

_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"', re.DOTALL)
_MARGIN = 24.0
_HEADING = 64.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessCoverage:
    """One process: what it has, and what of it was passed."""

    diagram: Diagram
    process_id: str
    elements: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        process = self.diagram.processes[self.process_id]
        return process.name or process.id

    def all_elements(self) -> frozenset[str]:
        """The flow nodes."""
        return frozenset(self.diagram.processes[self.process_id].elements)

    def all_flows(self) -> frozenset[str]:
        """The sequence flows."""
        return frozenset(self.diagram.processes[self.process_id].flows)

    def missing(self) -> list[str]:
        """The ids of what was never passed, elements first."""
        return [
            *sorted(self.all_elements() - self.elements),
            *sorted(self.all_flows() - self.flows),
        ]

    def words(self) -> str:
        """The figures in a sentence."""
        nodes, of_nodes = len(self.elements & self.all_elements()), len(self.all_elements())
        flows, of_flows = len(self.flows & self.all_flows()), len(self.all_flows())
        return (
            f"{self.name}：节点 {nodes}/{of_nodes}（{percent(nodes, of_nodes)}），"
            f"连线 {flows}/{of_flows}（{percent(flows, of_flows)}）"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The processes that scenarios used, by id."""

    processes: Mapping[str, ProcessCoverage] = field(default_factory=dict)

    @staticmethod
    def of(desk: Desk) -> Coverage:
        """What the instances of a desk went through."""
        rows = desk.all(select(ProcessInstance.key, ProcessInstance.process_definition_key))
        elements = desk.all(select(ElementInstance.instance_key, ElementInstance.element_id))
        flows = {
            row.instance_key: row.flows
            for row in desk.all(select(TokenState.instance_key, TokenState.flows))
        }
        parts = []
        for row in rows:
            deployed = desk.definition(row.process_definition_key)
            part = ProcessCoverage(
                diagram=deployed.diagram,
                process_id=deployed.process_id,
                elements=frozenset(e.element_id for e in elements if e.instance_key == row.key),
                flows=frozenset(flows.get(row.key, ())),
            )
            parts.append(Coverage(processes={part.process_id: part}))
        return together(parts)

    def svg(self) -> str:
        """One picture of all processes, one below the other, what was passed in its colour."""
        parts, y, width = [], _MARGIN, 0.0
        for part in self.processes.values():
            picture = draw(
                part.diagram,
                passed_elements=part.elements,
                passed_flows=part.flows,
                dim_rest=True,
                title=part.words(),
            )
            size = _SIZE.search(picture)
            wide, high = (float(size[1]), float(size[2])) if size else (800.0, 600.0)
            inner = picture[picture.index("<svg") :]
            parts.append(_heading(part, y))
            y += _HEADING
            parts.append(inner.replace("<svg", f'<svg x="{_MARGIN:g}" y="{y:g}"', 1))
            y += high + _MARGIN
            width = max(width, wide)
        width = max(width, 800.0) + 2 * _MARGIN
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{y:g}" '
            f'viewBox="0 0 {width:g} {y:g}" role="img">'
            f'<rect width="{width:g}" height="{y:g}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
        )


def together(coverages: Iterable[Coverage]) -> Coverage:
    """What any of them passed. Of several versions of a process the first is drawn."""
    processes: dict[str, ProcessCoverage] = {}
    for coverage in coverages:
        for key, part in coverage.processes.items():
            known = processes.get(key)
            processes[key] = part if known is None else ProcessCoverage(
                diagram=known.diagram,
                process_id=key,
                elements=known.elements | part.elements,
                flows=known.flows | part.flows,
            )  # fmt: skip
    return Coverage(processes=dict(sorted(processes.items())))


def percent(part: int, whole: int) -> str:
    """A share that says 100 % only when nothing is missing."""
    return f"{100 * part // whole} %" if whole else "100 %"


def _heading(part: ProcessCoverage, y: float) -> str:
    missing = part.missing()
    shown = "、".join(_name(part, id_) for id_ in missing[:12])
    more = f" 等 {len(missing)} 处" if len(missing) > 12 else ""
    rest = f"未走过：{shown}{more}" if missing else "全部走过"
    font = 'font-family="Noto Sans SC, Microsoft YaHei, sans-serif"'
    return (
        f'<text x="{_MARGIN:g}" y="{y + 20:g}" font-size="20" {font}>{_escape(part.words())}</text>'
        f'<text x="{_MARGIN:g}" y="{y + 44:g}" font-size="14" fill="#555555" {font}>'
        f"{_escape(rest)}</text>"
    )


def _name(part: ProcessCoverage, id_: str) -> str:
    process = part.diagram.processes[part.process_id]
    element = process.elements.get(id_)
    flow = process.flows.get(id_)
    return (element.name if element else flow.name if flow else "") or id_


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
