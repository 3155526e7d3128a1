"""What differs between two versions, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.runtime import SourceFile
from web.studio.changes import Comparison, compare


@pytest.fixture
def changed(content) -> Callable[..., Comparison]:
    """changed("small.bpmn", (old, new), …): a sample compared with itself after replacements."""

    def compare_sample(name: str, *replacements: tuple[str, str]) -> Comparison:
        text = content(name)
        after = text
        for old, new in replacements:
            assert old in after
            after = after.replace(old, new)
        return compare(
            SourceFile(name=name, content=text.encode()),
            SourceFile(name=name, content=after.encode()),
        )

    return compare_sample


def said(comparison: Comparison) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (change.how, change.id, [(fact.name, fact.before, fact.after) for fact in change.facts])
        for change in comparison.changes
    ]


@pytest.mark.parametrize("name", ["small.bpmn", "levels.dmn", "amount.form"])
def test_the_same_file_differs_in_nothing(changed, name: str) -> None:
    assert changed(name).same


def test_a_label_and_a_condition(changed) -> None:
    found = changed("small.bpmn", ("复核金额", "核对金额"), ("&gt; 100", "&gt; 50"))
    assert said(found) == [
        ("changed", "check", [("name", "复核金额", "核对金额")]),
        ("changed", "to_check", [("conditionExpression", "=amount > 100", "=amount > 50")]),
    ]


def test_what_only_moved_is_counted_not_listed(changed) -> None:
    found = changed("small.bpmn", ('x="540" y="220"', 'x="540" y="240"'))
    assert (found.changes, found.moved, found.same) == ((), 1, False)


def test_extension_attributes_have_paths(changed) -> None:
    found = changed("small.bpmn", ('candidateGroups="R4"', 'candidateGroups="R6"'))
    assert said(found) == [
        ("changed", "check", [("assignmentDefinition.candidateGroups", "R4", "R6")])
    ]


def test_properties_are_told_apart_by_name(changed) -> None:
    found = changed("small.bpmn", ('value="Small check"', 'value="Small review"'))
    assert said(found) == [
        ("changed", "small", [("property[name:en].value", "Small check", "Small review")])
    ]


def test_a_cell_of_a_table_is_named_by_its_column(changed) -> None:
    found = changed("levels.dmn", ('"大额"', '"巨额"'), ("&gt; 100", "&gt;= 101"))
    assert said(found) == [
        ("changed", "levels_large", [("金额", "> 100", ">= 101"), ("→ 档次", '"大额"', '"巨额"')])
    ]
    assert found.changes[0].name == "2"


def test_rules_in_another_order_are_said_to_be(changed) -> None:
    found = changed("levels.dmn", ("levels_small", "X"), ("levels_large", "levels_small"),
                    ("X", "levels_large"))  # fmt: skip
    assert ("reordered", "levels_table", []) in said(found)


def test_a_field_of_a_form(changed) -> None:
    found = changed("amount.form", ('"required": true', '"required": false'))
    assert said(found) == [("changed", "amount_field", [("validate.required", "True", "False")])]


def test_new_and_gone(content) -> None:
    whole = SourceFile(name="levels.dmn", content=content("levels.dmn").encode())
    start = content("levels.dmn").index('<rule id="levels_large">')
    end = content("levels.dmn").index("</rule>", start) + len("</rule>")
    text = content("levels.dmn")
    less = SourceFile(name="levels.dmn", content=(text[:start] + text[end:]).encode())
    assert said(compare(whole, less)) == [("removed", "levels_large", [])]
    assert said(compare(less, whole)) == [("added", "levels_large", [])]


def test_a_file_that_cannot_be_read_is_compared_as_text(content) -> None:
    found = compare(
        SourceFile(name="a.bpmn", content=content("small.bpmn").encode()),
        SourceFile(name="a.bpmn", content=b"<broken"),
    )
    assert found.unreadable
    assert "+<broken" in found.lines
