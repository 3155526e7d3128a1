"""D08: where something is shown, sent and taken down."""

from __future__ import annotations

import pytest

from engine.dmn import InputNotAllowed
from tests.dmn.bureau import ask, row_count, rows

UNIT = {"party_class": "unit"}
PERSON = {"party_class": "individual"}
SHOWN = {"C1", "C3"}
EVENTS = ("列入", "修复", "移出", "撤销", "更正", "恢复", "变更", "暂停")

ACTIONS = {
    "列入": {("C1", "publish"), ("C2", "publish"), ("C3", "publish"), ("R-CO", "report")},
    "修复": {("C5", "notice"), ("C6", "status"), ("R-CO", "proof")},
    "移出": {
        ("C1", "notice"),
        ("C3", "notice"),
        ("C1", "take_down"),
        ("C3", "take_down"),
        ("C2", "status"),
        ("R-CO", "report"),
    },
    "撤销": {
        ("C1", "notice"),
        ("C3", "notice"),
        ("C1", "take_down"),
        ("C3", "take_down"),
        ("C2", "status"),
        ("R-CO", "report"),
    },
    "更正": {("C1", "publish"), ("C3", "publish"), ("C2", "status"), ("R-CO", "report")},
    "恢复": {("C1", "publish"), ("C3", "publish"), ("C2", "status"), ("R-CO", "report")},
    "变更": {("C1", "publish"), ("C3", "publish"), ("C2", "status"), ("R-CO", "report")},
    "暂停": {("C1", "take_down"), ("C3", "take_down"), ("C2", "status"), ("R-CO", "report")},
}
RULES = {
    "列入": {"PUBLISH"},
    "修复": {"REPAIR_PUBLISH", "REPAIR_PUSH", "REPAIR_PROOF"},
    "移出": {"REMOVAL_PUBLISH", "TAKE_DOWN"},
    "撤销": {"REVOKE_STOP"},
    "更正": {"FIX"},
    "恢复": {"PUBLISH"},
    "变更": {"AMEND_PUSH"},
    "暂停": {"SUSPEND_HIDE"},
}


def steps(event: str, party: dict[str, str] = UNIT, **facts: object) -> list[dict[str, object]]:
    return ask("channels", "channels", event=event, party=party, **facts).result


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_has_its_steps(event: str) -> None:
    found = [(step["channel"], step["action"]) for step in steps(event)]
    assert len(found) == len(set(found))
    assert set(found) == ACTIONS[event]


@pytest.mark.parametrize("event", EVENTS)
def test_each_step_has_a_period_of_the_table_of_periods(event: str) -> None:
    keys = {step["rule"] for step in steps(event)}
    assert keys == RULES[event]
    assert all(ask("deadlines", "deadlines", key=key).result for key in keys)


def test_a_publisher_publishes_and_the_office_reports() -> None:
    groups = {step["channel"]: step["group"] for step in steps("列入")}
    assert groups == {"C1": "R9", "C2": "R9", "C3": "R3", "R-CO": "R3"}


def test_a_step_of_an_unknown_event_is_refused() -> None:
    with pytest.raises(InputNotAllowed):
        steps("遗忘")


@pytest.mark.parametrize("ground", ["期满", "修复", None])
def test_a_person_removed_while_alive_is_told_of_in_public(ground: str | None) -> None:
    notices = [s for s in steps("移出", PERSON, ground=ground) if s["action"] == "notice"]
    assert {notice["channel"] for notice in notices} == SHOWN
    assert {notice["title"] for notice in notices} == {"移出公示"}


def test_of_a_dead_person_nothing_is_published_but_all_is_taken_down() -> None:
    found = {(s["channel"], s["action"]) for s in steps("移出", PERSON, ground="消亡")}
    assert not [action for _, action in found if action == "notice"]
    assert {("C1", "take_down"), ("C3", "take_down"), ("C2", "status")} <= found


def test_of_a_dissolved_unit_the_removal_is_published() -> None:
    notices = [s for s in steps("移出", UNIT, ground="消亡") if s["action"] == "notice"]
    assert {notice["channel"] for notice in notices} == SHOWN


def test_a_listing_is_corrected_only_where_it_was_shown() -> None:
    for event in ("撤销", "更正", "变更", "暂停"):
        assert {s["channel"] for s in steps(event) if s["where_published"]} == SHOWN
    assert not any(step["where_published"] for step in steps("列入"))


def test_nationally_the_site_of_the_credit_office_waits_for_a_basis() -> None:
    shown = {step["channel"] for step in steps("列入", profile="national-2026")}
    assert shown == {"C1", "C2", "R-CO"}


def test_what_was_shown_is_taken_down_also_where_nothing_is_shown_any_more() -> None:
    # given a profile in which C3 is switched off
    # when an entry shown there before is removed, revoked or corrected
    for event in ("移出", "撤销", "更正", "变更", "暂停"):
        done = [s for s in steps(event, profile="national-2026") if s["channel"] == "C3"]
        # then it is still dealt with, but no new notice of a removal appears
        assert done
        assert event != "移出" or {step["action"] for step in done} == {"take_down"}


def test_other_media_are_switched_off_until_an_owner_wants_them() -> None:
    steps_all = ask("channels", "channel_steps", event="移出", party=UNIT).result
    assert {s["enabled"] for s in steps_all if s["channel"] == "C7"} == {False}
    assert "C7" not in {step["channel"] for step in steps("移出")}


def test_every_channel_has_a_switch() -> None:
    switches = ask("channels", "channel_switches").result
    named = {
        step["channel"]
        for event in EVENTS
        for step in ask("channels", "channel_steps", event=event, party=UNIT).result
    }
    assert named == {switch["channel"] for switch in switches}


def test_ids_of_steps_are_unique() -> None:
    for party in (UNIT, PERSON):
        ids = [step["id"] for event in EVENTS for step in steps(event, party)]
        assert len(ids) == len(set(ids))


def test_every_row_has_an_example() -> None:
    seen: set[int] = set()
    for event in EVENTS:
        for party in (UNIT, PERSON):
            seen |= set(rows(ask("channels", "channel_steps", event=event, party=party)))
    assert seen == set(range(1, row_count("channels", "channel_steps") + 1))


def test_names_for_one_channel() -> None:
    aliases = {row["alias"]: row["channel"] for row in ask("channels", "channel_aliases").result}
    assert aliases == {"C4": "C1", "C5": "C1", "C6": "C2"}


def test_a_channel_and_the_measure_it_carries_out_need_a_basis_alike() -> None:
    def needs(file: str, decision: str, key: str, value: str) -> bool:
        facts = {"profile": "national-2026", "party": UNIT}
        found = ask(file, decision, **facts).result
        return next(row["basis_needed"] for row in found if row[key] == value)

    assert needs("channels", "channel_switches", "channel", "C3")
    assert needs("measures", "measure_catalogue", "id", "M04")
