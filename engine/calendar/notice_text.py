"""Read a holiday notice of the State Council from its text, and doubt it thoroughly.

The notices have kept one form since 2010: numbered festivals, each with a sentence 放假 and
perhaps one 上班. Amendments of another form (2015, 2019, 2020) are entered by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from engine.calendar.errors import NoticeUnreadable
from engine.calendar.layers import Layer, SpecialDay, horizon_of_notice
from engine.calendar.loader import NATIONAL_LAYER, statutory_days
from engine.calendar.notice_checks import NoticeFinding, check_year, error

_SATURDAY = 5
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_TITLE = re.compile(r"关于(\d{4})年部分节假日安排的通知")
_NUMBER = re.compile(r"(国\w{0,4}电)[〔\[（(](\d{4})[〕\]）)](\d+)号")
_HEADING = re.compile(r"[一二三四五六七八九十]+、([^：:。，]{2,20})[：:]")
_BRACKET = r"(?:[（(](?P<{0}>[^）)]*)[）)])?"
_SPAN = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    + _BRACKET.format("note")
    + r"(?:(?:至|—|-|~)(?:(?P<to_year>\d{4})年)?(?:(?P<to_month>\d{1,2})月)?(?P<to_day>\d{1,2})日"
    + _BRACKET.format("to_note")
    + r")?"
)
_TOKEN = re.compile(_SPAN.pattern + r"|(?P<verb>放假|补休|上班)|共(?P<count>\d+)天")
_SAID_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_ADVICE = "鼓励"


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayNotice:
    """A notice as read: its days, and everything that a second look must settle."""

    year: int
    number: str
    days: tuple[SpecialDay, ...]
    findings: tuple[NoticeFinding, ...]

    @property
    def errors(self) -> tuple[NoticeFinding, ...]:
        """The findings that forbid using the notice."""
        return tuple(finding for finding in self.findings if finding.level == "error")

    def layer(self) -> Layer:
        """The notice as a national layer. Raises `NoticeUnreadable` while it has errors."""
        if self.errors:
            raise unreadable(self.errors)
        return Layer(
            name=NATIONAL_LAYER,
            days=self.days,
            confirmed_through=horizon_of_notice(self.year),
        )


def read_notice(text: str, statutory: Mapping[date, str] | None = None) -> HolidayNotice:
    """The notice for one year from its `text`, with all findings.

    `statutory` are the festival days that must rest, by default the shipped ones. Raises
    `NoticeUnreadable` if the text names no year or no day.
    """
    plain = re.sub(r"\s+", "", text)
    title = _TITLE.search(plain)
    if title is None:
        raise unreadable(
            [error("没有“关于××××年部分节假日安排的通知”的标题", "no title with a year")]
        )
    year = int(title.group(1))
    number = _NUMBER.search(plain)
    reading = _Reading(year, "{}〔{}〕{}号".format(*number.groups()) if number else "")
    for festival, body in _items(plain):
        reading.read_item(festival, body)
    if not reading.days:
        raise unreadable([error("没有读到任何放假日期", "no day off was found")])
    days = tuple(sorted(reading.days.values(), key=lambda special: special.day))
    known = statutory_days() if statutory is None else statutory
    findings = (*reading.findings, *check_year(year, days, known))
    return HolidayNotice(year=year, number=reading.number, days=days, findings=findings)


def unreadable(findings: tuple[NoticeFinding, ...] | list[NoticeFinding]) -> NoticeUnreadable:
    """The error that carries `findings`."""
    return NoticeUnreadable(
        count=len(findings),
        findings_zh="；".join(finding.zh for finding in findings),
        findings_en="; ".join(finding.en for finding in findings),
    )


def _items(plain: str) -> Iterator[tuple[str, str]]:
    headings = list(_HEADING.finditer(plain))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start() if following else len(plain)
        yield heading.group(1), plain[heading.end() : end]


@dataclass
class _Reading:
    """The days and findings gathered so far."""

    year: int
    number: str
    days: dict[date, SpecialDay] = field(default_factory=dict)
    findings: list[NoticeFinding] = field(default_factory=list)

    def read_item(self, festival: str, body: str) -> None:
        for sentence in re.split(r"[。；;]", body):
            if _ADVICE not in sentence:
                self._read_sentence(festival, sentence)

    def _read_sentence(self, festival: str, sentence: str) -> None:
        pending: list[date] = []
        resting: list[date] = []
        for token in _TOKEN.finditer(sentence):
            if token["month"]:
                pending += self._span(token, festival)
            elif token["count"]:
                self._check_count(festival, resting, int(token["count"]))
            elif pending:
                working = token["verb"] == "上班"
                self._declare(pending, working, festival)
                resting += [] if working else pending
                pending = []

    def _span(self, token: re.Match[str], festival: str) -> list[date]:
        month = int(token["month"])
        eve_of_new_year = month == 12 and "元旦" in festival
        year = int(token["year"] or self.year - eve_of_new_year)
        first = self._date(year, month, int(token["day"]), token["note"])
        if first is None:
            return []
        if not token["to_day"]:
            return [first]
        to_year = int(token["to_year"] or year)
        to_month = int(token["to_month"] or month)
        last = self._date(to_year, to_month, int(token["to_day"]), token["to_note"])
        if last is None:
            return [first]
        if last < first:
            self._fault(f"{first} 至 {last} 先后颠倒", f"{first} to {last} runs backward")
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _date(self, year: int, month: int, day: int, note: str | None) -> date | None:
        try:
            found = date(year, month, day)
        except ValueError:
            text = f"{year}-{month}-{day}"
            self._fault(f"没有 {text} 这一天", f"there is no day {text}")
            return None
        said = _SAID_WEEKDAY.search(note or "")
        if said and _WEEKDAYS[said.group(1)] != found.weekday():
            self._fault(
                f"{found} 不是星期{said.group(1)}", f"{found} is not the weekday it is given"
            )
        return found

    def _declare(self, days: list[date], working: bool, festival: str) -> None:
        for day in days:
            earlier = self.days.get(day)
            if earlier and earlier.working != working:
                self._fault(f"{day} 既放假又上班", f"{day} is both a rest day and a working day")
            if working and day.weekday() < _SATURDAY:
                self._fault(f"上班日 {day} 不是周末", f"make-up day {day} is not a weekend day")
            self.days[day] = SpecialDay(day=day, working=working, name=festival, notice=self.number)

    def _check_count(self, festival: str, resting: list[date], said: int) -> None:
        if len(resting) != said:
            self._fault(
                f"{festival}写明共 {said} 天，实为 {len(resting)} 天",
                f"{festival}: {said} days are stated, {len(resting)} are listed",
            )

    def _fault(self, zh: str, en: str) -> None:
        self.findings.append(error(zh, en))
