"""What the register refuses."""

from __future__ import annotations

from engine.errors import ChengxinError


class RegisterFault(ChengxinError):
    """The root of the register's errors."""


class VariableMissing(RegisterFault):
    """A job of the register needs a variable that the process does not have."""

    zh = "后台作业 {type} 缺少变量「{name}」。请检查流程图中该步骤之前的内容。"
    en = "Job {type} needs the variable '{name}'. Check the diagram before this step."


class CaseUnknown(RegisterFault):
    """No case has this number."""

    zh = "没有案号为 {case_no} 的案件。"
    en = "There is no case {case_no}."


class EntryUnknown(RegisterFault):
    """No entry has this number."""

    zh = "名单中没有编号为 {entry_no} 的条目。"
    en = "The list has no entry {entry_no}."


class EntryElsewhere(RegisterFault):
    """The entry belongs to a unit that the person does not see."""

    zh = "条目 {entry_no} 属于其他单位，您不能就它发起流程。"
    en = "Entry {entry_no} belongs to another unit: you cannot begin a procedure about it."


class MoveNotAllowed(RegisterFault):
    """An entry cannot go from its state by this event."""

    zh = "条目当前状态为「{state}」，不能「{event}」。"
    en = "The entry is '{state}', so '{event}' is not possible."


class NotAmendable(RegisterFault):
    """A change names fields of an entry that no procedure may change."""

    zh = "条目的「{names}」不能更改，可以更改的是：{allowed}。请检查流程图中的更改内容。"
    en = "Fields {names} of an entry cannot be changed, only: {allowed}. Check the diagram."


class RestorationTooLate(RegisterFault):
    """An entry whose period is over cannot be taken back into the list."""

    zh = "条目 {entry_no} 的期限已于 {last_day} 届满，不能恢复，只能记录。"
    en = "The period of entry {entry_no} ended on {last_day}: it cannot be restored, only recorded."


class MaskingRuleUnknown(RegisterFault):
    """The table of masking names a rule that nobody can apply; to show the field were a guess."""

    zh = "脱敏规则「{rule}」（{field}，{scope}）不认识，可以写：{known}。请改正决策表。"
    en = "Masking rule '{rule}' ({field}, {scope}) is unknown; known: {known}. Mend the table."


class PersonalDetailsShown(RegisterFault):
    """A text for the public says details of a person that may not be published (AM-43)."""

    zh = "公示内容里有{found}，不能公开（个人信息保护）。请删去后再提交。"
    en = "The public text shows {found} (personal details). Remove them first."


class DayOfPublicationImpossible(RegisterFault):
    """Nothing is published in the future, or before the decision it is about."""

    zh = "公示时间 {at} 不对：不能晚于现在，也不能早于列入决定之日 {decided}。"
    en = "The time of publication {at} is wrong: not in the future, not before {decided}."


class HonourIncomplete(RegisterFault):
    """An honour, or how it was dealt with, lacks something."""

    zh = "请填写：{names}。"
    en = "Fill in: {names}."
