"""D11: what a removal or revocation brings about."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

ROWS = [
    (1, "期满", None, "已移出（期满）", "移出公示", "stay", True, "end", "removal_record"),
    (
        2,
        "修复",
        None,
        "已移出（修复）",
        "修复结果公示、移出公示",
        "stay",
        True,
        "end",
        "removal_decision",
    ),
    (3, "撤销", None, "已撤销", "撤销公告", "restore", False, "never_applied", "revocation_notice"),
    (4, "消亡", "individual", "已移出（消亡）", "", "none", True, "end", "removal_decision"),
    (5, "消亡", "unit", "已移出（消亡）", "移出公示", "none", True, "end", "removal_decision"),
]


def effect(ground: str | None, party_class: str | None) -> dict[str, object]:
    facts = {"ground": ground, "party_class": party_class}
    return ask("removal_effect", "removal_effect", **facts).result


@pytest.mark.parametrize(
    (
        "row",
        "ground",
        "party_class",
        "status",
        "notice",
        "honours",
        "counted",
        "measures",
        "document",
    ),
    ROWS,
)
def test_each_ground(
    row: int,
    ground: str,
    party_class: str | None,
    status: str,
    notice: str,
    honours: str,
    counted: bool,
    measures: str,
    document: str,
) -> None:
    facts = {"ground": ground, "party_class": party_class}
    assert rows(ask("removal_effect", "removal_effect", **facts)) == [row]
    answer = effect(ground, party_class)
    assert (answer["final_status"], answer["notice"]) == (status, notice)
    assert (answer["honours"], answer["counted"]) == (honours, counted)
    assert (answer["measures"], answer["document"]) == (measures, document)


@pytest.mark.parametrize("party_class", ["unit", "individual", None])
@pytest.mark.parametrize("ground", ["期满", "修复", "撤销"])
def test_other_grounds_do_not_ask_who_the_party_is(ground: str, party_class: str | None) -> None:
    assert effect(ground, party_class) == effect(ground, None)


@pytest.mark.parametrize("ground", ["期满", "修复", "撤销", "消亡"])
@pytest.mark.parametrize("party_class", ["unit", "individual"])
def test_the_answer_fits_channels_and_numbers(ground: str, party_class: str) -> None:
    # given the effect of a removal
    answer = effect(ground, party_class)
    # when its notices and number are asked for
    facts = {
        "event": answer["event"],
        "party": {"party_class": party_class},
        "ground": ground,
    }
    steps = ask("channels", "channels", **facts).result
    organ = {"number_mark": "贵"}
    series = ask("numbering", "numbering", kind=answer["number_kind"], deciding_organ=organ)
    # then a notice stands in its title, and there is a series
    titles = {step["title"] for step in steps if step["action"] == "notice"}
    assert all(title in str(answer["notice"]) for title in titles)
    assert bool(titles) == bool(answer["notice"])
    assert series.result == ("贵社信撤" if ground == "撤销" else "贵社信移")


def test_the_class_may_also_stand_in_the_party() -> None:
    facts = {"ground": "消亡", "party": {"party_class": "individual"}}
    assert ask("removal_effect", "removal_effect", **facts).result["notice"] == ""


@pytest.mark.parametrize(
    ("ground", "party_class"), [("转让", "unit"), (None, None), ("消亡", None)]
)
def test_another_ground_is_an_error(ground: str | None, party_class: str | None) -> None:
    assert effect(ground, party_class)["final_status"] == "ERROR"


def test_every_row_has_an_example() -> None:
    assert len(ROWS) + 1 == row_count("removal_effect", "removal_effect")
