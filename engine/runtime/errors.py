"""What the runtime refuses, each with the sentence a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.errors import ChengxinError, Language

if TYPE_CHECKING:
    from engine.bpmn.findings import Finding


class RuntimeFault(ChengxinError):
    """The root of the runtime's errors."""


class NotFound(RuntimeFault):
    """Nothing has this key."""

    zh = "没有找到{what} {key}。"
    en = "There is no {what} {key}."


class NotPermitted(RuntimeFault):
    """The person may not do this."""

    zh = "您无权{action}：{reason}。"
    en = "You may not {action_en}: {reason_en}."


class TaskNotOpen(RuntimeFault):
    """The task was done, withdrawn or overtaken by a deadline."""

    zh = "任务「{name}」已不在办理中（{state}），您的操作没有执行，案件不受影响。"
    en = "Task '{name}' is no longer open ({state}); nothing was changed."


class TaskClaimed(RuntimeFault):
    """Somebody else works on the task."""

    zh = "任务「{name}」已由 {assignee} 认领。"
    en = "Task '{name}' is claimed by {assignee}."


class SamePerson(RuntimeFault):
    """Two steps of one case that must be done by two persons."""

    zh = "「{name}」不得由已办理「{other}」的人（{user}）办理。"
    en = "'{name}' may not be done by {user}, who has done '{other}'."


class CompletionRefused(RuntimeFault):
    """Conditions of the diagram for completing this task do not hold."""

    zh = "「{name}」现在不能办理：{messages}"
    en = "'{name}' cannot be completed now: {messages}"


class InstanceNotActive(RuntimeFault):
    """The instance has ended or is suspended."""

    zh = "流程实例 {key} 的状态为{state}，不能继续办理。"
    en = "Process instance {key} is {state}."


class AlreadyStarted(RuntimeFault):
    """A start with the same key happened before: the same clue is not started twice."""

    zh = "相同的事项已经登记过（流程实例 {key}）。"
    en = "The same matter was started before (process instance {key})."


class Conflict(RuntimeFault):
    """Somebody else changed the instance at the same moment."""

    zh = "流程实例 {key} 刚刚被他人更新，您的操作没有执行。请刷新后重试。"
    en = "Process instance {key} was just changed by somebody else; nothing was done. Reload."


class NoSuchDefinition(RuntimeFault):
    """Nothing deployed has this id."""

    zh = "没有部署{what}「{id}」。"
    en = "No {what_en} '{id}' is deployed."


class ExpressionFailed(RuntimeFault):
    """An expression of a diagram gave no usable value."""

    zh = "元素「{element}」的{purpose}「{source}」得到 {value}，应为{expected}。{warnings}"
    en = (
        "The {purpose_en} '{source}' of '{element}' gave {value}, expected {expected}. "
        "{warnings_en}"
    )


class JobFailed(RuntimeFault):
    """A job handler gave up."""

    zh = "后台作业「{type}」失败：{cause}"
    en = "Job '{type}' failed: {cause}"


class JobNotReady(RuntimeFault):
    """The job is done, cancelled or failed already."""

    zh = "后台作业 {key} 的状态为 {state}，不能执行。"
    en = "Job {key} is {state}; it cannot run."


class NotCorrelated(RuntimeFault):
    """Nobody waits for the message."""

    zh = "没有流程在等待消息「{name}」（关联键 {correlation_key}）。"
    en = "Nothing waits for message '{name}' with key {correlation_key}."


class DeadlineUnknown(RuntimeFault):
    """A rule that the table of deadlines does not have."""

    zh = "期限表 deadlines 中没有「{rule}」。请在决策表中补充，或改正流程图中的写法。"
    en = "Table 'deadlines' has no rule '{rule}'. Add it, or correct the diagram."


class DateGoesBack(RuntimeFault):
    """A due date was changed without a reason, or to a day before the task began."""

    zh = "变更期限须写明理由，且不得早于任务创建日（{created}）。"
    en = "A due date needs a reason and may not lie before the task began ({created})."


class ReasonMissing(RuntimeFault):
    """An intervention must say why."""

    zh = "{action}须写明理由。"
    en = "{action_en} needs a reason."


class AttachmentRefused(RuntimeFault):
    """A file that is too large or not of an allowed kind."""

    zh = "附件「{name}」不能上传：{reason}。"
    en = "Attachment '{name}' is refused: {reason_en}."


class DeploymentRefused(RuntimeFault):
    """The resources have errors; all of them are in `findings`."""

    zh = "部署被拒绝，共 {count} 处错误：{summary}"
    en = "The deployment is refused with {count} errors: {summary}"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.level == "error"]
        summary = "；".join(f"{f.place} {f.zh}" for f in errors[:5])
        super().__init__(count=len(errors), summary=summary)

    def message(self, language: Language = "zh") -> str:
        if language == "zh":
            return super().message("zh")
        errors = [f for f in self.findings if f.level == "error"]
        summary = "; ".join(f"{f.place} {f.en}" for f in errors[:5])
        return self.en.format(count=len(errors), summary=summary)


class DraftConflict(Conflict):
    """Somebody else saved, deployed or discarded the draft in the meantime."""

    zh = "文件「{file}」的草稿{what}，您的修改没有保存。"
    en = "The draft of '{file}' {what_en}; your changes are not saved."


class DraftRefused(RuntimeFault):
    """A file that cannot be kept in the studio."""

    zh = "文件「{file}」不能保存：{reason}。"
    en = "File '{file}' cannot be kept: {reason_en}."
