"""User tasks: what people do with them, and which there are."""

from __future__ import annotations

from decimal import Decimal

from engine.identity import User
from engine.runtime.commands import (
    AttachFile,
    ChangeDueDate,
    ClaimTask,
    CompleteTask,
    ReassignTask,
    UnclaimTask,
)
from engine.runtime.errors import NotPermitted
from engine.runtime.transaction import Transaction
from engine.runtime.variables import put
from engine.scenario.compare import differences, differing, value_at
from engine.scenario.desk import Desk, OpenedTask, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.cases import DATA
from engine.scenario.steps.reading import context, day, text, texts, user_of
from engine.scenario.steps.registry import CASE, PROCESS, USER, Key, kind
from engine.scenario.values import laid_over

FILES = Key(zh="附件", en="files")
WHY = Key(zh="理由", en="reason", required=True)


@kind("办理", "complete", "action", USER, DATA, CASE, PROCESS, FILES)
def _complete(desk: Desk, step: Step) -> None:
    """办结一项待办；没有填写的栏目保持表单显示的内容。Complete a task by its form."""
    task, user = desk.task(step), desk.user(user_of(step))
    variables = dict(context(laid_over(step.fields.get("data")), "填写"))
    for path, names in context(step.fields.get("files") or {}, FILES.zh).items():
        put(variables, path, [_laid(desk, task, user, name) for name in texts(names, FILES.zh)])
    desk.execute(CompleteTask(task_key=task.key, user=user, variables=variables))


def _laid(desk: Desk, task: OpenedTask, user: User, name: str) -> Decimal:
    """Lay a sheet of that name to the matter. Gives its key, as a form holds it."""
    key = desk.execute(
        AttachFile(
            instance_key=task.row.instance_key,
            user=user,
            file_name=name,
            content=b"%PDF-1.7\n% " + name.encode(),
            task_key=task.key,
        )
    )
    return Decimal(key)


@kind("打开", "open", "action", USER, CASE, PROCESS)
def _open(desk: Desk, step: Step) -> None:
    """打开一项待办来看。Look at a task."""
    task, user = desk.task(step), desk.user(user_of(step))
    user.require("task.view")
    if not user.sees(task.row.organisation_path):
        raise NotPermitted(
            action=f"打开「{task.name}」",
            action_en=f"open '{task.name}'",
            reason="任务属于其他单位",
            reason_en="the task belongs to another unit",
        )


@kind("认领", "claim", "action", USER, CASE, PROCESS)
def _claim(desk: Desk, step: Step) -> None:
    """认领一项待办。Take a task."""
    desk.execute(ClaimTask(task_key=desk.task(step).key, user=desk.user(user_of(step))))


@kind("取消认领", "unclaim", "action", USER, CASE, PROCESS)
def _unclaim(desk: Desk, step: Step) -> None:
    """交回一项待办。Give a task back."""
    desk.execute(UnclaimTask(task_key=desk.task(step).key, user=desk.user(user_of(step))))


@kind("转办", "reassign", "action", USER, Key(zh="给", en="to", required=True), WHY, CASE, PROCESS)
def _reassign(desk: Desk, step: Step) -> None:
    """把待办转给另一人。Hand a task to another person."""
    desk.execute(
        ReassignTask(
            task_key=desk.task(step).key,
            user=desk.user(user_of(step)),
            assignee=text(step.fields["to"], "给"),
            reason=text(step.fields["reason"], "理由"),
        )
    )


@kind("变更期限", "change due date", "action", USER, Key(zh="至", en="to", required=True), WHY,
      CASE, PROCESS)  # fmt: skip
def _change_due_date(desk: Desk, step: Step) -> None:
    """变更待办的期限。Move the due date of a task."""
    desk.execute(
        ChangeDueDate(
            task_key=desk.task(step).key,
            user=desk.user(user_of(step)),
            due_date=day(step.fields["to"], "至"),
            reason=text(step.fields["reason"], "理由"),
        )
    )


@kind("待办", "tasks", "expectation", CASE, PROCESS)
def _tasks(desk: Desk, step: Step) -> None:
    """案件现有的全部待办，不多不少；没有写“无”。All open tasks of the case, no more, no less."""
    wanted = texts(step.subject, "待办")
    tasks = desk.open_tasks(desk.scope_keys(step))
    left = list(tasks)
    missing = []
    for name in wanted:
        task = next((t for t in left if name in (t.row.element_id, t.name)), None)
        if task is None:
            desk.element_ids(name)
            missing.append(name)
        else:
            left.remove(task)
    if missing or left:
        found = listed(task.name for task in tasks) or "无"
        raise StepFailed(
            f"待办应为：{listed(wanted) or '无'}；实为：{found}",
            f"expected open tasks: {listed(wanted) or 'none'}; found: {found}",
        )


@kind("没有任务", "no task", "expectation", CASE, PROCESS)
def _no_task(desk: Desk, step: Step) -> None:
    """这些待办现在都没有。None of these tasks is open."""
    for name in texts(step.subject, "没有任务"):
        ids = desk.element_ids(name)
        if any(task.row.element_id in ids for task in desk.open_tasks(desk.scope_keys(step))):
            raise StepFailed(f"不应有待办「{name}」，但是有", f"task '{name}' should not be open")


@kind("任务", "task", "expectation", CASE, PROCESS, Key(zh="期限", en="due"),
      Key(zh="暂定", en="provisional"), Key(zh="候选组", en="groups"),
      Key(zh="单位", en="organisation"), Key(zh="办理人", en="assignee"),
      Key(zh="开始", en="created"), Key(zh="表单", en="form"))  # fmt: skip
def _task(desk: Desk, step: Step) -> None:
    """有这项待办，期限等如所写；“表单”是打开时显示的内容。An open task with its due date …"""
    task = desk.task(step)
    row = task.row
    has = {
        "due": row.due_date,
        "provisional": row.due_provisional,
        "groups": list(task.groups),
        "organisation": row.organisation,
        "assignee": row.assignee,
        "created": row.created_at,
    }
    words = {"due": "期限", "provisional": "暂定", "groups": "候选组", "organisation": "单位",
             "assignee": "办理人", "created": "开始"}  # fmt: skip
    wanted = {words[name]: value for name, value in step.fields.items() if name in words}
    if "候选组" in wanted:
        wanted["候选组"] = sorted(texts(wanted["候选组"], "候选组"))
    wrong = list(differences(wanted, {words[name]: value for name, value in has.items()}))
    if "form" in step.fields:
        shown = shown_form(desk, task)
        for path, expected in context(step.fields["form"], "表单").items():
            wrong += differences(expected, value_at(shown, path), path)
    if wrong:
        raise differing(wrong, f"任务「{task.name}」", f"task '{task.name}'")


def shown_form(desk: Desk, task: OpenedTask) -> dict[str, object]:
    """What the form of a task shows when it is opened; empty without a form."""
    if task.row.form_key is None:
        return {}
    runtime = desk.runtime
    with runtime.reading() as connection:
        tx = Transaction(
            connection=connection,
            clock=runtime.clock,
            definitions=runtime.definitions,
            calendars=runtime.calendars,
        )
        instance = tx.instance(task.row.instance_key)
        form = runtime.definitions.form(connection, task.row.form_key).form
        view = instance.view(instance.execution.find(task.row.token_id))
        return form.defaults(dict(view), instance.environment)
