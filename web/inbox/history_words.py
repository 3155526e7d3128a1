"""办理历史 in words: what each kind of record means to a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from engine.runtime.queries.history import HistoryLine
from web.language import in_language


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of the history as a page shows it."""

    at: datetime
    by: str
    words: str
    reason: str


def told(lines: tuple[HistoryLine, ...]) -> list[Told]:
    """The lines that say something to a person, in the order given."""
    return [
        Told(at=line.at, by=line.by or _("系统"), words=words, reason=line.reason)
        for line in lines
        if (words := _words(line))
    ]


def _words(line: HistoryLine) -> str:
    say = _SAYINGS.get(line.event)
    return say(line) if say else ""


def _step(line: HistoryLine) -> str:
    return in_language(line.step, line.step_en)


def _procedure(line: HistoryLine) -> str:
    return in_language(line.procedure, line.procedure_en)


def _person(line: HistoryLine, name: str) -> str:
    login = line.details.get(name)
    return line.people.get(login, login) if isinstance(login, str) else ""


def _reassigned(line: HistoryLine) -> str:
    return _("把「%(step)s」转给 %(to)s", step=_step(line), to=_person(line, "to"))


def _due_changed(line: HistoryLine) -> str:
    old, new = line.details.get("from"), line.details.get("to")
    return _("「%(step)s」的期限由 %(old)s 改为 %(new)s", step=_step(line), old=old, new=new)


def _ended(line: HistoryLine) -> str:
    if line.step:
        end = _step(line)
        return _("「%(procedure)s」结束：%(end)s", procedure=_procedure(line), end=end)
    return _("「%(procedure)s」结束", procedure=_procedure(line))


_SAYINGS: dict[str, Callable[[HistoryLine], str]] = {
    "instance_started": lambda line: _("「%(procedure)s」开始", procedure=_procedure(line)),
    "instance_completed": _ended,
    "instance_cancelled": lambda line: _("「%(procedure)s」终止", procedure=_procedure(line)),
    "cancel_requested": lambda line: _("要求终止「%(procedure)s」", procedure=_procedure(line)),
    "task_completed": lambda line: _("办结「%(step)s」", step=_step(line)),
    "task_claimed": lambda line: _("签收「%(step)s」", step=_step(line)),
    "task_unclaimed": lambda line: _("取消签收「%(step)s」", step=_step(line)),
    "task_reassigned": _reassigned,
    "due_date_changed": _due_changed,
    "deadline_recomputed": lambda line: _("「%(step)s」的期限按新日历重新计算", step=_step(line)),
    "timer_fired": lambda line: _("期限到：「%(step)s」", step=_step(line)),
    "message_correlated": lambda line: _("收到：「%(step)s」", step=_step(line)),
    "incident_created": lambda line: _("「%(step)s」出现异常", step=_step(line)),
    "incident_resolved": lambda line: _("「%(step)s」的异常已处理", step=_step(line)),
}
