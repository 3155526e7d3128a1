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


class CompileRefused(ChengxinError):
    """The diagram holds something this engine does not run; running it would be a guess."""

    zh = "流程图不能运行：{reason_zh}"
    en = "The diagram cannot be run: {reason_en}"


class NoSuchProcess(ChengxinError):
    """The file holds no process with this id."""

    zh = "文件中没有流程「{process_id}」，只有：{known}。"
    en = "The file holds no process '{process_id}', only: {known}."


class NoSuchStart(ChengxinError):
    """The process cannot be started there."""

    zh = "流程「{process_id}」没有可用的开始事件「{start_event_id}」。"
    en = "Process '{process_id}' has no start event '{start_event_id}' to start at."


class AlreadyStarted(ChengxinError):
    """A token is put on the start event once only."""

    zh = "该流程实例已经启动。"
    en = "This process instance has already been started."


class NoFlowTaken(ChengxinError):
    """No condition of a gateway holds and it has no default flow."""

    zh = "网关「{element}」的所有条件都不成立，且没有默认流向。请补一条默认流向或放宽条件。"
    en = (
        "No condition of gateway '{element}' holds and it has no default flow. "
        "Add a default flow or widen a condition."
    )


class UncaughtError(ChengxinError):
    """An error end event was reached and no boundary event catches its code.

    `values["code"]` is the code; a caller of the process may catch it.
    """

    zh = "错误「{code}」由「{element}」抛出，但没有边界事件捕获它。"
    en = "Error '{code}' thrown by '{element}' is caught by no boundary event."


class NoSuchToken(ChengxinError):
    """No live token of the instance has this id."""

    zh = "流程实例中没有编号为「{token_id}」的令牌，可能已经完成或取消。"
    en = "The instance has no token '{token_id}'; it may be completed or cancelled."


class NotWaiting(ChengxinError):
    """The token does not wait for this."""

    zh = "「{element}」（令牌 {token_id}）当前不等待：{what}。"
    en = "'{element}' (token {token_id}) does not wait for: {what}."


class NotInScope(ChengxinError):
    """A token cannot be put on an element in a scope that does not hold it."""

    zh = "元素「{element_id}」不在令牌「{scope}」所在的范围内，不能在此激活。"
    en = "Element '{element_id}' does not stand in the scope of token '{scope}'."


class RunsForever(ChengxinError):
    """A run did not come to rest: a loop without a waiting activity that is never left."""

    zh = "流程连续推进 {steps} 步仍未停下，最后停在「{element}」，请检查是否有走不出的循环。"
    en = "The process did not come to rest within {steps} steps, last at '{element}'; endless loop?"


class ExecutionBroken(ChengxinError):
    """An earlier step failed half-way; the state must be loaded again and never saved."""

    zh = "流程实例在上一步中出错，其状态不得继续使用或保存。"
    en = "The instance failed in an earlier step; its state must not be used or saved."


class StateUnreadable(ChengxinError):
    """A saved state does not fit the process it is loaded into."""

    zh = "已保存的流程状态无法读取：{reason}。"
    en = "The saved state cannot be read: {reason}."
