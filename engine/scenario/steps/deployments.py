"""Process owners change procedures while cases run."""

from __future__ import annotations

from sqlalchemy import select

from engine.runtime.commands import Deploy
from engine.runtime.models import Deployment
from engine.scenario.compare import differences
from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.rehearsal import changed
from engine.scenario.steps.reading import text, user_of
from engine.scenario.steps.registry import USER, Key, kind
from engine.scenario.steps.settings import cell_change, files_to_replace
from engine.scenario.values import show


@kind("部署", "deploy", "action", USER, Key(zh="改表", en="change"),
      Key(zh="换文件", en="replace"))  # fmt: skip
def _deploy(desk: Desk, step: Step) -> None:
    """部署改过的表或文件，并写明备注。Deploy changed tables or files, with a note."""
    cells = step.fields.get("change") or []
    changes = cells if isinstance(cells, list) else [cells]
    files = changed(
        desk.files,
        files_to_replace(desk, step.fields.get("replace")),
        [cell_change(_table(entry), entry) for entry in changes],
    )
    note = text(step.subject, "部署")
    key = desk.execute(Deploy(files=files, note=note, user=desk.user(user_of(step))))
    if key is None:
        raise StepFailed("没有改动，没有部署", "nothing differs; nothing was deployed")
    desk.files = files


@kind("部署记录", "deployment", "expectation", Key(zh="人员", en="user"), Key(zh="时间", en="at"))
def _deployment(desk: Desk, step: Step) -> None:
    """部署记录中有这条备注。The list of deployments has this note."""
    wanted = text(step.subject, "部署记录")
    rows = desk.all(select(Deployment).order_by(Deployment.key))
    expected = {"note": wanted} | {
        column: step.fields[name]
        for name, column in (("user", "deployed_by"), ("at", "deployed_at"))
        if name in step.fields
    }
    if not any(not list(differences(expected, row._mapping)) for row in rows):
        found = "；".join(
            f"{row.note}（{row.deployed_by}，{show(row.deployed_at)}）" for row in rows
        )
        raise StepFailed(
            f"没有这样的部署记录，有的是：{found}", f"no such deployment, only: {found}"
        )


def _table(entry: object) -> object:
    if not isinstance(entry, dict):
        raise StepFailed("改表应写：表、行、列、改为", "a change needs: table, row, column, to")
    return entry.get("表", entry.get("table"))
