"""A server killed at any moment: nothing is lost, doubled or half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.clock import SystemClock
from engine.runtime import Runtime
from engine.runtime.models import HistoryRecord, Job, ProcessInstance, TokenState, UserTask
from engine.store import Base, open_database
from tests.faults import completing_worker

assert completing_worker  # its job handler must be known here too

WORKER = Path(__file__).with_name("completing_worker.py")
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.6, 0.9, 1.3])
def test_after_a_kill_every_instance_stands_where_its_last_commit_left_it(
    tmp_path: Path, seconds: float
) -> None:
    # given a process that starts instances and completes their tasks without pause
    address = f"sqlite:///{tmp_path / 'chengxin.sqlite'}"
    Base.metadata.create_all(open_database(address))
    with subprocess.Popen(
        [sys.executable, str(WORKER), address],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "ready"
        # when it is killed in the middle of its work
        time.sleep(seconds)
        worker.send_signal(signal.SIGKILL)
        said = worker.stdout.read().split()
    # then after a restart all that was reported done is done, once, and everything goes on
    runtime = Runtime(open_database(address), SystemClock())
    runtime.sweep()
    with runtime.reading() as connection:
        completed = connection.scalar(
            select(func.count()).where(HistoryRecord.event == "task_completed")
        )
        open_per_instance = connection.execute(
            select(ProcessInstance.key, func.count(UserTask.key))
            .outerjoin(
                UserTask,
                (UserTask.instance_key == ProcessInstance.key) & (UserTask.state == "open"),
            )
            .where(ProcessInstance.state == "active")
            .group_by(ProcessInstance.key)
        ).all()
        states = connection.scalar(select(func.count(TokenState.instance_key)))
        instances = connection.scalar(select(func.count(ProcessInstance.key)))
        waiting_jobs = connection.scalar(select(func.count()).where(Job.state != "completed"))
        jobs_per_token = connection.execute(
            select(Job.instance_key).group_by(Job.instance_key).having(func.count() > 1)
        ).all()
    assert completed is not None
    assert len(said) <= completed <= len(said) + 1
    assert completed > 0
    assert all(count == 1 for _, count in open_per_instance)
    assert states == instances
    assert (waiting_jobs, jobs_per_token) == (0, [])
