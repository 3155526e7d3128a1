"""Procedures rehearsed in given / when / then: read, played, reported, with their coverage."""

from engine.scenario.coverage import Coverage, ProcessCoverage, together
from engine.scenario.errors import Problem, ScenarioError, ScenarioInvalid, StepFailed
from engine.scenario.model import Act, Scenario, Step
from engine.scenario.reader import read_scenarios
from engine.scenario.report import failure, plain_report, report
from engine.scenario.runner import ScenarioResult, StepResult, run_scenario
from engine.scenario.steps import kinds

__all__ = [
    "Act",
    "Coverage",
    "Problem",
    "ProcessCoverage",
    "Scenario",
    "ScenarioError",
    "ScenarioInvalid",
    "ScenarioResult",
    "Step",
    "StepFailed",
    "StepResult",
    "failure",
    "kinds",
    "plain_report",
    "read_scenarios",
    "report",
    "run_scenario",
    "together",
]
