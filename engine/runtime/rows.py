"""The rows one command adds and changes, collected while tokens move and written in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, insert, update

from engine.feel import encode, plain
from engine.runtime.models import (
    DeadlineRecord,
    DecisionRecord,
    ElementInstance,
    HistoryRecord,
    Job,
    MessageSubscription,
    Timer,
    UserTask,
    UserTaskCandidate,
)

if TYPE_CHECKING:
    from engine.bpmn import Element, Token
    from engine.dmn import DecisionInstance
    from engine.runtime.deadlines import WorkedOut
    from engine.runtime.definitions import DeployedDecision
    from engine.runtime.instance import Instance
    from engine.runtime.timers import Due
    from engine.runtime.transaction import Transaction

Row = dict[str, Any]


class Rows:
    """What a command will write. Nothing reaches the database before `write`."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._inserts: dict[Table, list[Row]] = defaultdict(list)
        self._entered: dict[tuple[int, str, str], Row] = {}
        self._left: list[Row] = []
        self._armed: dict[tuple[str, int, str, str], Row] = {}
        self._disarmed: list[Row] = []
        self._tasks: dict[tuple[int, str], tuple[Row, list[str], list[str]]] = {}
        self._ended_tasks: list[Row] = []
        self._jobs: dict[tuple[int, str], Row] = {}
        self._ended_jobs: list[Row] = []
        self._closed_deadlines: list[Row] = []
        self.has_new_jobs = False

    # -- the travelled path -----------------------------------------------------------------------

    def element_entered(self, instance: Instance, token: Token) -> None:
        self._entered[instance.key, token.id, token.element.id] = {
            "instance_key": instance.key,
            "token_id": token.id,
            "element_id": token.element.id,
            "kind": token.element.kind,
            "scope_id": token.scope,
            "loop_index": token.loop_index,
            "state": "active",
            "entered_at": self._tx.now,
            "left_at": None,
        }

    def element_left(self, instance: Instance, token: Token, state: str) -> None:
        row = self._entered.get((instance.key, token.id, token.element.id))
        if row is not None:
            row["state"] = state
            row["left_at"] = self._tx.now
            return
        self._left.append(
            {
                "of_instance": instance.key,
                "of_token": token.id,
                "of_element": token.element.id,
                "new_state": state,
                "at": self._tx.now,
            }
        )

    # -- user tasks -------------------------------------------------------------------------------

    def user_task(
        self, instance: Instance, token: Token, columns: Row, *, groups: list[str],
        users: list[str],
    ) -> None:  # fmt: skip
        row = {
            "instance_key": instance.key,
            "root_key": instance.row.root_key,
            "process_id": instance.deployed.process_id,
            "element_id": token.element.id,
            "token_id": token.id,
            "state": "open",
            "created_at": self._tx.now,
            **columns,
        }
        self._tasks[instance.key, token.id] = (row, groups, users)

    def end_user_task(
        self, instance: Instance, token: Token, *, state: str, user: str | None,
        has_due_date: bool = True,
    ) -> None:  # fmt: skip
        if self._tasks.pop((instance.key, token.id), None) is None:
            self._ended_tasks.append(
                {
                    "of_instance": instance.key,
                    "of_token": token.id,
                    "new_state": state,
                    "at": self._tx.now,
                    "by": user,
                }
            )
            if has_due_date:
                self._closed_deadlines.append({"of_instance": instance.key, "of_token": token.id})

    def task_is_open(self, instance_key: int, token_id: str) -> bool:
        """Whether this command has not ended the task of a token."""
        return not any(
            row["of_instance"] == instance_key and row["of_token"] == token_id
            for row in self._ended_tasks
        )

    # -- jobs -------------------------------------------------------------------------------------

    def job(
        self, instance: Instance, token: Token | None, *, type_: str, headers: Mapping[str, str],
        retries: int, element_id: str | None = None,
    ) -> None:  # fmt: skip
        token_id = token.id if token else ""
        row = {
            "instance_key": instance.key,
            "root_key": instance.row.root_key,
            "element_id": element_id or (token.element.id if token else ""),
            "token_id": token_id,
            "type": type_,
            "headers": dict(headers),
            "state": "ready",
            "retries": retries,
            "run_at": self._tx.now,
            "created_at": self._tx.now,
        }
        self.has_new_jobs = True
        if token_id:
            self._jobs[instance.key, token_id] = row
        else:
            self._inserts[_table(Job)].append(row)

    def cancel_job(self, instance: Instance, token: Token) -> None:
        if self._jobs.pop((instance.key, token.id), None) is None:
            self._ended_jobs.append(
                {"of_instance": instance.key, "of_token": token.id, "at": self._tx.now}
            )

    def job_is_wanted(self, job: Any) -> bool:
        """Whether this command has not withdrawn the token that a job of the database is for."""
        return not any(
            row["of_instance"] == job.instance_key and row["of_token"] == job.token_id
            for row in self._ended_jobs
        )

    # -- timers and subscriptions -----------------------------------------------------------------

    def timer(
        self, instance: Instance, token: Token, event: Element, due: Due, names: list[str]
    ) -> None:
        definition = event.event
        assert definition is not None
        assert definition.timer is not None
        self._armed["timer", instance.key, token.id, event.id] = {
            "instance_key": instance.key,
            "root_key": instance.row.root_key,
            "token_id": token.id,
            "element_id": event.id,
            "due_at": due.at,
            "expression": definition.timer.text,
            "names": names,
            "cycle": due.cycle,
            "repetitions": due.repetitions,
            "state": "armed",
        }
        self._tx.timer_armed(due.at)

    def subscription(
        self, instance: Instance, token: Token, event: Element, kind: str, name: str, key: str
    ) -> None:
        self._armed["subscription", instance.key, token.id, event.id] = {
            "instance_key": instance.key,
            "token_id": token.id,
            "element_id": event.id,
            "kind": kind,
            "message_name": name,
            "correlation_key": key,
        }

    def disarm(self, instance: Instance, token: Token, event: Element) -> None:
        pending = [
            self._armed.pop((what, instance.key, token.id, event.id), None)
            for what in ("timer", "subscription")
        ]
        if not any(pending):
            self._disarmed.append(
                {
                    "of_instance": instance.key,
                    "of_token": token.id,
                    "of_element": event.id,
                }
            )

    def is_armed(self, instance: Instance, token: Token, event: Element) -> bool:
        """Whether a subscription of this command still waits."""
        return ("subscription", instance.key, token.id, event.id) in self._armed

    def write_timers(self) -> None:
        """Write the timers now, so that a query sees the ones that are due already."""
        execute = self._tx.connection.execute
        if self._disarmed:
            execute(_DISARM_TIMER, self._disarmed)
            execute(_DISARM_SUBSCRIPTION, self._disarmed)
            self._disarmed = []
        timers = {key: row for key, row in self._armed.items() if key[0] == "timer"}
        if timers:
            execute(insert(_table(Timer)), list(timers.values()))
        self._armed = {key: row for key, row in self._armed.items() if key not in timers}

    # -- evidence ---------------------------------------------------------------------------------

    def decision(
        self,
        instance: Instance,
        token: Token,
        deployed: DeployedDecision,
        evidence: DecisionInstance,
    ) -> None:
        for required in evidence.required:
            self.decision(instance, token, deployed, required)
        self._inserts[_table(DecisionRecord)].append(
            {
                "instance_key": instance.key,
                "token_id": token.id,
                "element_id": token.element.id,
                "decision_id": evidence.decision_id,
                "decision_name": evidence.decision_name,
                "decision_definition_key": deployed.key,
                "version": deployed.version,
                "file_name": evidence.file,
                "file_hash": evidence.file_hash,
                "evaluated_at": self._tx.now,
                "inputs": [
                    {"label": i.label, "expression": i.expression, "value": plain(i.value)}
                    for i in evidence.inputs
                ],
                "matched": [
                    {
                        "rule": rule.index,
                        "rule_id": rule.rule_id,
                        "annotation": rule.annotation,
                        "outputs": plain(rule.outputs),
                    }
                    for rule in evidence.matched
                ],
                "result": encode(evidence.result),
            }
        )

    def deadline(
        self, instance: Instance, token: Token, worked_out: WorkedOut, *, use: str,
        variable: str | None = None, scope_id: str = "", element_id: str | None = None,
    ) -> None:  # fmt: skip
        deadline = worked_out.deadline
        self._inserts[_table(DeadlineRecord)].append(
            {
                "instance_key": instance.key,
                "token_id": token.id,
                "element_id": element_id or token.element.id,
                "use": use,
                "variable": variable,
                "scope_id": scope_id,
                "rule": worked_out.rule,
                "start_date": deadline.start_date,
                "amount": deadline.period.amount,
                "unit": deadline.period.unit,
                "roll": deadline.period.roll,
                "due_date": deadline.due_date,
                "provisional": deadline.provisional,
                "earliest_date": deadline.earliest,
                "latest_date": deadline.latest,
                "calendar_version": deadline.calendar_version,
                "computed_at": self._tx.now,
                "open": True,
            }
        )

    def history(
        self, instance: Instance, event: str, *, element_id: str | None = None,
        task_key: int | None = None, user: str | None = None, reason: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        self._inserts[_table(HistoryRecord)].append(
            {
                "instance_key": instance.key,
                "root_key": instance.row.root_key,
                "at": self._tx.now,
                "event": event,
                "element_id": element_id,
                "task_key": task_key,
                "user": user,
                "reason": reason,
                "details": plain(dict(details or {})),
            }
        )

    # -- writing ----------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything collected, in an order that foreign keys allow."""
        execute = self._tx.connection.execute
        self._write_ended()
        if self._entered:
            self._inserts[_table(ElementInstance)] += self._entered.values()
        for (what, *_), row in self._armed.items():
            table = _table(Timer) if what == "timer" else _table(MessageSubscription)
            self._inserts[table].append(row)
        self._inserts[_table(Job)] += self._jobs.values()
        for table, rows in self._inserts.items():
            if rows:
                execute(insert(table), rows)
        self._write_tasks()

    def _write_ended(self) -> None:
        execute = self._tx.connection.execute
        if self._left:
            execute(_ELEMENT_LEFT, self._left)
        if self._disarmed:
            execute(_DISARM_TIMER, self._disarmed)
            execute(_DISARM_SUBSCRIPTION, self._disarmed)
        if self._ended_tasks:
            execute(_END_TASK, self._ended_tasks)
        if self._ended_jobs:
            execute(_CANCEL_JOB, self._ended_jobs)
        if self._closed_deadlines:
            execute(_CLOSE_DEADLINE, self._closed_deadlines)

    def _write_tasks(self) -> None:
        execute = self._tx.connection.execute
        candidates: list[Row] = []
        for row, groups, users in self._tasks.values():
            inserted = execute(insert(_table(UserTask)), row).inserted_primary_key
            assert inserted is not None
            key = int(inserted[0])
            candidates += [_candidate(key, "group", name) for name in dict.fromkeys(groups)]
            candidates += [_candidate(key, "user", name) for name in dict.fromkeys(users)]
        if candidates:
            execute(insert(_table(UserTaskCandidate)), candidates)


def _candidate(task_key: int, kind: str, name: str) -> Row:
    return {"task_key": task_key, "kind": kind, "candidate": name}


def _table(model: type) -> Table:
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table


_ELEMENT_LEFT = (
    update(_table(ElementInstance))
    .where(
        ElementInstance.instance_key == bindparam("of_instance"),
        ElementInstance.token_id == bindparam("of_token"),
        ElementInstance.element_id == bindparam("of_element"),
        ElementInstance.left_at.is_(None),
    )
    .values(state=bindparam("new_state"), left_at=bindparam("at"))
)
_DISARM_TIMER = delete(_table(Timer)).where(
    Timer.instance_key == bindparam("of_instance"),
    Timer.token_id == bindparam("of_token"),
    Timer.element_id == bindparam("of_element"),
)
_DISARM_SUBSCRIPTION = delete(_table(MessageSubscription)).where(
    MessageSubscription.instance_key == bindparam("of_instance"),
    MessageSubscription.token_id == bindparam("of_token"),
    MessageSubscription.element_id == bindparam("of_element"),
)
_END_TASK = (
    update(_table(UserTask))
    .where(
        UserTask.instance_key == bindparam("of_instance"),
        UserTask.token_id == bindparam("of_token"),
        UserTask.state == "open",
    )
    .values(state=bindparam("new_state"), ended_at=bindparam("at"), completed_by=bindparam("by"))
)
_CANCEL_JOB = (
    update(_table(Job))
    .where(
        Job.instance_key == bindparam("of_instance"),
        Job.token_id == bindparam("of_token"),
        Job.state.in_(("ready", "failed")),
    )
    .values(state="cancelled", ended_at=bindparam("at"))
)
_CLOSE_DEADLINE = (
    update(_table(DeadlineRecord))
    .where(
        DeadlineRecord.instance_key == bindparam("of_instance"),
        DeadlineRecord.token_id == bindparam("of_token"),
        DeadlineRecord.use == "due_date",
    )
    .values(open=False)
)
