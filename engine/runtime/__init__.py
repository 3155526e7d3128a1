"""The runtime: process instances moved by commands, with their tasks, timers, jobs and history."""

from engine.runtime.bus import Command
from engine.runtime.deployments import SourceFile, files_in, new_files
from engine.runtime.jobs import (
    JobContext,
    OutsideJob,
    ThrowError,
    job_handler,
    job_types,
    outside_job,
)
from engine.runtime.runtime import Runtime

__all__ = [
    "Command",
    "JobContext",
    "OutsideJob",
    "Runtime",
    "SourceFile",
    "ThrowError",
    "files_in",
    "job_handler",
    "job_types",
    "new_files",
    "outside_job",
]
