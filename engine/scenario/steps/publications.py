"""What channels were given about the entry of a case, and how channels are served meanwhile."""

from __future__ import annotations

from sqlalchemy import select

from engine.register.channels import rehearse_with
from engine.register.models import CaseFile, Entry, Publication
from engine.scenario.compare import differences, differing, require_same
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text
from engine.scenario.steps.registry import CASE, Key, kind

_FIELDS = {
    "event": ("事件", "event"),
    "action": ("动作", "action"),
    "title": ("标题", "title"),
    "at": ("时间", "published_at"),
    "due": ("期限", "due_date"),
    "late": ("迟延", "late_working_days"),
    "url": ("网址", "url"),
    "batch": ("批次", "batch_no"),
    "receipt": ("回执", "receipt"),
    "adapter": ("办法", "adapter"),
    "taken down": ("撤下", "taken_down_at"),
}


@kind("渠道配置", "channels", "setting")
def _channels(desk: Desk, step: Step) -> None:
    """渠道用什么办法办理的文件，缺省是随程序发布的。The file that says how channels are served."""
    rehearse_with(desk.folder / text(step.subject, "渠道配置"))


@kind("公示", "publication", "expectation", CASE, Key(zh="份数", en="count"),
      Key(zh="内容", en="content"),
      *(Key(zh=zh, en=en) for en, (zh, _) in _FIELDS.items()))  # fmt: skip
def _publication(desk: Desk, step: Step) -> None:
    """这个渠道收到的最后一次，如所写；内容写“栏目: 值”。What this channel was given last."""
    channel = text(step.subject, "公示")
    rows = desk.all(
        select(Publication)
        .join(Entry, Entry.key == Publication.entry_key)
        .join(CaseFile, CaseFile.case_no == Entry.case_no)
        .where(CaseFile.root_key.in_(desk.roots(desk.case(step))))
        .order_by(Publication.key)
    )
    found = [row for row in rows if row.channel == channel]
    if "count" in step.fields:
        require_same(step.fields["count"], len(found), f"{channel} 份数", f"given to {channel}")
        if not found:
            return
    if not found:
        others = listed(sorted({row.channel for row in rows})) or "无"
        raise StepFailed(
            f"渠道 {channel} 没有办理过，办理过的：{others}",
            f"nothing was done on {channel}, only on: {others}",
        )
    last = found[-1]
    has: dict[str, object] = {zh: getattr(last, column) for zh, column in _FIELDS.values()}
    has["内容"] = {one["name"]: one["value"] for one in last.content.get("columns", [])}
    words = {en: zh for en, (zh, _) in _FIELDS.items()} | {"content": "内容"}
    wanted = {words[name]: value for name, value in step.fields.items() if name in words}
    if wrong := list(differences(wanted, has)):
        raise differing(wrong, f"渠道 {channel}", f"channel {channel}")
