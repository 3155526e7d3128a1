"""What a scenario can do and expect: every module of this folder registers its kinds of steps."""

from engine.scenario.steps import (
    calendar,
    cases,
    clock,
    deadlines,
    decisions,
    deployments,
    flow,
    history,
    letters,
    messages,
    routines,
    settings,
    tasks,
    trouble,
    variables,
)
from engine.scenario.steps.registry import Key, Kind, kind_of, kinds

__all__ = [
    "Key",
    "Kind",
    "calendar",
    "cases",
    "clock",
    "deadlines",
    "decisions",
    "deployments",
    "flow",
    "history",
    "kind_of",
    "kinds",
    "letters",
    "messages",
    "routines",
    "settings",
    "tasks",
    "trouble",
    "variables",
]
