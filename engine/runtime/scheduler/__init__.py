"""Keeping time going."""

from engine.runtime.scheduler.embedded import EmbeddedScheduler
from engine.runtime.scheduler.interface import Scheduler

__all__ = ["EmbeddedScheduler", "Scheduler"]
