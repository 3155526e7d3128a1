"""Joint punishment: departments and those who grant honours (bpmn/joint_punishment.bpmn)."""

from __future__ import annotations

from tests.simulation.answers.table import Answers, Ask, answers


@answers("report_measures")
def _report_measures(ask: Ask) -> Answers:
    return {"feedback": [_feedback(ask, measure) for measure in ask.see("department_measures")]}


def _feedback(ask: Ask, measure: dict[str, object]) -> dict[str, object]:
    result = ask.chance.weighed(已实施=80, 不适用=15, 无法实施=5)
    return {
        "id": measure["id"],
        "name": measure["name"],
        "result": result,
        "from_date": ask.today if result == "已实施" else None,
        "note": "没有对应事项",
    }


@answers("revoke_title")
def _revoke_title(ask: Ask) -> Answers:
    result = ask.chance.weighed(撤销=85, 无此荣誉=8, 已自动失效=7)
    return {"honour_result": {"result": result, "doc_no": f"荣撤{ask.task.key}号", "note": "已查"}}


@answers("restore_title")
def _restore_title(ask: Ask) -> Answers:
    result = ask.chance.weighed(恢复=90, 不再适用=10)
    return {"honour_result": {"result": result, "doc_no": f"荣复{ask.task.key}号", "note": "已查"}}


@answers("confirm_lifting")
def _confirm_lifting(ask: Ask) -> Answers:
    return {"lifting": {"result": ask.chance.weighed(已取消=9, 从未实施=1), "note": ""}}
