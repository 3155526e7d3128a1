"""What can go wrong with a diagram."""

from __future__ import annotations

from collections.abc import Iterable

from engine.bpmn.findings import Finding
from engine.errors import ChengxinError


class DiagramInvalid(ChengxinError):
    """The file is no diagram that can be read, or its findings forbid to run it."""

    zh = "流程图不可用：{problems_zh}"
    en = "The diagram cannot be used: {problems_en}"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0].place if self.findings else None
        super().__init__(
            place=first,
            problems_zh=" ".join(finding.zh for finding in self.findings),
            problems_en=" ".join(finding.en for finding in self.findings),
        )
