"""Why a question is not answered; nothing is kept of one that is refused."""

from __future__ import annotations

from engine.register.errors import RegisterFault


class PrecheckRefused(RegisterFault):
    """The root. `field` names what has to be corrected."""

    field = ""


class PurposeMissing(PrecheckRefused):
    """Nobody may look for another reason than those of the table of purposes."""

    field = "purpose"
    zh = "请选择查询事由：{known}。"
    en = "Choose a purpose: {known}."


class PurposeNotForParty(PrecheckRefused):
    """The purpose is for units, and a person was asked about, or the other way round."""

    field = "purpose"
    zh = "事由「{purpose}」只能查询{whom}，所填代码属于{given}。"
    en = "Purpose '{purpose}' is for {whom_en} only; the code is of {given_en}."


class ProjectNumberMissing(PrecheckRefused):
    """The purpose asks for the number of a project."""

    field = "project_no"
    zh = "事由「{purpose}」须填写项目编号。"
    en = "Purpose '{purpose}' needs the number of the project."


class NameMissing(PrecheckRefused):
    """Without a name it cannot be told whether the code was mistyped."""

    field = "name"
    zh = "请填写名称（姓名）。"
    en = "Give the name."


class CodeMissing(PrecheckRefused):
    """Parties are found by their code."""

    field = "code"
    zh = "请填写统一社会信用代码或证件号码。"
    en = "Give the credit code or identity number."


class CodeWrong(PrecheckRefused):
    """A mistyped code would pass: it must not be answered."""

    field = "code"
    zh = "代码「{code}」有误（{reason}），请核对后再查。"
    en = "Code '{code}' is wrong ({reason_en}); check it and ask again."


class ColumnMissing(PrecheckRefused):
    """A file of questions lacks a column."""

    field = "file"
    zh = "文件「{name}」缺少「{column}」列。第一行应为表头，可写：{names}。"
    en = "File '{name}' has no column '{column}'. The first row is the header; it may say: {names}."


class TableUndecided(PrecheckRefused):
    """A table gives no answer that can be told to anybody."""

    field = "purpose"
    zh = "决策表 {table} 没有给出结论（{answer}），请告知流程管理员。"
    en = "Table {table} gave no conclusion ({answer}); tell the process owner."
