"""The words of this room: what happened to a case, as a clerk says it."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.runtime.queries.instance_history import HistoryLine
from engine.runtime.queries.instance_page import InstanceHead
from web.formats import day
from web.language import in_language

STATES: dict[str, object] = {
    "active": _l("办理中"),
    "completed": _l("已办结"),
    "cancelled": _l("已终止"),
    "suspended": _l("已中止"),
}
TONES = {"active": "fine", "suspended": "soon"}


def process_name(head: InstanceHead) -> str:
    """The name of the process an instance runs."""
    process = head.deployed.process
    return in_language(process.name, process.properties.get("name:en", "")) or process.id


def element_name(head: InstanceHead, element_id: str | None) -> str:
    """The name of an element; empty for one without a name."""
    element = head.element(element_id) if element_id else None
    if element is None:
        return ""
    return in_language(element.name, element.properties.get("name:en", ""))


def happened(head: InstanceHead, line: HistoryLine) -> str:
    """What a line of the history says; empty for what a clerk need not know."""
    name = in_language(line.task_name, line.task_name_en) or element_name(head, line.element_id)
    match line.event:
        case "instance_started":
            is_root = head.parent_key is None
            said = _("立案：%(name)s") if is_root else _("进入：%(name)s")
            return said % {"name": process_name(head)}
        case "instance_completed":
            return _completed(head, name)
        case "instance_cancelled":
            return _("终止：%(name)s", name=process_name(head))
        case "cancel_requested":
            return _("要求终止：%(name)s", name=process_name(head))
        case "task_claimed":
            return _("签收「%(name)s」", name=name)
        case "task_unclaimed":
            return _("退回「%(name)s」，等待他人签收", name=name)
        case "task_completed":
            return _("办结「%(name)s」", name=name)
        case "task_reassigned":
            return _("「%(name)s」转给 %(person)s 办理", name=name, person=_person(line, "to"))
        case "due_date_changed" | "deadline_recomputed":
            return _(
                "「%(name)s」的期限由 %(before)s 改为 %(after)s",
                name=name,
                before=_day(line, "from"),
                after=_day(line, "to"),
            )
        case "timer_fired":
            return _("期限届满：%(name)s", name=name)
        case "message_correlated":
            return _("收到：%(name)s", name=name)
        case "incident_created":
            return _("系统办理「%(name)s」时出错，管理员处理后继续", name=name)
        case "incident_resolved":
            return _("出错已处理，继续办理")
        case _:
            return ""


def _completed(head: InstanceHead, end: str) -> str:
    name = process_name(head)
    return (
        _("办结：%(name)s（%(end)s）", name=name, end=end)
        if end
        else _("办结：%(name)s", name=name)
    )


def _person(line: HistoryLine, detail: str) -> str:
    login = str(line.details.get(detail) or "")
    return line.people.get(login, login)


def _day(line: HistoryLine, detail: str) -> str:
    text = line.details.get(detail)
    if isinstance(text, dict):
        text = text.get("@date")
    try:
        return day(date.fromisoformat(str(text)[:10]))
    except ValueError:
        return "—"
