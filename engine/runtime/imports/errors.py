"""Why a file cannot be imported at all; what is wrong with single rows is reported instead."""

from __future__ import annotations

from engine.runtime.errors import RuntimeFault


class ImportRefused(RuntimeFault):
    """The root: nothing of the file was taken over."""


class FileTooLarge(ImportRefused):
    """Beyond the limit, packed or unpacked."""

    zh = "文件「{name}」超过 {limit} MB，请拆分后再导入。"
    en = "File '{name}' is larger than {limit} MB; split it."


class TooManyRows(ImportRefused):
    """Beyond the limit."""

    zh = "文件「{name}」超过 {limit} 行，请拆分后再导入。"
    en = "File '{name}' has more than {limit} rows; split it."


class NotATable(ImportRefused):
    """Neither CSV nor XLSX, by its content."""

    zh = "文件「{name}」不能读取：{reason}。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 后再导入。"
    en = "File '{name}' cannot be read: {reason_en}. Save it as .xlsx or .csv and import again."


class TableEmpty(ImportRefused):
    """No header, or nothing below it."""

    zh = "文件「{name}」没有数据：第一行应为表头，其后每行一条。"
    en = "File '{name}' has no data: the first row is the header, then one row each."


class WrongHeader(ImportRefused):
    """The first row does not name the columns of the start form."""

    zh = "文件「{name}」的表头不对：{reason}。表头应有：{expected}。"
    en = "The header of '{name}' is wrong: {reason_en}. Expected: {expected}."


class ProcessNotChosen(ImportRefused):
    """There is more than one process that can be imported, and none was named."""

    zh = "有多个流程可以导入（{processes}），请指明一个。"
    en = "Several processes can be imported ({processes}); name one."


class NothingToImportFor(ImportRefused):
    """No process, or not the one asked for, has a start form with import columns."""

    zh = "没有可以导入的流程{process}：启动表单的字段须以 importColumn 属性写明对应的列。"
    en = "No process{process} can be imported: fields of its start form need `importColumn`."


class ForeignUnit(RuntimeFault):
    """The row belongs to a unit outside the bureau of whoever imports."""

    zh = "属于其他单位，您只能导入本单位的线索"
    en = "it belongs to another bureau; you may import rows of your own only"
