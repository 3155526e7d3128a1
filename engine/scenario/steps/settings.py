"""What a scenario says of its world before anything happens."""

from __future__ import annotations

from pathlib import Path

from engine.scenario.desk import Desk
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.rehearsal import CellChange, feel_text
from engine.scenario.steps.reading import at, context, text, texts
from engine.scenario.steps.registry import Key, kind

CELL = (
    Key(zh="行", en="row", required=True),
    Key(zh="列", en="column", required=True),
    Key(zh="改为", en="to", required=True),
)


@kind("现在", "now", "setting")
def _now(desk: Desk, step: Step) -> None:
    """场景开始的时刻。The instant at which the scenario begins."""
    desk.setting.now = at(step.subject, "现在")


@kind("流程目录", "procedures", "setting")
def _procedures(desk: Desk, step: Step) -> None:
    """流程图、决策表、表单所在的目录，缺省为随程序发布的。Folders; default: those shipped."""
    folders = [desk.folder / name for name in texts(step.subject, "流程目录")]
    for folder in folders:
        _require(folder, folder.is_dir(), "目录", "folder")
    desk.setting.folders = folders


@kind("单位人员", "people", "setting")
def _people(desk: Desk, step: Step) -> None:
    """演示单位和人员之外再增加的文件。Files of units and users beside the demonstration's."""
    files = [desk.folder / name for name in texts(step.subject, "单位人员")]
    for file in files:
        _require(file, file.is_file(), "文件", "file")
    desk.setting.people = files


@kind("自动启动", "start by itself", "setting")
def _starting(desk: Desk, step: Step) -> None:
    """到时间自动开始的流程；不写的，随程序发布的都不自动开始。What starts by itself in time."""
    desk.setting.starting = texts(step.subject, "自动启动")


@kind("换文件", "replace", "setting")
def _replace(desk: Desk, step: Step) -> None:
    """演练时用另一个文件代替。Another file instead of one of the procedures."""
    desk.setting.replaced |= files_to_replace(desk, step.subject)


@kind("改表", "change", "setting", *CELL)
def _change(desk: Desk, step: Step) -> None:
    """演练时改决策表的一格。Another value in one cell of a table."""
    desk.setting.cells.append(cell_change(step.subject, step.fields))


def files_to_replace(desk: Desk, value: object) -> dict[str, Path]:
    """File names among the procedures and the files that take their places."""
    named = context(value, "换文件")
    return {name: desk.folder / text(path, "换文件") for name, path in named.items()}


def cell_change(table: object, fields: object) -> CellChange:
    """The cell that a step or an entry of a list names."""
    named = context(fields, "改表")
    missing = [k.zh for k in CELL if k.en not in named and k.zh not in named]
    if missing:
        lacking = "、".join(missing)
        raise StepFailed(f"改表还缺：{lacking}", f"changing a cell also needs: {lacking}")
    by = {key.en: named.get(key.en, named.get(key.zh)) for key in CELL}
    return CellChange(
        table=text(table, "改表"),
        row=text(by["row"], "行"),
        column=text(by["column"], "列"),
        to=feel_text(by["to"]),
    )


def _require(path: Path, is_there: bool, zh: str, en: str) -> None:
    if not is_there:
        raise StepFailed(f"没有这个{zh}：{path}", f"there is no such {en}: {path}")
