"""What a browser posts, and the buttons that add and remove rows."""

from __future__ import annotations

from engine.forms import change_rows, page_action, submitted_from_pairs
from tests.engine.forms.making import field, form, options

READ = form(
    field("textfield", "party.name"),
    field("checkbox", "agreed"),
    field("checklist", "some", values=options("a", "b")),
    {
        "type": "dynamiclist",
        "id": "acts",
        "path": "acts",
        "components": [
            field("textfield", "no"),
            {
                "type": "dynamiclist",
                "id": "in",
                "path": "in",
                "components": [field("taglist", "t", values=options("x", "y"))],
            },
        ],
    },
)


def test_dotted_names_become_nested_data():
    pairs = [
        ("csrf_token", "x"),
        ("party.name", "甲"),
        ("agreed", ""),
        ("agreed", "true"),
        ("some", ""),
        ("some", "a"),
        ("some", "b"),
        ("acts", ""),
        ("acts[1].no", "2"),
        ("acts[0].no", "1"),
        ("acts[0]._row", "0"),
        ("acts[0].in", ""),
        ("acts[0].in[0].t", "x"),
        ("acts[0].in[0].t", "y"),
        ("acts[0].stranger", "?"),
        ("acts[99999].no", "far"),
        ("__proto__.x", "1"),
    ]
    assert submitted_from_pairs(READ, pairs) == {
        "party": {"name": "甲"},
        "agreed": "true",
        "some": ["a", "b"],
        "acts": [{"no": "1", "_row": "0", "in": [{"t": ["x", "y"]}]}, {"no": "2"}],
    }


def test_nothing_ticked_is_not_the_same_as_not_asked():
    assert submitted_from_pairs(READ, [("agreed", ""), ("some", ""), ("acts", "")]) == {
        "agreed": "",
        "some": [],
        "acts": [],
    }
    assert submitted_from_pairs(READ, []) == {}


def test_names_that_clash_do_no_harm():
    pairs = [("party", "x"), ("party.name", "甲"), ("acts", ""), ("acts[0]", "x"), ("some.a", "1")]
    assert submitted_from_pairs(READ, pairs) == {"party": {"name": "甲"}, "acts": []}


def test_a_row_button_is_told_from_a_submit():
    assert page_action([("party.name", "x")]) is None
    action = page_action([("_add", "acts")])
    assert action is not None
    added = change_rows(READ, {"acts": [{"no": "1"}]}, action)
    assert added == {"acts": [{"no": "1"}, {"_row": ""}]}
    remove = page_action([("_remove", "acts[0]")])
    assert remove is not None
    assert change_rows(READ, added, remove) == {"acts": [{"_row": ""}]}


def test_rows_of_rows_can_be_added():
    action = page_action([("_add", "acts[1].in")])
    assert action is not None
    submitted = {"acts": [{"in": []}, {"in": []}]}
    assert change_rows(READ, submitted, action)["acts"][1] == {"in": [{"_row": ""}]}


def test_a_row_button_for_what_is_no_list_changes_nothing():
    for name, value in [("_add", "party"), ("_remove", "acts[5]"), ("_add", "]]"), ("_add", "")]:
        action = page_action([(name, value)])
        assert action is not None
        assert change_rows(READ, {"acts": [{"no": "1"}]}, action) == {"acts": [{"no": "1"}]}
