"""What each kind of activity does when a token enters it: at once, or as something that waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.bpmn import Element, Token
from engine.runtime import incidents, user_tasks
from engine.runtime.errors import ExpressionFailed

if TYPE_CHECKING:
    from engine.runtime.instance import Instance

DEFAULT_RETRIES = 3


def execute(instance: Instance, token: Token) -> bool:
    """Do the activity. True if it is done, False if its token waits for something."""
    if token.element.task_type is not None:
        return _request_job(instance, token)
    return _KINDS.get(token.element.kind, _pass)(instance, token)


def cancel(instance: Instance, token: Token) -> None:
    """The token is withdrawn: whatever waits for it does not wait any longer."""
    element = token.element
    if element.task_type is not None:
        if not instance.is_new:
            incidents.drop_of_job(instance.tx, instance, token.id)
        instance.tx.rows.cancel_job(instance, token)
    elif element.kind == "userTask":
        user_tasks.cancel(instance, token)
    elif element.kind == "callActivity":
        instance.tx.cancel_called(instance, token)


def _pass(instance: Instance, token: Token) -> bool:
    return True


def _wait(instance: Instance, token: Token) -> bool:
    return False


def _open_user_task(instance: Instance, token: Token) -> bool:
    user_tasks.open_task(instance, token)
    return False


def _request_job(instance: Instance, token: Token) -> bool:
    task_type = token.element.task_type
    assert task_type is not None
    view = instance.view(token)
    job_type = instance.value(task_type.type, view)
    if not isinstance(job_type, str):
        raise instance.failed(
            task_type.type,
            view,
            element=token.element,
            purpose=("作业类型", "job type"),
            value=job_type,
            expected="text",
        )
    retries = instance.value(task_type.retries, view) if task_type.retries else DEFAULT_RETRIES
    instance.tx.rows.job(
        instance,
        token,
        type_=job_type,
        headers=dict(task_type.headers),
        retries=_whole(retries, token.element),
    )
    return False


def _whole(value: object, element: Element) -> int:
    if isinstance(value, int | Decimal):
        return int(value)
    if isinstance(value, str) and value.strip().isdigit():
        return int(value)
    raise ExpressionFailed(
        place=element.place,
        element=element.name or element.id,
        purpose="重试次数",
        purpose_en="retries",
        source="",
        value=value,
        expected="0, 1, 2 …",
        warnings="",
        warnings_en="",
    )


def _run_script(instance: Instance, token: Token) -> bool:
    script = token.element.script
    if script is None:
        return True
    value = instance.value(script.expression, instance.view(token))
    _bring(instance, token, script.result_variable, value)
    return True


def _decide(instance: Instance, token: Token) -> bool:
    called = token.element.called_decision
    if called is None:
        return True
    view = instance.view(token)
    decision_id = instance.value(called.decision_id, view)
    deployed = instance.tx.decision(str(decision_id), instance.row.horizon)
    evidence = deployed.model.evaluate(deployed.decision_id, view, instance.environment)
    instance.tx.rows.decision(instance, token, deployed, evidence)
    _bring(instance, token, called.result_variable, evidence.result)
    return True


def _bring(instance: Instance, token: Token, name: str, value: object) -> None:
    local = bool(token.element.outputs)
    owner = token.id if local else instance.owner_of(name, instance.chain(token))
    instance.complete_with(token, {name: value})
    instance.note_variable(name, owner, token)


def _call(instance: Instance, token: Token) -> bool:
    called = token.element.called_process
    assert called is not None
    view = instance.view(token)
    process_id = instance.value(called.process_id, view)
    visible: Mapping[str, object] = (
        view if called.propagate_all_parent_variables else instance.variables.view([token.id])
    )
    instance.tx.start_called(
        instance, token, str(process_id), {name: visible[name] for name in visible}
    )
    return False


_KINDS: dict[str, Callable[[Instance, Token], bool]] = {
    "userTask": _open_user_task,
    "scriptTask": _run_script,
    "businessRuleTask": _decide,
    "callActivity": _call,
    "receiveTask": _wait,
}
