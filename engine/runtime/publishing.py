"""The job type that message throw events and send tasks use: publish a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from engine.feel import compile_expression, to_microseconds
from engine.runtime.bus import handler_of
from engine.runtime.commands.correlate_message import CorrelateMessage
from engine.runtime.errors import JobFailed
from engine.runtime.jobs import JobContext, job_handler

JOB_TYPE = "runtime.publish_message"
_DURATION = compile_expression("duration(text)")
DEFAULT_TIME_TO_LIVE = timedelta(hours=1)


@job_handler(JOB_TYPE)
def publish_message(job: JobContext) -> None:
    """Publish the message of the headers `messageName`, `correlationKey` and `variables`.

    `variables` is a FEEL context (default: none), `timeToLive` an ISO 8601 duration (default one
    hour) for which the message waits for subscriptions that open later. The job's idempotency key
    is the message id, so that a second attempt publishes nothing. A process that it starts belongs
    to the unit of the instance that published it, unless its diagram says otherwise.
    """
    name, key = job.header("messageName"), job.header("correlationKey")
    if not isinstance(name, str) or not name or key in (None, ""):
        raise JobFailed(type=job.type, cause="缺少 messageName 或 correlationKey / header missing")
    variables = job.header("variables", {})
    command = CorrelateMessage(
        name=name,
        correlation_key=str(key),
        variables=variables if isinstance(variables, Mapping) else {},
        message_id=job.idempotency_key,
        time_to_live=_time_to_live(job),
        organisation=job.organisation,
    )
    handler_of(command)(command, job.instance.tx)


def _time_to_live(job: JobContext) -> timedelta:
    text = job.header("timeToLive")
    value = _DURATION.evaluate({"text": text}).value if isinstance(text, str) else text
    value = to_microseconds(value)
    return value if isinstance(value, timedelta) else DEFAULT_TIME_TO_LIVE
