"""Every rule has a page, and its two diagrams are judged as the page says."""

import pytest

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.findings import Finding
from engine.bpmn.lint import READING_RULES, RULES, lint
from engine.bpmn.reader import read_diagram
from tests.engine.bpmn.lint import pages


def findings(xml: bytes) -> list[Finding]:
    try:
        return lint(read_diagram(xml, "page.bpmn"), pages.SURROUNDINGS)
    except DiagramInvalid as invalid:
        return list(invalid.findings)


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert pages.names() == sorted([*RULES, *READING_RULES])


def test_the_list_of_pages_names_every_rule():
    listed = (pages.PAGES / "README.md").read_text(encoding="utf-8")
    assert [rule for rule in pages.names() if f"[`{rule}`]({rule}.md)" not in listed] == []


@pytest.mark.parametrize("rule", pages.names())
def test_the_wrong_diagram_is_found_wrong_for_the_reason_of_its_page(rule):
    wrong, _ = pages.diagrams(rule)
    found = [finding for finding in findings(wrong) if finding.rule == rule]
    assert found
    # and the finding says where, in both languages
    assert all(finding.place.file == "page.bpmn" for finding in found)
    assert all(finding.zh and finding.en and finding.zh != finding.en for finding in found)


@pytest.mark.parametrize("rule", pages.names())
def test_the_right_diagram_has_no_such_finding_and_no_error(rule):
    _, right = pages.diagrams(rule)
    found = findings(right)
    assert [finding for finding in found if finding.rule == rule or finding.level == "error"] == []
