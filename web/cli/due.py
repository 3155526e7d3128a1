"""`chengxin due`: the last day of a period, for one start day or for a whole CSV file."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import click

from engine.calendar import (
    CalendarError,
    Deadline,
    NegativePeriod,
    Period,
    PeriodTooLong,
    UnknownRoll,
    UnknownUnit,
    explain,
    national_calendar,
)
from engine.calendar import due as due_of

REQUIRED = ("start", "amount", "unit")
BOUNDS = ("provisional", "earliest", "latest")
PROVISIONAL = "暂定"
COLUMN_OF: dict[type[CalendarError], str] = {
    NegativePeriod: "amount",
    PeriodTooLong: "amount",
    UnknownUnit: "unit",
    UnknownRoll: "roll",
}


class BadCell(Exception):
    """A value that cannot be read: its column and, in both languages, what is wrong with it."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(column, problem)
        self.column = column
        self.problem = problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What became of one row; `row` counts as spreadsheets do, the header being row 1."""

    row: int
    cells: list[str]
    deadline: Deadline | None = None
    problem: str = ""


@click.command("due")
@click.argument("start", required=False)
@click.argument("amount", required=False)
@click.argument("unit", required=False)
@click.option(
    "--roll", default="", metavar="next_wd", help="最后一日休息则顺延 / roll a rest day on"
)
@click.option("--csv", "file", metavar="FILE", help="逐行计算的文件，- 为标准输入 / a file of rows")
@click.option("--explain", "told", is_flag=True, help="说明如何算出 / tell the arithmetic")
def due(
    start: str | None, amount: str | None, unit: str | None, roll: str, file: str | None, told: bool
) -> None:
    """计算期限届满日。The last day of a period of AMOUNT UNIT after START.

    UNIT 为 WD（工作日）、ND（自然日）、M（月）、Y（年）；START 当日不计入。
    放假安排尚未公布的日期标为“暂定”，并给出可能的最早和最晚日期。

    --csv FILE 读取含 start、amount、unit、roll 列的文件，向标准输出写出原有各列，加 due
    列。有暂定日期时另加 provisional、earliest、latest 三列。有错误的行照样写出，due 留空，原因写入
    error 列和标准错误，退出码为 1。
    """
    if file is not None:
        if start is not None:
            raise click.UsageError("--csv 与 START 不能同时给出 / give either --csv or START")
        _answer_file(file)
    elif start is None or amount is None or unit is None:
        raise click.UsageError("请给出 START AMOUNT UNIT，或 --csv FILE / give all three, or --csv")
    else:
        _answer_one({"start": start, "amount": amount, "unit": unit, "roll": roll}, told=told)


def _answer_one(values: dict[str, str], *, told: bool) -> None:
    try:
        deadline = _deadline(values)
    except BadCell as bad:
        raise click.ClickException(f"{bad.column}: {bad.problem}") from None
    click.echo(deadline.due_date.isoformat() + _mark(deadline))
    if told:
        explanation = explain(deadline, national_calendar())
        click.echo(explanation.zh)
        click.echo(explanation.en)


def _mark(deadline: Deadline) -> str:
    if not deadline.provisional:
        return ""
    bounds = f"between {deadline.earliest} and {deadline.latest}"
    return f" {PROVISIONAL} (provisional, {bounds})"


def _answer_file(file: str) -> None:
    header, answers = _answers(_read(file))
    click.echo(_table(header, answers), nl=False)
    bad = [answer for answer in answers if answer.problem]
    for answer in bad:
        click.echo(f"第 {answer.row} 行 / row {answer.row}: {answer.problem}", err=True)
    if bad:
        click.echo(
            f"{len(bad)} / {len(answers)} 行未能计算 / {len(bad)} of {len(answers)} rows failed",
            err=True,
        )
        sys.exit(1)


def _answers(text: str) -> tuple[list[str], list[Answer]]:
    try:
        rows = list(csv.reader(StringIO(text, newline="")))
    except csv.Error as error:
        raise click.ClickException(f"不是 CSV 文件 / not a CSV file: {error}") from None
    header = [name.strip() for name in rows[0]] if rows else []
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise click.ClickException(
            f"第 1 行缺少列 {'、'.join(missing)} / row 1: missing column {', '.join(missing)}"
        )
    taken = [name for name in ("due", *BOUNDS, "error") if name in header]
    if taken:
        raise click.ClickException(
            f"第 1 行已有列 {'、'.join(taken)}，请先改名 / row 1: column {', '.join(taken)} "
            "is already there, rename it first"
        )
    numbered = ((number, cells) for number, cells in enumerate(rows[1:], start=2) if any(cells))
    return header, [_answer(number, cells, header) for number, cells in numbered]


def _answer(row: int, cells: list[str], header: list[str]) -> Answer:
    if len(cells) > len(header):
        problem = f"有 {len(cells)} 格，表头只有 {len(header)} 列 / more cells than the header"
        return Answer(row=row, cells=cells, problem=problem)
    values = dict(zip(header, cells, strict=False))
    try:
        return Answer(row=row, cells=cells, deadline=_deadline(values))
    except BadCell as bad:
        problem = f"「{bad.column}」列 / column '{bad.column}': {bad.problem}"
        return Answer(row=row, cells=cells, problem=problem)


def _table(header: list[str], answers: list[Answer]) -> str:
    width = max([len(header), *(len(answer.cells) for answer in answers)])
    some_provisional = any(answer.deadline and answer.deadline.provisional for answer in answers)
    some_bad = any(answer.problem for answer in answers)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    bounds, error = BOUNDS if some_provisional else (), ("error",) if some_bad else ()
    writer.writerow([*_padded(header, width), "due", *bounds, *error])
    for answer in answers:
        added = [str(answer.deadline.due_date) if answer.deadline else ""]
        if some_provisional:
            added += _bounds(answer.deadline)
        if some_bad:
            added.append(answer.problem)
        writer.writerow([*_padded(answer.cells, width), *added])
    return out.getvalue()


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _bounds(deadline: Deadline | None) -> list[str]:
    if deadline is None or not deadline.provisional:
        return ["", "", ""]
    return [PROVISIONAL, str(deadline.earliest), str(deadline.latest)]


def _deadline(values: dict[str, str]) -> Deadline:
    given = {name: (values.get(name) or "").strip() for name in (*REQUIRED, "roll")}
    start = _start(given["start"])
    amount = _amount(given["amount"])
    try:
        period = Period(amount=amount, unit=given["unit"].upper(), roll=given["roll"] or None)
        return due_of(start, period, national_calendar())
    except CalendarError as error:
        column = COLUMN_OF.get(type(error), "start")
        raise BadCell(column, f"{error.message('zh')} / {error.message('en')}") from None


def _start(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        expected = "应为 2026-02-09 这样的日期 / expected a date like 2026-02-09"
        raise BadCell("start", f"「{text}」{expected}") from None


def _amount(text: str) -> int:
    if not text.removeprefix("-").isdecimal():
        raise BadCell("amount", f"「{text}」应为整数 / expected a whole number")
    return int(text)


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise click.ClickException(f"不能读取 / cannot read {file}: {error.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.ClickException(f"{file} 既不是 UTF-8 也不是 GB18030 / neither UTF-8 nor GB18030")
