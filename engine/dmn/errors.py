"""What can be wrong with a decision: in its file, or in answering one question."""

from __future__ import annotations

from collections.abc import Sequence

from engine.dmn.finding import DmnFinding
from engine.errors import ChengxinError, Language
from engine.place import Place

MAX_SAID = 20
"""Findings one message tells."""


class DecisionError(ChengxinError):
    """The root of the errors of this room."""

    zh = "决策出错。"
    en = "The decision failed."


class DmnInvalid(DecisionError):
    """A file is no DMN model that may be read; `findings` say where and why."""

    zh = "决策文件「{file}」不能读取：{problems}"
    en = "The decision file '{file}' cannot be read: {problems}"

    def __init__(self, findings: Sequence[DmnFinding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0].place if self.findings else None
        super().__init__(place=first, file=first.file if first else "")

    def message(self, language: Language = "zh") -> str:
        separator = "；" if language == "zh" else "; "
        problems = separator.join(
            found.zh if language == "zh" else found.en for found in self.findings[:MAX_SAID]
        )
        if len(self.findings) > MAX_SAID:
            problems += f"{separator}… ({len(self.findings)})"
        template = self.zh if language == "zh" else self.en
        return template.format(file=self.values["file"], problems=problems)


class NoSuchDecision(DecisionError):
    """The file holds no decision of this id."""

    zh = "文件「{file}」里没有决策「{decision}」。现有：{known}。"
    en = "The file '{file}' has no decision '{decision}'. It has: {known}."


class DecisionsInCircle(DecisionError):
    """Decisions require each other, so none can be the first."""

    zh = "决策互相依赖，成了一圈：{circle}。请删去其中一条依赖。"
    en = "The decisions require each other in a circle: {circle}. Remove one of the requirements."


class RulesOverlap(DecisionError):
    """Several rules of a UNIQUE table match one input; picking one would be a guess."""

    zh = "决策表「{decision}」要求唯一命中，但第 {rows} 行同时符合 {inputs}。请收窄其中一行的条件。"
    en = (
        "Table '{decision}' allows one match, but rules {rows} all match {inputs}. "
        "Narrow one of them."
    )


class AnyDisagrees(DecisionError):
    """Rules of an ANY table match together but do not say the same."""

    zh = (
        "决策表「{decision}」要求命中的行结论一致，但第 {rows} 行对 {inputs} 的结论不同。"
        "请统一结论或收窄条件。"
    )
    en = (
        "Rules {rows} of table '{decision}' all match {inputs} but disagree. "
        "Make them agree or narrow one."
    )


class InputNotAllowed(DecisionError):
    """An input has a value its column does not list."""

    zh = "决策表「{decision}」的输入「{column}」是 {value}，不在允许值 {allowed} 之内。"
    en = "Input '{column}' of table '{decision}' is {value}, which is not among {allowed}."


class OutputNotAllowed(DecisionError):
    """A rule gives a value its column does not list."""

    zh = "决策表「{decision}」第 {row} 行的输出「{column}」是 {value}，不在允许值 {allowed} 之内。"
    en = (
        "Rule {row} of table '{decision}' gives {value} for '{column}', "
        "which is not among {allowed}."
    )


class WrongType(DecisionError):
    """A value is not of the type the file declares for it, or not among its allowed values.

    `part` leads to what is at fault inside the value, empty for the whole.
    """

    zh = "决策「{decision}」的值{part}应为 {expected}，实为 {found}。"
    en = "A value of the decision '{decision}'{part} should be {expected} but is {found}."


class NoPriorities(DecisionError):
    """PRIORITY and OUTPUT ORDER rank by the list of output values; without one it is a guess."""

    zh = (
        "决策表「{decision}」的命中策略是 {policy}，第 {rows} 行同时命中，"
        "但输出列没有列出允许值，分不出先后。请在输出列的允许值里从高到低列出。"
    )
    en = (
        "Table '{decision}' has the hit policy {policy} and rules {rows} match together, but its "
        "outputs list no allowed values to rank them by. List them, the most important first."
    )


class NoAggregate(DecisionError):
    """SUM, MIN, MAX or COUNT over several output columns has no meaning."""

    zh = "决策表「{decision}」汇总方式为 {aggregation}，只能有一个输出列，现有 {columns} 列。"
    en = (
        "Table '{decision}' aggregates with {aggregation}; "
        "it may have one output column, not {columns}."
    )


class DecisionFailed(DecisionError):
    """An expression of a decision cannot be read or exceeds a limit; `cause` says which."""

    zh = "决策「{decision}」无法得出结论：{cause}"
    en = "The decision '{decision}' has no answer: {cause_en}"


def failed(decision: str, fault: ChengxinError, place: Place | None) -> DecisionFailed:
    """`fault` of the expression language as a fault of the decision it stands in."""
    return DecisionFailed(
        place=fault.place or place,
        decision=decision,
        cause=fault.message("zh"),
        cause_en=fault.message("en"),
    )
