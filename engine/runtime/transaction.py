"""One command's transaction: the instances it works on, how they come to rest and are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, insert, update

from engine.bpmn import Element, Token
from engine.bpmn.errors import UncaughtError
from engine.clock import Clock
from engine.identity import SYSTEM, User
from engine.runtime import inbound, incidents, loading, loops, writing
from engine.runtime.deadlines import TABLE
from engine.runtime.definitions import (
    Definitions,
    DeployedDecision,
    DeployedForm,
    DeployedProcess,
)
from engine.runtime.errors import Conflict, NoSuchDefinition
from engine.runtime.instance import Instance, InstanceRow
from engine.runtime.models import ProcessInstance, TokenState, Variable
from engine.runtime.rows import Rows
from engine.runtime.variables import ROOT, Variables

if TYPE_CHECKING:
    from engine.calendar import Calendar
    from engine.dmn import DecisionModel
    from engine.runtime.calendars import CalendarBook


class Transaction:
    """What a command handler works with. Only the bus makes, writes and commits one."""

    def __init__(
        self,
        *,
        connection: Connection,
        clock: Clock,
        definitions: Definitions,
        calendars: CalendarBook,
    ) -> None:
        self.connection = connection
        self.clock = _Stopped(clock.now())
        self.now = self.clock.now()
        self.definitions = definitions
        self.calendars = calendars
        self.rows = Rows(self)
        self.next_timer_at: datetime | None = None
        self._instances: dict[int, Instance] = {}
        self._locked: set[int] = set()
        self._paths: dict[str, str] = {}
        self._to_run: list[Instance] = []
        self._called: dict[tuple[int, str], Instance] = {}
        self._to_offer: list[tuple[Instance, Token, Element, str, str]] = []
        self.running: Instance | None = None
        """The instance whose tokens moved last: where a fault belongs."""
        self.firing: int | None = None
        """The timer that fired last."""

    # -- instances --------------------------------------------------------------------------------

    def lock_instance(
        self, key: int, *, root_key: int | None = None, fire_due: bool = True
    ) -> Instance:
        """The instance with the row of its root locked, after its due timers have fired.

        A passed deadline wins over a late click: what is due happens before the command acts.
        Raises `NotFound`.
        """
        root_key = root_key or loading.root_of(self.connection, key)
        if root_key not in self._locked:
            loading.lock(self.connection, root_key)
            self._locked.add(root_key)
            if fire_due:
                inbound.fire_due_timers(self, root_key)
        return self.instance(key)

    def instance(self, key: int) -> Instance:
        """An instance of a tree that is locked already."""
        found = self._instances.get(key)
        if found is None:
            found = loading.load(self, key)
            self._instances[key] = found
        return found

    def instances(self) -> list[Instance]:
        """Every instance this command has touched."""
        return list(self._instances.values())

    def start(
        self,
        deployed: DeployedProcess,
        variables: Mapping[str, object],
        *,
        user: User,
        horizon: int,
        start_event_id: str | None = None,
        organisation: str = "",
        start_key: str | None = None,
        business_key: str | None = None,
        parent: Instance | None = None,
        parent_token_id: str | None = None,
    ) -> Instance:
        """A new instance with its token on the start event; `settle` runs it."""
        row = InstanceRow(
            key=0,
            root_key=0,
            parent_key=parent.key if parent else None,
            parent_token_id=parent_token_id,
            process_definition_key=deployed.key,
            horizon=horizon,
            state="active",
            business_key=business_key or (parent.row.business_key if parent else None),
            subject=parent.row.subject if parent else None,
            subject_code=parent.row.subject_code if parent else None,
            subject_kind=parent.row.subject_kind if parent else None,
            organisation=organisation,
            organisation_path=self.path_of(organisation),
        )
        instance = Instance(self, row, deployed, Variables())
        instance.variables.set_local(ROOT, variables)
        writing.place(instance)
        instance.take_calendar()
        row.key = self._insert(row, deployed, user, start_key, parent)
        row.root_key = parent.row.root_key if parent else row.key
        if parent is None:
            self.connection.execute(_ROOT_OF_ITSELF, {"of": row.key})
        self._locked.add(row.root_key)
        instance.is_new = True
        instance.execution = deployed.compiled.start(instance)
        self._instances[row.key] = instance
        self.rows.history(instance, "instance_started", user=user.login)
        instance.execution.start_at(start_event_id)
        self.will_run(instance)
        return instance

    def _insert(
        self,
        row: InstanceRow,
        deployed: DeployedProcess,
        user: User,
        start_key: str | None,
        parent: Instance | None,
    ) -> int:
        result = self.connection.execute(
            insert(ProcessInstance),
            {
                "root_key": parent.row.root_key if parent else None,
                "parent_key": row.parent_key,
                "parent_token_id": row.parent_token_id,
                "process_definition_key": deployed.key,
                "process_id": deployed.process_id,
                "horizon": row.horizon,
                "state": "active",
                "business_key": row.business_key,
                "start_key": start_key,
                "subject": row.subject,
                "subject_code": row.subject_code,
                "subject_kind": row.subject_kind,
                "organisation": row.organisation,
                "organisation_path": row.organisation_path,
                "started_at": self.now,
                "started_by": user.login,
            },
        )
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    # -- called instances -------------------------------------------------------------------------

    def start_called(
        self, caller: Instance, token: Token, process_id: str, variables: Mapping[str, object]
    ) -> None:
        """Start the process that a call activity calls, in the version of the caller's horizon."""
        deployed = self.definitions.process_as_of(self.connection, process_id, caller.row.horizon)
        called = self.start(
            deployed,
            variables,
            user=SYSTEM,
            horizon=caller.row.horizon,
            organisation=caller.row.organisation,
            parent=caller,
            parent_token_id=token.id,
        )
        self._called[caller.key, token.id] = called

    def cancel_called(self, caller: Instance, token: Token) -> None:
        """The call activity was interrupted: so is what it called."""
        key = loading.called_by(self.connection, caller.key, token.id)
        pending = self._called.get((caller.key, token.id))
        called = pending or (self.instance(key) if key is not None else None)
        if called is not None and called.row.state == "active":
            self.end(called, "cancelled")
            called.execution.cancel()

    # -- to rest ----------------------------------------------------------------------------------

    def will_run(self, instance: Instance) -> None:
        """The instance has something to do; `settle` does it."""
        if instance not in self._to_run:
            self._to_run.append(instance)

    def subscribed(
        self, instance: Instance, token: Token, event: Element, name: str, key: str
    ) -> None:
        """A subscription opened; a message that waits for it is delivered once all is at rest."""
        self._to_offer.append((instance, token, event, name, key))

    def still_waits(self, instance: Instance, token: Token, event: Element) -> bool:
        """Whether a subscription that opened in this command is still open."""
        return self.rows.is_armed(instance, token, event)

    def write_timers(self) -> None:
        """Let queries of this command see the timers it armed."""
        self.rows.write_timers()

    def settle(self) -> None:
        """Run until nothing can move without a person, a clock or a message."""
        while self._to_run or self._to_offer:
            if self._to_run:
                self._run(self._to_run.pop(0))
            else:
                inbound.offer_waiting_message(self, *self._to_offer.pop(0))

    def _run(self, instance: Instance) -> None:
        if instance.row.state != "active":
            return
        self.running = instance
        try:
            instance.execution.run()
        except UncaughtError as error:
            self._throw_to_caller(instance, error)
            return
        if instance.execution.ended:
            self.end(instance, "completed")
            self._return_to_caller(instance)

    def _return_to_caller(self, called: Instance) -> None:
        if called.row.parent_key is None:
            return
        caller = self.instance(called.row.parent_key)
        token = caller.execution.find(called.row.parent_token_id or "")
        root = called.variables.root
        returned = {name: root[name] for name in root}
        process = token.element.called_process
        if token.element.outputs:
            caller.variables.set_local(token.id, returned)
        elif process is not None and process.propagate_all_child_variables:
            own = loops.variables_of_body(caller, token)
            brought = {name: value for name, value in returned.items() if name not in own}
            caller.variables.merge(caller.chain(token), brought)
        caller.execution.finish(token.id)
        self.will_run(caller)

    def _throw_to_caller(self, called: Instance, error: UncaughtError) -> None:
        if called.row.parent_key is None:
            raise error
        caller = self.instance(called.row.parent_key)
        self.end(called, "cancelled")
        called.execution.cancel()
        code = str(error.values["code"])
        if not caller.execution.throw_error(called.row.parent_token_id or "", code):
            raise error
        self.will_run(caller)

    def escalate(self, called: Instance, code: str) -> None:
        """Hand an escalation that nobody in the instance catches to the one that called it."""
        if called.row.parent_key is None:
            return
        caller = self.instance(called.row.parent_key)
        if caller.execution.throw_escalation(called.row.parent_token_id or "", code):
            self.will_run(caller)

    def end(self, instance: Instance, state: str) -> None:
        """The instance is over, and so are its incidents."""
        if not instance.is_new:
            incidents.drop_of_instance(self, instance)
        instance.row.state = state
        instance.row.ended_at = self.now
        ends = instance.execution.end_event_ids
        instance.row.end_element_id = ends[-1] if ends and state == "completed" else None
        self.rows.history(instance, f"instance_{state}", element_id=instance.row.end_element_id)

    # -- writing ----------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what changed. Raises `Conflict` if somebody else wrote an instance meanwhile."""
        for instance in self._instances.values():
            writing.place(instance)
            self._write_tokens(instance)
            self._write_variables(instance)
            if instance.row != instance.written_row:
                writing.update_row(self.connection, instance)
        self.rows.write()

    def _write_tokens(self, instance: Instance) -> None:
        state = {
            "tokens": instance.execution.dump(),
            "flows": dict(instance.flows),
        }
        if instance.is_new:
            self.connection.execute(
                insert(TokenState), {"instance_key": instance.key, "revision": 1, **state}
            )
            return
        written = self.connection.execute(
            _NEXT_REVISION, {"of": instance.key, "known": instance.revision, **state}
        )
        if written.rowcount != 1:
            raise Conflict(key=instance.key)

    def _write_variables(self, instance: Instance) -> None:
        rows = [
            {
                "instance_key": instance.key,
                "scope_id": scope_id,
                "name": name,
                "value": value,
                "scope_open": True,
                "changed_at": self.now,
            }
            for scope_id, name, value in instance.variables.changes()
        ]
        if rows:
            self.connection.execute(writing.upsert_variable(self.connection), rows)
        if instance.variables.closed:
            closed = [{"of": instance.key, "scope": s} for s in instance.variables.closed]
            self.connection.execute(_CLOSE_SCOPE, closed)
            instance.variables.closed.clear()

    # -- definitions, calendars, people -----------------------------------------------------------

    def form(self, form_id: str, horizon: int) -> DeployedForm:
        return self.definitions.form_as_of(self.connection, form_id, horizon)

    def decision(self, decision_id: str, horizon: int) -> DeployedDecision:
        return self.definitions.decision_as_of(self.connection, decision_id, horizon)

    def deadline_model(self, horizon: int) -> DecisionModel | None:
        try:
            return self.decision(TABLE, horizon).model
        except NoSuchDefinition:
            return None

    def calendar_of(self, organisation_path: str) -> Calendar:
        return self.calendars.of(self.connection, organisation_path)

    def path_of(self, organisation: str) -> str:
        path = self._paths.get(organisation)
        if path is None:
            path = loading.organisation_path(self.connection, organisation)
            self._paths[organisation] = path
        return path

    def timer_armed(self, at: datetime) -> None:
        if self.next_timer_at is None or at < self.next_timer_at:
            self.next_timer_at = at


class _Stopped:
    """The instant of the command: all of it happens at one time."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant

    def today(self) -> date:
        return self._instant.date()


_ROOT_OF_ITSELF = (
    update(ProcessInstance)
    .where(ProcessInstance.key == bindparam("of"))
    .values(root_key=bindparam("of"))
)
_NEXT_REVISION = (
    update(TokenState)
    .where(TokenState.instance_key == bindparam("of"), TokenState.revision == bindparam("known"))
    .values(revision=TokenState.revision + 1, tokens=bindparam("tokens"), flows=bindparam("flows"))
)
_CLOSE_SCOPE = (
    update(Variable)
    .where(Variable.instance_key == bindparam("of"), Variable.scope_id == bindparam("scope"))
    .values(scope_open=False)
)
