"""Pre-checks: what is answered, what is refused, what is kept."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from engine.register.models import PrecheckQuery
from engine.register.precheck import Answer, AskPrecheck, Question
from engine.scenario.compare import require_same
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import at, text, texts, user_of
from engine.scenario.steps.registry import USER, Key, kind

PURPOSE = Key(zh="用途", en="purpose", required=True)
PARTY = Key(zh="当事人", en="party")
NAME = Key(zh="名称", en="name")
CODE = Key(zh="代码", en="code")
AS_OF = Key(zh="时点", en="as of")
PROJECT = Key(zh="项目", en="project")
DOOR = "command"


@kind("前置审查", "precheck", "expectation", USER, PURPOSE, PARTY, NAME, CODE, AS_OF, PROJECT,
      Key(zh="条目", en="entries"), Key(zh="附注", en="note"),
      Key(zh="提示", en="warning"))  # fmt: skip
def _precheck(desk: Desk, step: Step) -> None:
    """按用途查询当事人（或名称、代码），应答复通过或不通过。Ask, and expect this answer."""
    answer = _ask(desk, step)
    require_same(text(step.subject, "前置审查"), answer.answer, "前置审查结果", "answer")
    if "entries" in step.fields:
        found = [entry.entry_no for entry in answer.entries]
        require_same(texts(step.fields["entries"], "条目"), found, "有效条目", "entries in force")
    if "note" in step.fields:
        wanted = "、".join(texts(step.fields["note"], "附注"))
        require_same(wanted, answer.note, "附注", "note")
    if "warning" in step.fields:
        _require_warning(answer, "、".join(texts(step.fields["warning"], "提示")))


@kind("问前置审查", "ask precheck", "action", USER, Key(zh="用途", en="purpose"), NAME, CODE, AS_OF,
      PROJECT)  # fmt: skip
def _ask_only(desk: Desk, step: Step) -> None:
    """查询一次，不看答复，主语是当事人的资料或名称；写 `应被拒绝` 检验不予答复的情形。"""
    _ask(desk, step)


@kind("前置审查记录", "precheck log", "expectation", Key(zh="用途", en="purpose"))
def _log(desk: Desk, step: Step) -> None:
    """一共留有几次查询的记录；写用途的只数这一用途。How many questions were kept."""
    rows = desk.all(select(PrecheckQuery.purpose))
    wanted = step.fields.get("purpose")
    kept = [row for row in rows if wanted is None or row.purpose == text(wanted, "用途")]
    require_same(step.subject, len(kept), "前置审查记录", "kept questions")


def _ask(desk: Desk, step: Step) -> Answer:
    fields = step.fields
    party = fields.get("party", step.subject if isinstance(step.subject, Mapping) else None)
    known = party if isinstance(party, Mapping) else {}
    instant = fields.get("as of")
    answer: Answer = desk.execute(
        AskPrecheck(
            question=Question(
                purpose=str(fields.get("purpose") or ""),
                name=str(fields.get("name") or known.get("name") or ""),
                code=str(fields.get("code") or known.get("code") or ""),
                project_no=str(fields.get("project") or ""),
                as_of=at(instant, "时点") if instant is not None else None,
                door=DOOR,
            ),
            user=desk.user(user_of(step)),
        )
    )
    return answer


def _require_warning(answer: Answer, wanted: str) -> None:
    said = "；".join(warning["zh"] for warning in answer.warnings)
    if (wanted not in said) if wanted else bool(said):
        raise StepFailed(
            f"提示应有「{wanted or '无'}」，实为「{said or '无'}」",
            f"the warning should say '{wanted}', but says '{said}'",
        )
