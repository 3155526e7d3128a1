"""Decisions: DMN files read, checked and evaluated, with evidence of every answer."""

from engine.dmn.checks import check_decisions, check_links, left_open
from engine.dmn.decision_instance import DecisionInstance, InputValue, MatchedRule
from engine.dmn.decision_model import DecisionModel, read_decisions
from engine.dmn.errors import (
    AnyDisagrees,
    DecisionError,
    DecisionFailed,
    DecisionsInCircle,
    DmnInvalid,
    InputNotAllowed,
    NoAggregate,
    NoPriorities,
    NoSuchDecision,
    OutputNotAllowed,
    RulesOverlap,
    WrongType,
)
from engine.dmn.finding import DmnFinding
from engine.dmn.library import Library, read_library
from engine.dmn.model import Aggregation, Decision, DecisionTable, HitPolicy

__all__ = [
    "Aggregation",
    "AnyDisagrees",
    "Decision",
    "DecisionError",
    "DecisionFailed",
    "DecisionInstance",
    "DecisionModel",
    "DecisionTable",
    "DecisionsInCircle",
    "DmnFinding",
    "DmnInvalid",
    "HitPolicy",
    "InputNotAllowed",
    "InputValue",
    "Library",
    "MatchedRule",
    "NoAggregate",
    "NoPriorities",
    "NoSuchDecision",
    "OutputNotAllowed",
    "RulesOverlap",
    "WrongType",
    "check_decisions",
    "check_links",
    "left_open",
    "read_decisions",
    "read_library",
]
