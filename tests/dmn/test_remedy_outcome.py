"""D12: what the outcome of a remedy does to an entry."""

from __future__ import annotations

import pytest

from tests.dmn.bureau import ask, row_count, rows

OUTCOMES = {
    "维持": "NONE",
    "驳回": "NONE",
    "撤回": "NONE",
    "撤销": "REVOKE",
    "确认无效": "REVOKE",
    "依据文书被撤销": "REVOKE",
    "变更": "AMEND",
    "确认违法": "GROUP",
    "责令重作": "REDO",
    "停止执行": "SUSPEND",
    "调解": "ERROR",
    None: "ERROR",
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome(outcome: str | None) -> None:
    answer = ask("remedy_outcome", "remedy_outcome", outcome=outcome).result
    assert answer["effect"] == OUTCOMES[outcome]
    assert answer["words"]


def test_every_row_has_an_example() -> None:
    seen = {
        row
        for outcome in OUTCOMES
        for row in rows(ask("remedy_outcome", "remedy_outcome", outcome=outcome))
    }
    assert seen == set(range(1, row_count("remedy_outcome", "remedy_outcome") + 1))


def test_the_party_loses_no_time() -> None:
    assert ask("remedy_outcome", "credit_time_served").result is True
    assert ask("remedy_outcome", "period_runs_while_suspended").result is True
