"""Between moving tokens and whoever owns variables, tasks, timers and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from engine.bpmn.model import Element, SequenceFlow


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A token at an element.

    `id` is unique within the process instance and never given twice. `scope` is the id of the
    token of the enclosing sub-process or multi-instance body, "" at the level of the process.
    `loop_index` counts the children of a multi-instance body from 1; the body itself has None.
    """

    id: str
    element: Element
    scope: str = ""
    loop_index: int | None = None


class Host(Protocol):
    """What an `Execution` asks and tells while its tokens move. Exceptions pass through it.

    No method may act on the execution itself: what must follow (a message that was already there
    when its subscription is armed, say) is done after `Execution.run` has returned.

    For one token the order of calls is: `loop_item` (multi-instance children only), `entered`,
    `execute` or `items`, `armed`; then, once it is over, `disarmed`, `loop_done` (multi-instance
    children only), `left`, `took_flow`. A token that is interrupted is `disarmed`, then
    `cancelled`, what is inside it first. Everything armed is disarmed exactly once, also the event
    that happened.
    """

    def entered(self, token: Token) -> None:
        """A token is at an element: open its scope, map its inputs, write history."""

    def execute(self, token: Token) -> bool:
        """Do an activity. True: it is done; False: it waits for `Execution.finish`.

        Also asked of message throw and end events, which C8 models as jobs: True means that the
        host made no job, and `thrown` follows.
        """

    def left(self, token: Token) -> None:
        """The element is completed: map its outputs, close its scope, write history."""

    def cancelled(self, token: Token) -> None:
        """The token was interrupted or withdrawn after it had entered."""

    def took_flow(self, flow: SequenceFlow) -> None:
        """A token moves along a sequence flow."""

    def condition(self, token: Token, flow: SequenceFlow) -> bool:
        """Whether the condition of a flow that leaves a gateway holds."""

    def armed(self, token: Token, event: Element) -> None:
        """A timer, message or signal event waits from now on.

        `event` is the token's own element (catch event, receive task), a boundary event of it, an
        element behind its event-based gateway, or the start event of an event sub-process. In that
        last case `token` stands for the waiting event sub-process: it is armed and disarmed, and
        may be fired, but is neither entered nor left.
        """

    def disarmed(self, token: Token, event: Element) -> None:
        """The event waits no longer: it happened, or its activity is over."""

    def thrown(self, token: Token, event: Element) -> None:
        """A message or signal is thrown; or an escalation that nobody here catches."""

    def items(self, token: Token) -> int:
        """How many children the multi-instance body gets."""

    def loop_item(self, token: Token, index: int) -> None:
        """Child `index` (from 1) is about to enter: put its item and counter in its scope.

        Comes before `entered`, so that the input mappings see the item.
        """

    def loop_done(self, token: Token, index: int) -> bool:
        """Child `index` is done, its scope is still open: collect what it brings.

        True: the completion condition is met; children that still run are cancelled.
        """
