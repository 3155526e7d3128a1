"""A small file of clues of the shape the bureau sends, made anew for each test."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO

from openpyxl import Workbook

UNIT_ROW = {
    "报送单位": "CZ-GC-JB",
    "所属月份": "2025-09",
    "序号": "1",
    "主体类型": "单位",
    "主体名称": "示例甲机械有限公司",
    "统一社会信用代码或证件号码": "91000000MA00000157",
    "法定代表人": "测试一",
    "法定代表人证件号码": "341702190001010017",
    "住所": "池州市贵池区示例路1号",
    "联系电话": "0566-0000001",
    "对应情形": "3",
    "行为起始日": "2025-01-15",
    "行为终止日": "2025-06-08",
    "险种": "工伤",
    "应缴应退金额": "249800.00",
    "未缴未退金额": "249800.00",
    "前置文书类型": "order_pay",
    "文书文号": "示例社监字〔2025〕1号",
    "作出机关": "CZ-GC-JB",
    "作出日期": "2025-06-08",
    "送达日期": "2025-06-10",
    "限期届满日": "2025-06-20",
    "事实": "单位欠缴社会保险费，被责令限期缴纳，到期仍未缴纳。",
    "理由": "符合实施方案第二部分第（一）项第3目规定的情形。",
}
PERSON = {
    "主体类型": "个人",
    "主体名称": "测试二",
    "统一社会信用代码或证件号码": "341702190001020020",
    "法定代表人": "",
    "法定代表人证件号码": "",
    "对应情形": "7",
    "前置文书类型": "warning_notice",
}


def clue(number: int, **cells: str) -> dict[str, str]:
    """A good row; its act has a number of its own."""
    return {**UNIT_ROW, "序号": str(number), "文书文号": f"示例社监字〔2025〕{number}号", **cells}


def as_csv(rows: Iterable[Mapping[str, object]], encoding: str = "utf-8-sig") -> bytes:
    out = StringIO()
    writer = csv.DictWriter(out, list(UNIT_ROW))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Mapping[str, object]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(UNIT_ROW))
    for row in rows:
        sheet.append([row.get(name) for name in UNIT_ROW])
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
