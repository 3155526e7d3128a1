"""Complete a user task with the answers of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete

from engine.bpmn import Token
from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.errors import CompletionRefused
from engine.runtime.instance import Instance
from engine.runtime.models import TaskDraft
from engine.runtime.tasks import lock_task, require_may_work
from engine.runtime.user_tasks import OpenTask, unmet_checks
from engine.runtime.variables import merged

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class CompleteTask(Command):
    """Complete an open task. `variables` are what the form's fields were given, not yet checked.

    Raises `TaskNotOpen`, `NotPermitted`, `TaskClaimed`, `SamePerson`, `FormInvalid` and
    `CompletionRefused`; each leaves the instance as it was.
    """

    task_key: int
    user: User
    variables: Mapping[str, object] = field(default_factory=dict)


@handles(CompleteTask)
def complete_task(command: CompleteTask, tx: Transaction) -> None:
    instance, task = lock_task(tx, command.task_key)
    require_may_work(tx, instance, task, command.user)
    token = instance.execution.find(task.token_id)
    answers = _answers(tx, instance, task, token, command.variables)
    _require_checks(instance, task, token, answers)
    instance.complete_with(token, answers)
    tx.rows.end_user_task(instance, token, state="completed", user=command.user.login,
                          has_due_date=task.has_due_date)  # fmt: skip
    tx.rows.history(
        instance,
        "task_completed",
        element_id=task.element_id,
        task_key=task.key,
        user=command.user.login,
        details={"answers": answers},
    )
    if task.has_draft:
        tx.connection.execute(_FORGET_DRAFTS, {"of": task.key})
    instance.execution.finish(task.token_id)
    tx.will_run(instance)


def _answers(
    tx: Transaction,
    instance: Instance,
    task: OpenTask,
    token: Token,
    submitted: Mapping[str, object],
) -> dict[str, object]:
    if task.form_key is None:
        return dict(submitted)
    form = tx.definitions.form(tx.connection, task.form_key).form
    view = instance.view(token)
    answers = form.answers(submitted, context=dict(view), environment=instance.environment)
    return {name: merged(view.get(name), value) for name, value in answers.items()}


def _require_checks(
    instance: Instance, task: OpenTask, token: Token, answers: Mapping[str, object]
) -> None:
    unmet = unmet_checks(instance, token, {**dict(instance.view(token)), **answers})
    if unmet:
        raise CompletionRefused(name=task.name, messages="；".join(unmet))


_FORGET_DRAFTS = delete(TaskDraft).where(TaskDraft.task_key == bindparam("of"))
