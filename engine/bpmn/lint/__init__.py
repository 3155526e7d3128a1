"""What a diagram must be before it is deployed: one rule per file, all findings at once.

The page of a rule is `docs/lint/<rule>.md`.
"""

from engine.bpmn.lint.facts import Surroundings
from engine.bpmn.lint.registry import READING_RULES, RULES, lint

__all__ = ["READING_RULES", "RULES", "Surroundings", "lint"]
