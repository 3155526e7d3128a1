"""Starts instances and completes their tasks until it is killed; reports each completion."""

from __future__ import annotations

import sys

from engine.clock import SystemClock
from engine.identity import User
from engine.runtime import JobContext, Runtime, SourceFile, job_handler
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.queries.tasks import open_task_keys
from engine.store import open_database
from tests.builders.diagram import diagram, end, service_task, start, user_task

CLERK = User(
    key=1, login="clerk", name="经办", organisation="CZ", organisation_path="CZ/",
    bureau_path="CZ/", roles=frozenset({"clerks"}),
)  # fmt: skip


@job_handler("test.note")
def _note(job: JobContext) -> dict[str, object]:
    return {"noted": job.idempotency_key}


def main(address: str) -> None:
    runtime = Runtime(open_database(address), SystemClock())
    file = diagram(
        "p", start(), user_task("a"), service_task("note", "test.note"), user_task("b"),
        user_task("c"), end(), flows="start -> a -> note -> b -> c -> end",
    )  # fmt: skip
    runtime.execute(Deploy(files=[SourceFile(name="p.bpmn", content=file)]))
    print("ready", flush=True)
    while True:
        instance = runtime.execute(StartInstance(process_id="p", user=CLERK))
        while True:
            with runtime.reading() as connection:
                keys = open_task_keys(connection, instance)
            if not keys:
                break
            runtime.execute(CompleteTask(task_key=keys[0], user=CLERK, variables={"x": "值" * 50}))
            print(keys[0], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
