"""Honours of parties and measures of entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from engine.register.keep_honours import RecordHonour, SettleBreach
from engine.register.models import CaseFile, Entry, EntryMeasure, Honour
from engine.scenario.compare import differences, differing, require_same
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import at, context, text, texts, user_of
from engine.scenario.steps.registry import CASE, USER, Key, kind


@kind("荣誉", "honour", "action", USER, Key(zh="当事人", en="party", required=True),
      Key(zh="领域", en="field", required=True), Key(zh="授予日期", en="awarded", required=True),
      Key(zh="授予单位", en="granter"), Key(zh="单位", en="organisation"))  # fmt: skip
def _honour(desk: Desk, step: Step) -> None:
    """登记一项荣誉，主语是荣誉名称；“单位”是授予单位的编号。Record an honour."""
    fields = step.fields
    party = context(fields["party"], "当事人")
    unit = fields.get("organisation")
    desk.execute(
        RecordHonour(
            user=desk.user(user_of(step)),
            holder_name=text(party.get("name"), "当事人"),
            holder_code=text(party.get("code"), "当事人"),
            title=text(step.subject, "荣誉"),
            field=text(fields["field"], "领域"),
            award_date=_day(fields["awarded"]),
            granter=str(fields.get("granter") or ""),
            granter_unit=str(unit) if unit is not None else None,
        )
    )


@kind("处理荣誉", "settle honour", "action", USER, Key(zh="说明", en="note", required=True))
def _settle(desk: Desk, step: Step) -> None:
    """处理一项不应授予的荣誉，主语是荣誉名称。Deal with an honour that breaches an entry."""
    desk.execute(
        SettleBreach(
            user=desk.user(user_of(step)),
            honour_key=_honour_named(desk, text(step.subject, "处理荣誉")).key,
            note=text(step.fields["note"], "说明"),
        )
    )


@kind("荣誉状态", "honour states", "expectation")
def _states(desk: Desk, step: Step) -> None:
    """各项荣誉的状态，如 {先进单位: 有效}。The states of honours by title."""
    wanted = context(step.subject, "荣誉状态")
    found = {title: _honour_named(desk, title).state for title in wanted}
    require_same(wanted, found, "荣誉状态", "states of honours")


@kind("不应授予的荣誉", "breaches", "expectation")
def _breaches(desk: Desk, step: Step) -> None:
    """在名单内而授予、尚未处理的荣誉，或者“无”。Honours that breach an entry, not dealt with."""
    rows = desk.all(
        select(Honour.title)
        .where(Honour.breaches_entry_key.is_not(None), Honour.settled_at.is_(None))
        .order_by(Honour.key)
    )
    found = [row.title for row in rows]
    require_same(texts(step.subject, "不应授予的荣誉"), found, "不应授予的荣誉", "breaches")


@kind("惩戒措施", "measures", "expectation", CASE, Key(zh="终止", en="ended"),
      Key(zh="暂停", en="suspended"), Key(zh="已确认", en="confirmed"))  # fmt: skip
def _measures(desk: Desk, step: Step) -> None:
    """条目最近一次的各项措施的状态，如 {M05a: 待反馈}；措施不应有的写空。

    终止：都在这一时刻终止，或“否”；暂停：都暂停（true）或都没有；已确认：已确认取消的编号。
    """
    rows = _measures_of(desk, step)
    wanted = context(step.subject, "惩戒措施")
    wrong = list(differences(wanted, {row.measure_id: row.state for row in rows}))
    if wrong:
        raise differing(wrong, "惩戒措施", "measures")
    if "ended" in step.fields:
        _require_ended(rows, step.fields["ended"])
    if "suspended" in step.fields:
        states = {row.suspended_at is not None for row in rows}
        require_same([step.fields["suspended"]], sorted(states), "暂停", "suspended")
    if "confirmed" in step.fields:
        found = sorted(row.measure_id for row in rows if row.end_confirmed_at is not None)
        require_same(
            sorted(texts(step.fields["confirmed"], "已确认")), found, "已确认", "confirmed"
        )


def _require_ended(rows: list[Row[Any]], wanted: object) -> None:
    instant = None if wanted in ("否", "no", False) else at(wanted, "终止")
    for row in rows:
        require_same(instant, row.ended_at, f"措施 {row.measure_id} 终止", "end of a measure")


def _measures_of(desk: Desk, step: Step) -> list[Row[Any]]:
    """The newest of each measure of the entry that the case led to."""
    rows = desk.all(
        select(EntryMeasure)
        .join(Entry, Entry.key == EntryMeasure.entry_key)
        .join(CaseFile, CaseFile.case_no == Entry.case_no)
        .where(CaseFile.root_key == desk.case(step))
        .order_by(EntryMeasure.key)
    )
    newest: Mapping[str, Row[Any]] = {row.measure_id: row for row in rows}
    if not newest:
        raise StepFailed("条目没有措施", "the entry has no measures")
    return list(newest.values())


def _honour_named(desk: Desk, title: str) -> Row[Any]:
    rows = desk.all(select(Honour).where(Honour.title == title).order_by(Honour.key.desc()))
    if not rows:
        raise StepFailed(f"没有荣誉「{title}」", f"there is no honour '{title}'")
    return rows[0]


def _day(value: object) -> date:
    return at(value, "授予日期").date()
