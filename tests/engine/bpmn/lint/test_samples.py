"""The sample applications: each is accepted or refused, and for a reason."""

import os
import random
from pathlib import Path

import pytest
from lxml import etree

from engine.bpmn import compile_process
from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.lint import Surroundings, lint
from engine.bpmn.picture import draw
from engine.bpmn.reader import read_diagram

REPOSITORY = Path(__file__).parents[4]
SAMPLES = Path(os.environ.get("CHENGXIN_SHARED", REPOSITORY.parent / "shared")) / "samples"

FILES = sorted(SAMPLES.glob("*/*.bpmn"))

pytestmark = pytest.mark.skipif(not FILES, reason="the sample applications are not here")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_sample_without_errors_compiles_and_can_be_drawn(file):
    diagram = read_diagram(file.read_bytes(), file.name)
    assert [finding for finding in lint(diagram) if finding.level == "error"] == []
    for process_id in diagram.processes:
        compile_process(diagram, process_id)
    for plane in diagram.planes:
        etree.fromstring(draw(diagram, plane=plane).encode())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_nothing_is_deployed_around_it_so_every_form_job_and_decision_is_missed(file):
    diagram = read_diagram(file.read_bytes(), file.name)
    nothing = Surroundings(
        forms=frozenset(), decisions=frozenset(), processes=frozenset(), job_types=frozenset()
    )
    missed = {
        finding.place.element for finding in lint(diagram, nothing) if finding.level == "error"
    }
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.form or element.task_type or element.called_decision:
                assert element.id in missed


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_sample_is_judged_without_a_crash_and_compiles_if_it_has_no_error(seed):
    # given a sample with a few parts removed, exchanged or renamed
    chance = random.Random(seed)
    root = etree.fromstring(chance.choice(FILES).read_bytes())
    for _ in range(chance.randint(1, 5)):
        _damage(root, chance)
    # when it is read
    try:
        diagram = read_diagram(etree.tostring(root), "damaged.bpmn")
    except DiagramInvalid:
        return
    # then it is judged and drawn, and what is accepted compiles
    draw(diagram)
    if not any(finding.level == "error" for finding in lint(diagram)):
        for process_id in diagram.processes:
            compile_process(diagram, process_id)


def _damage(root: etree._Element, chance: random.Random) -> None:
    nodes = [node for node in root.iter("{*}*") if node.getparent() is not None]
    node, other = chance.choice(nodes), chance.choice(nodes)
    match chance.randrange(3):
        case 0:
            node.getparent().remove(node)
        case 1 if node.attrib and other.attrib:
            node.set(chance.choice(list(node.attrib)), chance.choice(list(other.attrib.values())))
        case _:
            node.tag = other.tag
