"""The tables of the runtime. Named for their terms; days end in `_date`, instants in `_at`.

Rows of one instance refer to its elements by element id and token id, never by database keys of
other rows of the same command, so that a command can write them in batches.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, BigKey, Instant, Json, Key


class Deployment(Base):
    """Resources deployed together; its key is also the horizon on which instances are pinned."""

    __tablename__ = "deployment"

    key: Mapped[Key]
    deployed_at: Mapped[datetime] = mapped_column(Instant)
    deployed_by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")


class Resource(Base):
    """A deployed file as it was, byte for byte."""

    __tablename__ = "resource"

    key: Mapped[Key]
    deployment_key: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.key"))
    kind: Mapped[str] = mapped_column(String(8))
    """`bpmn`, `dmn` or `form`."""
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "file_name", "key"),)


class ProcessDefinition(Base):
    """A version of a process. The latest has the highest version."""

    __tablename__ = "process_definition"

    key: Mapped[Key]
    process_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    version_tag: Mapped[str] = mapped_column(String(100), default="")
    resource_key: Mapped[int] = mapped_column(BigKey, ForeignKey("resource.key"))
    deployment_key: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.key"))

    __table_args__ = (Index(None, "process_id", "version", unique=True),)


class DecisionDefinition(Base):
    """A version of a decision."""

    __tablename__ = "decision_definition"

    key: Mapped[Key]
    decision_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    resource_key: Mapped[int] = mapped_column(BigKey, ForeignKey("resource.key"))
    deployment_key: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.key"))

    __table_args__ = (Index(None, "decision_id", "version", unique=True),)


class FormDefinition(Base):
    """A version of a form."""

    __tablename__ = "form_definition"

    key: Mapped[Key]
    form_id: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200), default="")
    resource_key: Mapped[int] = mapped_column(BigKey, ForeignKey("resource.key"))
    deployment_key: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.key"))

    __table_args__ = (Index(None, "form_id", "version", unique=True),)


class ProcessInstance(Base):
    """A running or ended instance of a process.

    `horizon` is the deployment it is pinned to: forms, decisions and called processes are the
    versions in force at that deployment. A called instance has its caller's token in
    `parent_token_id`; `root_key` is the outermost instance, whose row is the lock for all.
    """

    __tablename__ = "process_instance"

    key: Mapped[Key]
    root_key: Mapped[int | None] = mapped_column(BigKey)
    parent_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    parent_token_id: Mapped[str | None] = mapped_column(String(64))
    process_definition_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("process_definition.key")
    )
    process_id: Mapped[str] = mapped_column(String(200))
    horizon: Mapped[int] = mapped_column(BigKey)
    state: Mapped[str] = mapped_column(String(16))
    """`active`, `completed`, `cancelled` or `suspended`."""
    business_key: Mapped[str | None] = mapped_column(String(200))
    start_key: Mapped[str | None] = mapped_column(String(300))
    subject: Mapped[str | None] = mapped_column(String(300))
    subject_code: Mapped[str | None] = mapped_column(String(64))
    subject_kind: Mapped[str | None] = mapped_column(String(32))
    organisation: Mapped[str] = mapped_column(String(32), default="")
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    end_element_id: Mapped[str | None] = mapped_column(String(200))
    incident_count: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        Index("uq_process_instance_start_key", "process_id", "start_key", unique=True),
        Index(None, "parent_key", "parent_token_id"),
        Index(None, "root_key"),
        Index(None, "business_key"),
        Index(None, "state", "process_id", "key"),
        Index(None, "started_by", "key"),
        Index(None, "subject_code"),
        Index(
            "ix_process_instance_roots",
            "organisation_path",
            "state",
            "key",
            sqlite_where=text("parent_key IS NULL"),
            postgresql_where=text("parent_key IS NULL"),
        ),
    )


class TokenState(Base):
    """Where the tokens of an instance are: the compact state and the flows they took so far."""

    __tablename__ = "token_state"

    instance_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("process_instance.key"), primary_key=True, autoincrement=False
    )
    revision: Mapped[int] = mapped_column(Integer)
    tokens: Mapped[bytes] = mapped_column(LargeBinary)
    flows: Mapped[dict[str, int]] = mapped_column(Json)


class ElementInstance(Base):
    """One pass of a token through an element: the travelled path."""

    __tablename__ = "element_instance"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    token_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    scope_id: Mapped[str] = mapped_column(String(64), default="")
    loop_index: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16))
    """`active`, `completed` or `cancelled`."""
    entered_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "instance_key", "token_id"),)


class Variable(Base):
    """A variable of a scope; the scope id is a token id, or empty for the instance itself."""

    __tablename__ = "variable"

    instance_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("process_instance.key"), primary_key=True, autoincrement=False
    )
    scope_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    """Typed JSON of `engine.feel.encode`."""
    scope_open: Mapped[bool] = mapped_column(Boolean, default=True)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class UserTask(Base):
    """A step a person does."""

    __tablename__ = "user_task"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    root_key: Mapped[int] = mapped_column(BigKey)
    process_id: Mapped[str] = mapped_column(String(200))
    element_id: Mapped[str] = mapped_column(String(200))
    token_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    form_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("form_definition.key"))
    state: Mapped[str] = mapped_column(String(16))
    """`open`, `completed` or `cancelled`."""
    assignee: Mapped[str | None] = mapped_column(String(64))
    organisation: Mapped[str] = mapped_column(String(32), default="")
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    due_date: Mapped[date | None] = mapped_column(Date)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    due_provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    remind_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the escalation table is asked next."""
    follow_up_date: Mapped[date | None] = mapped_column(Date)
    priority: Mapped[int] = mapped_column(Integer, default=50)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "instance_key", "token_id"),
        Index(None, "root_key", "element_id"),
        Index(None, "state", "due_at", "key"),
        Index(None, "assignee", "state", "due_at", "key"),
        Index(None, "completed_by", "ended_at"),
        Index(None, "state", "remind_at"),
    )


