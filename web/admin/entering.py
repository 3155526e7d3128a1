"""What somebody entered as a calendar: the text of a notice, or days by rows; with its faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from engine.calendar import (
    NoticeFinding,
    NoticeUnreadable,
    SpecialDay,
    read_notice,
)

MOST_DAYS = 400
_ROW = re.compile(
    r"(?P<first>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:\s*(?:…|\.\.\.?|至|~|—)\s*(?P<last>\d{4}-\d{1,2}-\d{1,2}))?"
    r"\s+(?P<what>放假|休息|上班|rest|work)(?:\s+(?P<name>\S.*))?"
)
_REST = ("放假", "休息", "rest")


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was read: its days, and what is doubtful or wrong."""

    title: str = ""
    year: int | None = None
    days: tuple[SpecialDay, ...] = ()
    findings: tuple[NoticeFinding, ...] = field(default=())

    @property
    def is_acceptable(self) -> bool:
        """Whether it can be kept: it has a title and days, and no error."""
        return bool(self.title and self.days) and not self.errors

    @property
    def errors(self) -> tuple[NoticeFinding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "error")


def entered(form: Mapping[str, str]) -> Entered:
    """What a form says: with a text the notice of the State Council, else days by rows."""
    text, title = form.get("text", "").strip(), form.get("title", "").strip()
    return _notice(text, title) if text else _rows(form.get("rows", ""), title)


def _notice(text: str, title: str) -> Entered:
    try:
        found = read_notice(text)
    except NoticeUnreadable as error:
        fault = NoticeFinding(level="error", zh=error.message("zh"), en=error.message("en"))
        return Entered(title=title, findings=(fault,))
    number = f"（{found.number}）" if found.number else ""
    return Entered(
        title=title or f"国务院办公厅关于{found.year}年部分节假日安排的通知{number}",
        year=found.year,
        days=found.days,
        findings=found.findings,
    )


def _rows(text: str, title: str) -> Entered:
    days: dict[date, SpecialDay] = {}
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            for special in _row(line.strip(), title):
                if special.day in days:
                    raise _Doubtful(f"{special.day} 写了两次", f"{special.day} stands twice")
                days[special.day] = special
        except _Doubtful as doubt:
            findings.append(
                NoticeFinding(
                    level="error", zh=f"第 {number} 行：{doubt.zh}", en=f"row {number}: {doubt.en}"
                )
            )
    if not title:
        findings.append(NoticeFinding(level="error", zh="还要写名称", en="a title is missing"))
    if not days and not findings:
        findings.append(NoticeFinding(level="error", zh="还没有写日期", en="there are no days"))
    ordered = tuple(sorted(days.values(), key=lambda special: special.day))
    return Entered(title=title, days=ordered, findings=tuple(findings))


class _Doubtful(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def _row(line: str, title: str) -> list[SpecialDay]:
    found = _ROW.fullmatch(line)
    if found is None:
        raise _Doubtful(
            f"「{line}」应写成「2027-01-01 … 2027-01-03 放假 元旦」",
            f"'{line}' must look like '2027-01-01 … 2027-01-03 rest New Year'",
        )
    first = _date(found["first"])
    last = _date(found["last"] or found["first"])
    if last < first:
        raise _Doubtful("先后颠倒", "the days run backwards")
    if (last - first).days >= MOST_DAYS:
        raise _Doubtful("日期过多", "too many days")
    return [
        SpecialDay(
            day=first + timedelta(days=number),
            working=found["what"] not in _REST,
            name=found["name"] or title,
        )
        for number in range((last - first).days + 1)
    ]


def _date(text: str) -> date:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        raise _Doubtful(f"没有 {text} 这一天", f"there is no day {text}") from None
