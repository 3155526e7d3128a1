"""What a person reads after scenarios were played, and what a program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.clock import in_shanghai
from engine.errors import Language
from engine.scenario.coverage import together
from engine.scenario.runner import ScenarioResult, StepResult

MARKS = {"passed": "✓", "failed": "✗", "skipped": "·"}
PHASES = {
    "zh": {"given": "已知", "when": "当", "then": "那么"},
    "en": {"given": "Given", "when": "When", "then": "Then"},
}


def report(results: Sequence[ScenarioResult], language: Language = "zh") -> str:
    """Every scenario with its steps, the failure in words, and a summary."""
    lines: list[str] = []
    for result in results:
        lines += [*_scenario(result, language), ""]
    lines += _summary(results, language)
    return "\n".join(lines)


def plain_report(results: Iterable[ScenarioResult]) -> dict[str, object]:
    """The same as JSON."""
    results = list(results)
    coverage = together(result.coverage for result in results)
    return {
        "passed": all(result.passed for result in results),
        "scenarios": [
            {
                "title": result.scenario.title,
                "file": result.scenario.place.file,
                "line": result.scenario.place.line,
                "passed": result.passed,
                "steps": [_plain(step) for step in result.steps],
            }
            for result in results
        ],
        "coverage": [
            {
                "process": part.process_id,
                "name": part.name,
                "elements": len(part.elements & part.all_elements()),
                "of_elements": len(part.all_elements()),
                "flows": len(part.flows & part.all_flows()),
                "of_flows": len(part.all_flows()),
                "missing": part.missing(),
            }
            for part in coverage.processes.values()
        ],
    }


def failure(result: StepResult, language: Language = "zh") -> str:
    """The failed step with its place and what was found instead."""
    return f"{result.step.place}: {result.step.text}\n{result.message(language)}"


def _scenario(result: ScenarioResult, language: Language) -> Iterator[str]:
    scenario = result.scenario
    yield f"{'✓' if result.passed else '✗'} {scenario.title}　（{scenario.place}）"
    before: tuple[int, str] | None = None
    act = 0
    for step in result.steps:
        if step.act != act:
            act = step.act
            title = scenario.acts[act - 1].title
            if title:
                yield f"  — {title}"
        if (step.act, step.phase) != before:
            before = (step.act, step.phase)
            yield f"  {PHASES[language][step.phase]}"
        yield _step(step)
        if step.outcome == "failed":
            yield f"        → {step.step.place}"
            for line in step.message(language).splitlines():
                yield f"          {line}"


def _step(result: StepResult) -> str:
    indent = "    " + "  " * result.step.depth
    at = f"　[{in_shanghai(result.at):%Y-%m-%d %H:%M}]" if result.at and _moves(result) else ""
    refused = "，应被拒绝" if result.step.refused else ""
    return f"{indent}{MARKS[result.outcome]} {result.step.text}{refused}{at}"


def _moves(result: StepResult) -> bool:
    return result.phase != "then" and result.outcome != "skipped"


def _summary(results: Sequence[ScenarioResult], language: Language) -> Iterator[str]:
    passed = sum(result.passed for result in results)
    failed = [result for result in results if not result.passed]
    if language == "zh":
        yield f"{len(results)} 个场景：{passed} 个通过，{len(failed)} 个未通过"
    else:
        yield f"{len(results)} scenarios: {passed} passed, {len(failed)} failed"
    for result in failed:
        yield f"  ✗ {result.scenario.title}"
    for part in together(result.coverage for result in results).processes.values():
        yield f"  {part.words()}"


def _plain(result: StepResult) -> dict[str, object]:
    return {
        "phase": result.phase,
        "text": result.step.text,
        "file": result.step.place.file,
        "line": result.step.place.line,
        "outcome": result.outcome,
        "at": result.at.isoformat() if result.at else None,
        "zh": result.message("zh"),
        "en": result.message("en"),
    }
