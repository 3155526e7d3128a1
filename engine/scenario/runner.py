"""Playing scenarios: step by step, until one does not go as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.errors import ChengxinError, Language
from engine.register.channels import rehearsing
from engine.scenario.coverage import Coverage
from engine.scenario.desk import Desk, listed
from engine.scenario.errors import StepFailed
from engine.scenario.model import Phase, Scenario, Step
from engine.scenario.steps import kinds

Outcome = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, kw_only=True, slots=True)
class StepResult:
    """How a step went. `at` is the clock afterwards; `failure` says what was found instead."""

    step: Step
    phase: Phase
    act: int
    outcome: Outcome
    at: datetime | None = None
    failure: ChengxinError | None = None

    def message(self, language: Language = "zh") -> str:
        """Why it failed, for a person; empty if it did not."""
        return self.failure.message(language) if self.failure else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioResult:
    """How a scenario went. Nothing of it is played after the first failure."""

    scenario: Scenario
    steps: tuple[StepResult, ...]
    coverage: Coverage

    @property
    def passed(self) -> bool:
        return all(result.outcome == "passed" for result in self.steps)

    @property
    def failed_step(self) -> StepResult | None:
        """The step that failed."""
        return next((result for result in self.steps if result.outcome == "failed"), None)


def run_scenario(scenario: Scenario) -> ScenarioResult:
    """Play one scenario on a database of its own; no channel outside is reached."""
    desk = Desk(folder=scenario.folder)
    with rehearsing():
        results = list(_play(scenario, desk))
    coverage = Coverage.of(desk) if desk.is_open else Coverage()
    return ScenarioResult(scenario=scenario, steps=tuple(results), coverage=coverage)


def _play(scenario: Scenario, desk: Desk) -> Iterable[StepResult]:
    broken = False
    for phase, act, step in scenario.steps():
        if broken:
            yield StepResult(step=step, phase=phase, act=act, outcome="skipped")
            continue
        failure = perform(desk, step)
        broken = failure is not None
        yield StepResult(
            step=step,
            phase=phase,
            act=act,
            outcome="failed" if broken else "passed",
            at=desk.clock.now() if desk.is_open else desk.setting.now,
            failure=failure,
        )


def perform(desk: Desk, step: Step) -> ChengxinError | None:
    """Do one step, and what became due by it. Gives why it did not go as written, None if it
    did.
    """
    kind = kinds()[step.kind]
    if kind.sort == "setting" and desk.is_open:
        return StepFailed(
            f"「{kind.zh}」要写在第一件事之前", f"'{kind.en}' must come before anything happens"
        )
    try:
        kind.run(desk, step)
        if kind.sort == "action" and desk.is_open:
            desk.runtime.sweep()
    except StepFailed as failure:
        return failure
    except ChengxinError as error:
        return _after_refusal(step, error)
    if step.refused is not None:
        return StepFailed(
            f"应被拒绝（{listed(step.refused)}），但是办成了",
            f"should have been refused ({listed(step.refused)}), but was done",
        )
    return _after_trouble(desk, step) if kind.sort == "action" else None


def _after_refusal(step: Step, error: ChengxinError) -> ChengxinError | None:
    zh, en = error.message("zh"), error.message("en")
    if step.refused is None:
        return StepFailed(f"被拒绝：{zh}", f"refused: {en}")
    unsaid = [text for text in step.refused if text not in zh and text not in en]
    if unsaid:
        return StepFailed(
            f"拒绝时应说「{listed(unsaid)}」，实际说的是：{zh}",
            f"the refusal should say '{listed(unsaid)}', but says: {en}",
        )
    return None


def _after_trouble(desk: Desk, step: Step) -> ChengxinError | None:
    """Incidents that the step caused: those it announces are well, any other is a failure."""
    incidents = desk.new_incidents() if desk.is_open else []
    expected = step.fields.get("incident")
    zh = "；".join(f"「{desk.element_name(i.element_id)}」{i.message_zh}" for i in incidents)
    en = "; ".join(f"'{desk.element_name(i.element_id)}' {i.message_en}" for i in incidents)
    if expected is None:
        return StepFailed(f"发生异常：{zh}", f"an incident arose: {en}") if incidents else None
    if any(str(expected) in text for text in (zh, en)):
        return None
    return StepFailed(
        f"应有异常「{expected}」，实际：{zh or '没有异常'}",
        f"expected incident '{expected}', found: {en or 'none'}",
    )
