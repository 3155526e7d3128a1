"""What comes from outside: messages of parties, of other offices, of other procedures."""

from __future__ import annotations

from sqlalchemy import select

from engine.identity import SYSTEM
from engine.runtime.commands import CorrelateMessage
from engine.runtime.models import MessageSubscription
from engine.scenario.desk import Desk, listed, near
from engine.scenario.errors import StepFailed
from engine.scenario.model import Step
from engine.scenario.steps.reading import context, text
from engine.scenario.steps.registry import CASE, PROCESS, Key, kind
from engine.scenario.values import laid_over


@kind("收到", "message", "action", Key(zh="内容", en="content"), Key(zh="关联", en="key"),
      Key(zh="人员", en="user"), Key(zh="记作", en="as"), CASE,
      PROCESS)  # fmt: skip
def _message(desk: Desk, step: Step) -> None:
    """收到消息（写消息名，或等消息的事件名）；不写“关联”的，按本案等这消息处所等的。A message
    arrives; without a key, the one that the case waits for.
    """
    wanted = text(step.subject, "收到")
    name, starts = _message_name(desk, wanted)
    login = step.fields.get("user")
    reached = desk.execute(
        CorrelateMessage(
            name=name,
            correlation_key=_key(desk, step, name, starts),
            variables=context(laid_over(step.fields.get("content")), "内容"),
            user=desk.user(text(login, "人员")) if login is not None else SYSTEM,
        )
    )
    for key in reached:
        if desk.instance(key).parent_key is None and key not in desk.cases.values():
            called = step.fields.get("as")
            desk.opened(key, text(called, "记作") if called is not None else None)


def _key(desk: Desk, step: Step, name: str, starts: bool) -> str:
    """The key the step gives; else the one that the case waits for, or its business key."""
    if step.fields.get("key") is not None:
        return text(step.fields["key"], "关联")
    if starts:
        return ""
    waiting = _awaited(desk, step, name)
    if len(waiting) > 1:
        raise StepFailed(
            f"本案有几处在等消息「{name}」，关联各不相同：{listed(waiting)}，请写“关联”或“流程”",
            f"the case waits for message '{name}' by several keys: {listed(waiting)}; "
            "give the key or the process",
        )
    return waiting[0] if waiting else str(desk.instance_of(step).business_key or "")


def _awaited(desk: Desk, step: Step, name: str) -> list[str]:
    """The keys by which the case waits for a message, at the event the step names if it does."""
    rows = desk.all(
        select(MessageSubscription.correlation_key, MessageSubscription.element_id)
        .where(
            MessageSubscription.kind == "message",
            MessageSubscription.message_name == name,
            MessageSubscription.instance_key.in_(desk.scope_keys(step)),
        )
        .order_by(MessageSubscription.key)
    )
    wanted = text(step.subject, "收到")
    if wanted != name:
        ids = desk.element_ids(wanted)
        rows = [row for row in rows if row.element_id in ids]
    return list(dict.fromkeys(row.correlation_key for row in rows))


def _message_name(desk: Desk, wanted: str) -> tuple[str, bool]:
    """The name of the message, and whether it starts processes only."""
    names: dict[str, bool] = {}
    words: set[str] = set()
    for deployed in desk.processes():
        for element in deployed.process.elements.values():
            message = element.message or (element.event.message if element.event else None)
            if message is None or message.name.is_expression:
                continue
            name = message.name.text
            starts = element.kind == "startEvent" and not element.triggered_by_event
            words.update((name, element.name))
            if wanted in (name, element.name, element.id):
                names[name] = names.get(name, True) and starts
    if len(names) == 1:
        return next(iter(names.items()))
    if not names:
        raise StepFailed(
            f"没有流程等待消息「{wanted}」{near(wanted, words)}",
            f"no process waits for message '{wanted}'{near(wanted, words, 'en')}",
        )
    raise StepFailed(
        f"「{wanted}」可指多个消息：{listed(names)}，请写消息名",
        f"'{wanted}' may mean several messages: {listed(names)}; give the name of the message",
    )
