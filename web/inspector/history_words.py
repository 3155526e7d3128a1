"""A line of the history in words: what was done, from what to what, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from engine.runtime.queries.instance_history import HistoryLine
from web.formats import day
from web.inspector.masking import Mask
from web.inspector.values import ShownValue, line_of, shown
from web.inspector.words import INTERVENTIONS, due_instant, event_words
from web.language import in_language


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """A line for the page. `before` and `after` are empty where nothing was replaced."""

    at: datetime
    event: str
    subject: str
    element_id: str | None
    person: str | None
    reason: str
    before: str
    after: str
    note: str
    answers: ShownValue | None
    is_intervention: bool


def told(line: HistoryLine, mask: Mask) -> ToldLine:
    """`line` in words, with numbers of persons masked."""
    details = line.details
    answers = details.get("answers")
    return ToldLine(
        at=line.at,
        event=event_words(line.event),
        subject=in_language(line.task_name, line.task_name_en),
        element_id=line.element_id,
        person=line.person,
        reason=mask.text(line.reason or ""),
        before=_side(line, "from"),
        after=_side(line, "to"),
        note=mask.text(_note(line, mask)),
        answers=shown(answers, mask) if answers else None,
        is_intervention=line.event in INTERVENTIONS and line.person is not None,
    )


def _side(line: HistoryLine, key: str) -> str:
    if key not in line.details:
        return ""
    value = line.details[key]
    if value is None:
        return _("（无）")
    text = str(value)
    if text in line.people:
        return line.people[text]
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _note(line: HistoryLine, mask: Mask) -> str:
    details = line.details
    if line.event == "incident_created":
        return str(details.get("message") or "")
    if line.event == "incident_resolved":
        return _("异常 %(key)s", key=details.get("incident"))
    if line.event == "timer_fired" and isinstance(details.get("due_at"), str):
        at = due_instant(datetime.fromisoformat(str(details["due_at"])))
        return f"{at} · {details.get('expression') or ''}"
    if line.event == "deadline_recomputed":
        return str(details.get("rule") or "")
    if line.event == "message_correlated" and details.get("variables"):
        return _("带来变量 %(names)s", names=line_of(details["variables"], mask))
    return ""
