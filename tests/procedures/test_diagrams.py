"""What holds for every shipped diagram, so that an owner finds the same habits everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.bpmn import Diagram, Element, Process, compile_process
from engine.bpmn.lint import Surroundings, lint
from engine.dmn import DecisionModel
from engine.feel import known_functions
from engine.forms import Form

CLAUSE = re.compile(r"S\d+\.|AM-\d+|C\.\d+|D\d\d|F\.\d")
DEADLINE = re.compile(r'deadline\(\s*"([^"]+)"')


def elements(diagrams: dict[str, Diagram]) -> Iterator[tuple[Process, Element]]:
    for diagram in diagrams.values():
        for process in diagram.processes.values():
            for element in process.elements.values():
                yield process, element


def test_no_lint_rule_complains(
    diagrams: dict[str, Diagram], forms: dict[str, Form], decisions: dict[str, DecisionModel]
) -> None:
    """With everything deployed that ships, there is neither an error nor a warning."""
    around = Surroundings(
        forms=frozenset(forms),
        decisions=frozenset(decisions),
        processes=frozenset(p for diagram in diagrams.values() for p in diagram.processes),
        functions=frozenset(known_functions()),
    )
    findings = [str(found) for diagram in diagrams.values() for found in lint(diagram, around)]
    assert findings == []


def test_every_process_compiles(diagrams: dict[str, Diagram]) -> None:
    for diagram in diagrams.values():
        for process_id in diagram.processes:
            compile_process(diagram, process_id)


def test_every_element_cites_its_clause_and_has_an_english_name(
    diagrams: dict[str, Diagram],
) -> None:
    silent = [
        f"{process.id}.{element.id}"
        for process, element in elements(diagrams)
        if not element.documentation or not element.properties.get("name:en")
    ]
    assert silent == []
    cited = [e for _, e in elements(diagrams) if CLAUSE.search(e.documentation)]
    tasks = [e for _, e in elements(diagrams) if e.kind == "userTask"]
    assert {e.id for e in tasks} <= {e.id for e in cited}


def test_every_element_stands_in_a_lane(diagrams: dict[str, Diagram]) -> None:
    lost = [
        f"{process.id}.{element.id}"
        for process, element in elements(diagrams)
        if element.parent_id == process.id and not element.lane
    ]
    assert lost == []


def test_the_two_credit_offices_are_not_confused(diagrams: dict[str, Diagram]) -> None:
    """The office of the leading group is never called by the name of the municipal office."""
    lanes = {element.lane for _, element in elements(diagrams) if element.lane}
    assert "信用办" not in lanes
    assert "社保信用体系建设领导小组办公室" in lanes


def test_every_user_task_says_who_what_until_when(diagrams: dict[str, Diagram]) -> None:
    for process, task in elements(diagrams):
        if task.kind != "userTask":
            continue
        where = f"{process.id}.{task.id}"
        assert task.form is not None, where
        assert task.assignment is not None, where
        assert task.assignment.candidate_groups, where
        assert task.schedule is not None, where
        assert task.schedule.due_date is not None, where
        assert {"stage", "verb", "verb:en", "help", "organisation"} <= set(task.properties), where


def test_every_deadline_is_a_row_of_the_table(
    diagrams: dict[str, Diagram], decisions: dict[str, DecisionModel]
) -> None:
    """Days stand in dmn/deadlines.dmn, and every name used in a diagram stands there."""
    used = set()
    for _, element in elements(diagrams):
        texts = [mapping.source.text for mapping in (*element.inputs, *element.outputs)]
        if element.schedule and element.schedule.due_date:
            texts.append(element.schedule.due_date.text)
        if element.event and element.event.timer:
            texts.append(element.event.timer.text)
        used |= {key for text in texts for key in DEADLINE.findall(text)}
    assert {"DEFENCE", "DEFENCE_EXT", "REVIEW", "DECIDE", "SERVE", "RECTIFY"} <= used
    model = decisions["deadlines"]
    missing = [key for key in sorted(used) if not model.evaluate("deadlines", {"key": key}).result]
    assert missing == []


def test_people_who_may_not_do_a_task_are_named_by_steps_of_the_case(
    diagrams: dict[str, Diagram],
) -> None:
    known = {element.id for _, element in elements(diagrams)}
    for process, element in elements(diagrams):
        named = element.properties.get("notSamePersonAs", "")
        for step in filter(None, (part.strip() for part in named.split(","))):
            assert step in known, f"{process.id}.{element.id}: {step}"


def test_the_hard_checks_stand_at_the_signature(diagrams: dict[str, Diagram]) -> None:
    """C.4: no signature before service, inside the window, for the dead, or with items missing."""
    task = diagrams["listing"].processes["listing"].elements["sign_decision"]
    checks = "".join(name for name in task.properties if name.startswith("check:"))
    for words in ("尚未送达", "申辩期尚未届满", "已死亡", "事项不全", "逾期陈述申辩"):
        assert words in checks


def test_the_reviewer_is_none_of_the_handlers(diagrams: dict[str, Diagram]) -> None:
    """AM-17: whoever registered, checked, drafted or approved may not review."""
    task = diagrams["appeal"].processes["appeal"].elements["review_defence"]
    barred = {step.strip() for step in task.properties["notSamePersonAs"].split(",")}
    assert {"clue_found", "review_clue", "check_clue", "draft_notice", "approve_notice"} <= barred
    assert {"register_defence", "register_further_defence"} <= barred
