"""Letters that a case produced."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from engine.documents.models import Document
from engine.scenario.compare import differences, differing, require_same
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import text, texts
from engine.scenario.steps.registry import CASE, PROCESS, Key, kind


@kind("文书", "document", "expectation", CASE, PROCESS, Key(zh="文号", en="number"),
      Key(zh="份数", en="count"), Key(zh="内容", en="content"),
      Key(zh="时间", en="at"))  # fmt: skip
def _document(desk: Desk, step: Step) -> None:
    """制作了这件文书（写标题或模板名）；多份时看最后一份。The case produced this letter."""
    name = text(step.subject, "文书")
    rows = _letters(desk, step)
    found = [row for row in rows if name in (row.title, row.template)]
    if not found:
        others = listed(f"{row.title}（{row.template}）" for row in rows) or "无"
        raise StepFailed(
            f"没有文书「{name}」，有的是：{others}", f"there is no letter '{name}', only: {others}"
        )
    if "count" in step.fields:
        require_same(step.fields["count"], len(found), f"文书「{name}」份数", f"letters '{name}'")
    last = found[-1]
    has = {"文号": last.number, "内容": last.data, "时间": last.created_at}
    words = {"number": "文号", "content": "内容", "at": "时间"}
    wanted = {words[key]: value for key, value in step.fields.items() if key in words}
    wrong = list(differences(wanted, has))
    if wrong:
        raise differing(wrong, f"文书「{name}」", f"letter '{name}'")


@kind("没有文书", "no document", "expectation", CASE, PROCESS)
def _no_document(desk: Desk, step: Step) -> None:
    """没有制作这些文书。The case produced none of these letters."""
    rows = _letters(desk, step)
    for name in texts(step.subject, "没有文书"):
        if any(name in (row.title, row.template) for row in rows):
            raise StepFailed(f"不应有文书「{name}」", f"there should be no letter '{name}'")


def _letters(desk: Desk, step: Step) -> list[Row[Any]]:
    return desk.all(
        select(Document)
        .where(Document.instance_key.in_(desk.scope_keys(step)))
        .order_by(Document.key)
    )