class UserTaskCandidate(Base):
    """Who may take a task: a group (a role code) or a user."""

    __tablename__ = "user_task_candidate"

    task_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("user_task.key"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    """`group` or `user`."""
    candidate: Mapped[str] = mapped_column(String(64), primary_key=True)

    __table_args__ = (Index(None, "kind", "candidate", "task_key"),)


class DeadlineRecord(Base):
    """A deadline with its arithmetic: kept so that it can be explained and recomputed.

    `variable` and `scope_id` name the variable that holds it, if one does; `token_id` with
    `element_id` is where it was worked out.
    """

    __tablename__ = "deadline"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    token_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(200))
    use: Mapped[str] = mapped_column(String(16))
    """`due_date`, `timer` or `variable`."""
    variable: Mapped[str | None] = mapped_column(String(200))
    scope_id: Mapped[str] = mapped_column(String(64), default="")
    rule: Mapped[str] = mapped_column(String(64))
    start_date: Mapped[date] = mapped_column(Date)
    amount: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(String(2))
    roll: Mapped[str | None] = mapped_column(String(16))
    due_date: Mapped[date] = mapped_column(Date)
    provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    earliest_date: Mapped[date] = mapped_column(Date)
    latest_date: Mapped[date] = mapped_column(Date)
    calendar_version: Mapped[str] = mapped_column(String(100))
    computed_at: Mapped[datetime] = mapped_column(Instant)
    open: Mapped[bool] = mapped_column(Boolean, default=True)

    __table_args__ = (Index(None, "instance_key"), Index(None, "open", "due_date"))


class Timer(Base):
    """An armed timer. It fires when the runtime's clock has reached `due_at`."""

    __tablename__ = "timer"

    key: Mapped[Key]
    instance_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    root_key: Mapped[int | None] = mapped_column(BigKey)
    process_definition_key: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("process_definition.key")
    )
    """Set on the timer of a start event, which has no instance yet."""
    token_id: Mapped[str] = mapped_column(String(64), default="")
    element_id: Mapped[str] = mapped_column(String(200))
    due_at: Mapped[datetime] = mapped_column(Instant)
    expression: Mapped[str] = mapped_column(Text)
    names: Mapped[list[str]] = mapped_column(Json)
    """The variables the expression reads, so that a change of one can move the timer."""
    cycle: Mapped[str | None] = mapped_column(String(100))
    repetitions: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(8), default="armed")
    """`armed`, or `failed` while an incident of it is open."""

    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "root_key", "due_at"),
        Index(None, "instance_key", "token_id"),
    )


class Job(Base):
    """Work of a service task: written with the step that asks for it, done after its commit."""

    __tablename__ = "job"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    root_key: Mapped[int] = mapped_column(BigKey)
    element_id: Mapped[str] = mapped_column(String(200))
    token_id: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(200))
    headers: Mapped[dict[str, str]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(16))
    """`ready`, `completed`, `failed` (an incident is open) or `cancelled`."""
    retries: Mapped[int] = mapped_column(Integer)
    run_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(None, "state", "run_at", "key"),
        Index(None, "instance_key", "token_id"),
        Index(None, "root_key"),
    )


class MessageSubscription(Base):
    """An element that waits for a message."""

    __tablename__ = "message_subscription"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    token_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8))
    """`message` or `signal`."""
    message_name: Mapped[str] = mapped_column(String(200))
    correlation_key: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        Index(None, "kind", "message_name", "correlation_key"),
        Index(None, "instance_key", "token_id"),
    )


class Message(Base):
    """A published message: kept until it expires, for subscriptions that open later."""

    __tablename__ = "message"

    key: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    correlation_key: Mapped[str] = mapped_column(String(200))
    message_id: Mapped[str | None] = mapped_column(String(200))
    variables: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    correlated_to: Mapped[list[str]] = mapped_column(Json)
    """Ids of the processes that already took it: each takes a message once."""

    __table_args__ = (
        Index(None, "name", "correlation_key", "expires_at"),
        Index("uq_message_id", "name", "message_id", unique=True),
    )


