"""What can be wrong with a scenario file, and how a step fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import ChengxinError, Language
from engine.place import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong in a scenario file, where, and what would be right."""

    place: Place
    zh: str
    en: str

    def message(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


class ScenarioError(ChengxinError):
    """The root of the errors of scenarios."""


class ScenarioInvalid(ScenarioError):
    """A file that cannot be read as scenarios; every fault found is in `problems`."""

    zh = "场景文件有 {count} 处错误：\n{listed}"
    en = "The scenario file has {count} errors:\n{listed}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))

    def message(self, language: Language = "zh") -> str:
        listed = "\n".join(f"  {p.place}: {p.message(language)}" for p in self.problems)
        template = self.zh if language == "zh" else self.en
        return template.format(count=len(self.problems), listed=listed)

    def __str__(self) -> str:
        return "\n".join(f"{p.place}: {p.zh} / {p.en}" for p in self.problems)


class StepFailed(ScenarioError):
    """A step did not go as the scenario says: what was expected, what was found instead."""

    zh = "{text_zh}"
    en = "{text_en}"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(text_zh=zh, text_en=en)


class CellNotFound(ScenarioError):
    """A table has no such row or column."""

    zh = "决策表「{table}」没有{what}「{name}」，有的是：{known}。"
    en = "Table '{table}' has no {what_en} '{name}'; it has: {known}."


class TableNotFound(ScenarioError):
    """No file of the rehearsal holds this decision table."""

    zh = "没有决策表「{table}」，有的是：{known}。"
    en = "There is no decision table '{table}'; there are: {known}."


class FileNotReplaced(ScenarioError):
    """A file of the rehearsal is not among the procedures, or cannot be read."""

    zh = "换文件：{name}（{why}）。"
    en = "Replacing a file: {name} ({why})."
