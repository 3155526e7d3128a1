"""A process instance while a command works on it: it answers what its moving tokens ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.bpmn import Element, Execution, SequenceFlow, Token
from engine.bpmn.model import Binding
from engine.feel import Environment, Evaluation, compile_expression
from engine.runtime import activities, events, loops
from engine.runtime.deadlines import DeadlineBook
from engine.runtime.errors import ExpressionFailed, InstanceNotActive, NotPermitted
from engine.runtime.variables import ROOT, Variables, View, picked, put

TOLD = ("message", "signal")
"""The kinds of events that come from outside with variables of their own."""

if TYPE_CHECKING:
    from engine.identity import User
    from engine.runtime.definitions import DeployedProcess
    from engine.runtime.transaction import Transaction


@dataclass(kw_only=True, slots=True)
class InstanceRow:
    """The columns of `process_instance` that a command reads or changes."""

    key: int
    root_key: int
    parent_key: int | None
    parent_token_id: str | None
    process_definition_key: int
    horizon: int
    state: str
    business_key: str | None
    subject: str | None
    subject_code: str | None
    subject_kind: str | None
    organisation: str
    organisation_path: str
    ended_at: datetime | None = None
    end_element_id: str | None = None


class Instance:
    """One instance with its tokens and variables; the `Host` of its execution."""

    def __init__(
        self, tx: Transaction, row: InstanceRow, deployed: DeployedProcess, variables: Variables
    ) -> None:
        self.tx = tx
        self.row = row
        self.deployed = deployed
        self.variables = variables
        self.execution: Execution
        self.written_row = replace(row)
        self.revision = 0
        self.flows: Counter[str] = Counter()
        self.is_new = False
        self.take_calendar()

    def __repr__(self) -> str:
        return f"<Instance {self.row.key} of {self.deployed.process_id}>"

    @property
    def key(self) -> int:
        return self.row.key

    def take_calendar(self) -> None:
        """Work with the calendar of the unit that the instance belongs to."""
        calendar = self.tx.calendar_of(self.row.organisation_path)
        self.book = DeadlineBook(
            model=lambda: self.tx.deadline_model(self.row.horizon),
            calendar=calendar,
            clock=self.tx.clock,
        )
        self.environment = Environment(clock=self.tx.clock, calendar=calendar, deadlines=self.book)

    def require_active(self) -> None:
        """Raises `InstanceNotActive` if the instance has ended or is suspended."""
        if self.row.state != "active":
            raise InstanceNotActive(key=self.key, state=self.row.state)

    def require_seen_by(self, user: User) -> None:
        """Raises `NotPermitted` unless the instance belongs to a unit that the user sees."""
        if not user.sees(self.row.organisation_path):
            raise NotPermitted(
                action=f"处理流程实例 {self.key}",
                action_en=f"act on process instance {self.key}",
                reason="它不属于您的管辖范围",
                reason_en="it belongs to a unit that is not yours",
            )

    # -- expressions ------------------------------------------------------------------------------

    def chain(self, token: Token | None) -> list[str]:
        """The ids of the scopes a token sees, innermost first, the instance's last."""
        if token is None:
            return [ROOT]
        ids = [token.id]
        scope = token.scope
        while scope:
            ids.append(scope)
            scope = self.execution.find(scope).scope
        ids.append(ROOT)
        return ids

    def view(self, token: Token | None) -> View:
        """The variables a token sees."""
        return self.variables.view(self.chain(token))

    def outer_view(self, token: Token) -> View:
        """The variables around a token, without its own."""
        return self.variables.view(self.chain(token)[1:])

    def value(self, binding: Binding, view: Mapping[str, object]) -> object:
        """The constant of a binding, or the value of its expression (None if it has none)."""
        if not binding.is_expression:
            return binding.text
        return self.evaluate(binding, view).value

    def evaluate(self, binding: Binding, view: Mapping[str, object]) -> Evaluation:
        """The value of an expression with its warnings."""
        return compile_expression(binding.source).evaluate(view, self.environment)

    def failed(
        self,
        binding: Binding,
        view: Mapping[str, object],
        *,
        element: Element,
        purpose: tuple[str, str],
        value: object,
        expected: str,
    ) -> ExpressionFailed:
        """The error of an expression that gave no usable value, with what it read."""
        warnings = self.evaluate(binding, view).warnings if binding.is_expression else ()
        error = ExpressionFailed(
            place=element.place,
            element=element.name or element.id,
            purpose=purpose[0],
            purpose_en=purpose[1],
            source=binding.text,
            value=value,
            expected=expected,
            warnings="".join(w.message("zh") for w in warnings),
            warnings_en=" ".join(w.message("en") for w in warnings),
        )
        if binding.is_expression:
            names = compile_expression(binding.source).names
            error.values["read"] = picked(view, names)
        return error

    # -- what moving tokens ask (engine.bpmn.Host) ------------------------------------------------

    def entered(self, token: Token) -> None:
        self.tx.rows.element_entered(self, token)
        if not _is_body(token) and token.element.inputs:
            self._map_inputs(token)

    def execute(self, token: Token) -> bool:
        return activities.execute(self, token)

    def left(self, token: Token) -> None:
        if token.element.outputs and token.element.loop is None and not self._was_told(token):
            self._map_outputs(token)
        if _is_body(token):
            loops.publish_output(self, token)
        self._close(token, "completed")

    def _was_told(self, token: Token) -> bool:
        """Whether a message or signal came to this element: its outputs were mapped with it."""
        element = token.element
        kind = element.event.kind if element.event is not None else ""
        if element.kind == "startEvent":
            scope = self.deployed.process.elements.get(element.parent_id)
            return scope is not None and kind in TOLD
        return element.kind == "receiveTask" or (
            element.kind in ("intermediateCatchEvent", "boundaryEvent") and kind in TOLD
        )

    def cancelled(self, token: Token) -> None:
        activities.cancel(self, token)
        self._close(token, "cancelled")

    def took_flow(self, flow: SequenceFlow) -> None:
        self.flows[flow.id] += 1

    def condition(self, token: Token, flow: SequenceFlow) -> bool:
        binding = flow.condition
        if binding is None:
            return True
        view = self.view(token)
        answer = self.evaluate(binding, view).value if binding.is_expression else None
        if not isinstance(answer, bool):
            raise self.failed(
                binding,
                view,
                element=token.element,
                purpose=(f"流向「{flow.name or flow.id}」的条件", f"condition of flow '{flow.id}'"),
                value=answer,
                expected="true/false",
            )
        return answer

    def armed(self, token: Token, event: Element) -> None:
        events.arm(self, token, event)

    def disarmed(self, token: Token, event: Element) -> None:
        events.disarm(self, token, event)

    def thrown(self, token: Token, event: Element) -> None:
        events.throw(self, token, event)

    def items(self, token: Token) -> int:
        return loops.count(self, token)

    def loop_item(self, token: Token, index: int) -> None:
        loops.enter(self, token, index)

    def loop_done(self, token: Token, index: int) -> bool:
        if token.element.outputs:
            self._map_outputs(token)
        return loops.collect(self, token, index)

    # -- variables at the border of an activity ---------------------------------------------------

    def complete_with(self, token: Token, values: Mapping[str, object]) -> None:
        """Take over what an activity brings: local if output mappings choose, else merged."""
        if not values:
            return
        if token.element.outputs:
            self.variables.set_local(token.id, values)
        else:
            self.variables.merge(self.chain(token), values)

    def note_variable(self, name: str, scope_id: str, token: Token) -> None:
        """Keep the arithmetic of the deadlines just worked out for a variable."""
        for worked_out in self.book.noted:
            self.tx.rows.deadline(
                self, token, worked_out, use="variable", variable=name, scope_id=scope_id
            )
        self.book.noted.clear()

    def owner_of(self, name: str, chain: Sequence[str]) -> str:
        """The scope that a merge would write `name` to."""
        for scope_id in chain:
            if name in self.variables.view([scope_id]):
                return scope_id
        return ROOT

    def _map_inputs(self, token: Token) -> None:
        chain = self.chain(token)
        for mapping in token.element.inputs:
            value = self.value(mapping.source, self.variables.view(chain))
            self._put(token.id, mapping.target, value)
            self.note_variable(mapping.target, token.id, token)

    def _map_outputs(self, token: Token) -> None:
        chain = self.chain(token)
        for mapping in token.element.outputs:
            value = self.value(mapping.source, self.variables.view(chain))
            name = mapping.target.split(".")[0]
            owner = self.owner_of(name, chain if token.loop_index is not None else chain[1:])
            self._put(owner, mapping.target, value)
            self.note_variable(mapping.target, owner, token)

    def _put(self, scope_id: str, path: str, value: object) -> None:
        scope = self.variables.open(scope_id)
        name, dot, _ = path.partition(".")
        if not dot:
            scope[name] = value
            return
        content: dict[str, object] = {name: self.variables.view([scope_id]).get(name)}
        put(content, path, value)
        scope[name] = content[name]

    def _close(self, token: Token, state: str) -> None:
        self.variables.close(token.id)
        self.tx.rows.element_left(self, token, state)


def _is_body(token: Token) -> bool:
    return token.element.loop is not None and token.loop_index is None