class Incident(Base):
    """What failed and waits for a person."""

    __tablename__ = "incident"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    root_key: Mapped[int] = mapped_column(BigKey)
    element_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    """The class name of the error."""
    message_zh: Mapped[str] = mapped_column(Text)
    message_en: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    """Expression, the variables it read, and the cause, where known."""
    job_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("job.key"))
    timer_key: Mapped[int | None] = mapped_column(BigKey)
    task_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_task.key"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index(None, "resolved_at", "key"), Index(None, "instance_key"))


class DecisionRecord(Base):
    """A decision instance: what was asked of a table, which rules matched, what came out.

    `file_name` and `file_hash` (SHA-256) are the file it stands in, which may be imported by that
    of the decision that was asked; `decision_definition_key` and `version` are of the latter.
    """

    __tablename__ = "decision_instance"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    token_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(200))
    decision_id: Mapped[str] = mapped_column(String(200))
    decision_name: Mapped[str] = mapped_column(String(200))
    decision_definition_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("decision_definition.key")
    )
    version: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_hash: Mapped[str] = mapped_column(String(64), default="")
    evaluated_at: Mapped[datetime] = mapped_column(Instant)
    inputs: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    matched: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    result: Mapped[str] = mapped_column(Text)
    """Typed JSON of `engine.feel.encode`."""

    __table_args__ = (Index(None, "instance_key", "key"),)


class HistoryRecord(Base):
    """What was done, by whom, when and why. Rows are only ever added."""

    __tablename__ = "history_record"

    key: Mapped[Key]
    instance_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    root_key: Mapped[int] = mapped_column(BigKey)
    at: Mapped[datetime] = mapped_column(Instant)
    event: Mapped[str] = mapped_column(String(40))
    element_id: Mapped[str | None] = mapped_column(String(200))
    task_key: Mapped[int | None] = mapped_column(BigKey)
    user: Mapped[str | None] = mapped_column("user_login", String(64), key="user")
    """None when the system did it by itself."""
    reason: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(Json)

    __table_args__ = (Index(None, "root_key", "key"), Index(None, "instance_key", "key"))


class TaskDraft(Base):
    """A form filled in part and kept (暂存)."""

    __tablename__ = "task_draft"

    task_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("user_task.key"), primary_key=True, autoincrement=False
    )
    user: Mapped[str] = mapped_column("user_login", String(64), key="user", primary_key=True)
    submitted: Mapped[list[list[str]]] = mapped_column(Json)
    """The fields as they were sent: name and text, also the ones that are not valid yet."""
    saved_at: Mapped[datetime] = mapped_column(Instant)


class Comment(Base):
    """A remark of a person on a case."""

    __tablename__ = "comment"

    key: Mapped[Key]
    root_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    task_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_task.key"))
    user: Mapped[str] = mapped_column("user_login", String(64), key="user")
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "root_key", "key"),)


class Attachment(Base):
    """A file laid to a case: pdf, jpg or png, at most 20 MB, its type checked by content."""

    __tablename__ = "attachment"

    key: Mapped[Key]
    root_key: Mapped[int] = mapped_column(BigKey, ForeignKey("process_instance.key"))
    task_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_task.key"))
    file_name: Mapped[str] = mapped_column(String(255))
    content_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_by: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "root_key", "key"),)


class Reminder(Base):
    """A notice about a task that is nearly or already late, to one person or group."""

    __tablename__ = "reminder"

    key: Mapped[Key]
    task_key: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.key"))
    kind: Mapped[str] = mapped_column(String(40))
    recipient_kind: Mapped[str] = mapped_column(String(8))
    """`user` or `group`."""
    recipient: Mapped[str] = mapped_column(String(64))
    organisation_path: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index("uq_reminder", "task_key", "kind", "recipient_kind", "recipient", unique=True),
        Index(None, "recipient_kind", "recipient", "at"),
    )


class CalendarNotice(Base):
    """Days that an authority declared: entered by one person, in force when another approved it."""

    __tablename__ = "calendar_notice"

    key: Mapped[Key]
    organisation_path: Mapped[str] = mapped_column(String(200))
    """For whom: "" means everybody (national), else a unit and all below it."""
    title: Mapped[str] = mapped_column(String(300))
    year: Mapped[int | None] = mapped_column(Integer)
    """Set on the national notice of a year: it moves the confirmed horizon."""
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)


class CalendarDay(Base):
    """A day of a notice: a rest day, or a weekend day on which people work."""

    __tablename__ = "calendar_day"

    notice_key: Mapped[int] = mapped_column(
        BigKey, ForeignKey("calendar_notice.key"), primary_key=True, autoincrement=False
    )
    day: Mapped[date] = mapped_column("date", Date, key="day", primary_key=True)
    working: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(String(100), default="")


class StudioDraft(Base):
    """A file as an owner left it in the studio: nothing runs on it until it is deployed.

    There is one draft of a file for everybody; `revision` is another number after every save, so
    that a save over somebody else's is noticed.
    """

    __tablename__ = "studio_draft"

    file_name: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    """`bpmn`, `dmn` or `form`."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    base_key: Mapped[int | None] = mapped_column(BigKey, ForeignKey("resource.key"))
    """The version that was in force when the draft was begun; None for a new file."""
    revision: Mapped[int] = mapped_column(BigKey)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[str] = mapped_column(String(64))
