"""Camunda 8 applications by others: deployed unchanged, they run to their first user task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import CompleteJob, CorrelateMessage, Deploy, StartInstance
from engine.runtime.models import Job, MessageSubscription, ProcessDefinition, ProcessInstance
from tests.shared import FOLDER, shared_path

if TYPE_CHECKING:
    from tests.engine.runtime.conftest import Desk

SAMPLES = sorted(path.name for path in FOLDER.glob("samples/*") if path.is_dir())

GIVEN: dict[str, dict[str, object]] = {
    "bank-customer-complaint-dispute-handling": {
        "isRefund": False,
        "isHighFraudRatingConfidence": False,
        "customerId": "C1",
        "disputeDetails": {"disputeId": "D1", "disputeAmount": {"amount": 100}},
        "customer_claim_frequency": 7,
        "vendor_claim_frequency": 7,
        "correlationKey": "K1",
    },
    "ticket-booking": {"paymentRequestId": "P1", "bookingReferenceId": "B1"},
    "enforcing-sla": {"inquiry": "?"},
}
"""What the worker or form before the first user task would bring."""

FIRST = {
    "absence-request": "RequestAbsenceTask",
    "ai-intelligent-routing": "Activity_03z512o",
    "bank-customer-complaint-dispute-handling": "Activity_0ynau00",
    "enforcing-sla": "AnswerInquireTask",
    "error-handling": None,
    "expense-reimbursement": "Activity_CreateExpenseReport",
    "human-task-orchestration": "decide-dinner",
    "ticket-booking": None,
}
"""None: no user task lies on the way; the process runs to its end."""


@pytest.mark.parametrize("name", SAMPLES or ["none"])
def test_a_sample_runs_to_its_first_user_task(desk: Desk, name: str) -> None:
    runtime = desk.runtime
    folder = shared_path("samples", name)
    files = [
        SourceFile(name=path.name, content=path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.suffix in (".bpmn", ".dmn", ".form")
    ]
    runtime.execute(Deploy(files=files))
    with runtime.reading() as connection:
        process_id = connection.scalars(select(ProcessDefinition.process_id)).one()
    key = runtime.execute(
        StartInstance(process_id=process_id, user=desk.clerk, variables=GIVEN.get(name, {}))
    )
    for _ in range(30):
        if desk.open_tasks() or desk.state(key) != "active" or not _push(runtime, name):
            break
    if FIRST[name] is None:
        assert desk.state(key) == "completed"
    else:
        assert desk.open_tasks() == [FIRST[name]]


def _push(runtime: Runtime, name: str) -> bool:
    """Do what the world outside would do next: a worker's job, a message, or wait."""
    with runtime.reading() as connection:
        job = connection.scalar(select(Job.key).where(Job.state == "ready").order_by(Job.key))
        message = connection.execute(
            select(MessageSubscription).join(
                ProcessInstance, ProcessInstance.key == MessageSubscription.instance_key
            )
        ).first()
    if job is not None:
        runtime.execute(CompleteJob(job_key=job, variables=GIVEN.get(name, {})))
        return True
    if message is not None:
        runtime.execute(
            CorrelateMessage(
                name=message.message_name,
                correlation_key=message.correlation_key,
                variables=GIVEN.get(name, {}),
            )
        )
        return True
    due_at = runtime.next_due_at()
    if due_at is None:
        return False
    runtime.run_until(due_at)
    return True
