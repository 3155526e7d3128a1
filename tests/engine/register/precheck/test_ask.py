"""Whether a party may take part: what is answered, refused and kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from engine.clock import SHANGHAI
from engine.identity.errors import NotPermitted
from engine.register.models import CaseFile, Party, PrecheckQuery
from engine.register.precheck.errors import (
    CodeWrong,
    ProjectNumberMissing,
    PurposeMissing,
    PurposeNotForParty,
)
from engine.runtime.imports import BeginImport, advance, read_table
from tests.engine.register.clues import as_csv, clue
from tests.engine.register.precheck.conftest import DING

PERSON = "341702190001010017"


def test_an_entry_counts_to_the_last_instant_of_its_last_day(listed, asks):
    # given T29: decided 2025-03-10, one year
    number = listed(DING, "2025-03-10", "2026-03-10")
    # when asked on the first day, in the last minute and at midnight
    first, last, after = (asks(at) for at in ("2025-03-10", "2026-03-10 23:59", "2026-03-11 00:00"))
    # then only the last question passes
    assert (first.answer, last.answer, after.answer) == ("不通过", "不通过", "通过")
    assert [entry.entry_no for entry in last.entries] == [number]
    assert last.entries[0].last_day == date(2026, 3, 10)
    assert after.entries == ()


def test_one_of_two_overlapping_entries_is_enough(listed, asks):
    # given T16: L1 through 2025-06-03, L2 through 2028-01-13
    listed(DING, "2024-06-03", "2025-06-03")
    second = listed(DING, "2025-01-13", "2028-01-13")
    # when asked after L1 ended
    answer = asks("2025-06-05")
    # then L2 alone stands against the party
    assert not answer.passes
    assert [entry.entry_no for entry in answer.entries] == [second]


def test_a_suspended_entry_passes_with_a_remark(listed, asks):
    listed(DING, "2025-03-10", "2026-03-10", held=True)
    answer = asks()
    assert answer.passes
    assert answer.note == "停止执行"
    assert [entry.suspended for entry in answer.entries] == [True]


@pytest.mark.parametrize(
    "ended",
    [
        {"counted": False, "ended_at": datetime(2025, 5, 1, tzinfo=SHANGHAI)},
        {"ended_at": datetime(2025, 10, 8, tzinfo=SHANGHAI)},
    ],
    ids=["revoked", "repaired"],
)
def test_an_entry_that_ended_early_does_not_count(listed, asks, ended):
    listed(DING, "2025-03-10", "2026-03-10", **ended)
    assert asks().passes


def test_before_it_was_repaired_an_entry_counted(listed, asks):
    listed(DING, "2025-03-10", "2026-03-10", ended_at=datetime(2025, 10, 8, tzinfo=SHANGHAI))
    assert not asks("2025-10-07 23:59").passes


def test_a_case_that_is_not_decided_leaves_no_trace_in_the_answer(runtime, asks, person):
    # given a question about a company nobody knows, by a name that is not quite its own
    other = {"name": "示例甲机械公司", "code": "91000000MA00000157"}
    unknown = asks(**other)
    # when a clue against it has become a case and the same is asked again
    table = read_table("clues.csv", as_csv([clue(1)]))
    advance(runtime, runtime.execute(BeginImport(table=table, user=person("gc_jb01"))))
    with runtime.reading() as connection:
        assert connection.scalars(select(CaseFile.case_no)).all()
        assert connection.scalars(select(Party.code)).all() == [other["code"]]
    accused = asks(**other)
    # then the answer is the same, word for word
    for answer in (unknown, accused):
        assert answer.passes
        assert (answer.note, answer.entries, answer.warnings) == ("", (), ())


def test_a_listed_code_under_another_name_is_told(listed, asks):
    listed({**DING, "name": "示例丁茶叶有限公司"}, "2025-03-10", "2026-03-10")
    answer = asks()
    assert not answer.passes
    assert "「示例丁茶叶有限公司」" in answer.warnings[0]["zh"]


def test_brackets_and_width_do_not_make_another_name(listed, asks):
    listed({**DING, "name": "示例丁（石台）公司"}, "2025-03-10", "2026-03-10")
    assert asks(name="示例丁(石台) 公司").warnings == ()


def test_a_namesake_with_another_code_is_not_the_party(listed, asks):
    listed({**DING, "code": "91000000MA00000157"}, "2025-03-10", "2026-03-10")
    answer = asks()
    assert answer.passes
    assert "同名而代码不同" in answer.warnings[0]["zh"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"purpose": ""}, PurposeMissing),
        ({"purpose": "好奇"}, PurposeMissing),
        ({"project_no": " "}, ProjectNumberMissing),
        ({"code": "91000000MA000004XK"}, CodeWrong),
        ({"code": "9100"}, CodeWrong),
        ({"code": PERSON}, PurposeNotForParty),
        ({"code": PERSON, "purpose": "人员招聘", "project_no": ""}, ProjectNumberMissing),
    ],
)
def test_a_question_that_must_not_be_answered_is_refused_and_not_kept(
    runtime, asks, change, refusal
):
    with pytest.raises(refusal):
        asks(**change)
    with runtime.reading() as connection:
        assert connection.scalars(select(PrecheckQuery.key)).all() == []


def test_every_question_is_kept_with_purpose_number_and_answer(runtime, listed, asks):
    number = listed(DING, "2025-03-10", "2026-03-10")
    asks(code=" 91000000ma000004xl ")
    asks(name="测试一", code=PERSON, purpose="recruitment", login="cz_rs01")
    with runtime.reading() as connection:
        kept = connection.execute(select(PrecheckQuery).order_by(PrecheckQuery.key)).all()
    assert [row.query_no for row in kept] == ["池社信查〔2025〕1号", "池社信查〔2025〕2号"]
    assert [row.purpose for row in kept] == ["项目招投标", "人员招聘"]
    assert [row.asked_by for row in kept] == ["cz_zb01", "cz_rs01"]
    assert [row.passes for row in kept] == [False, True]
    assert kept[0].party_code == DING["code"]
    assert kept[0].entries[0]["entry_no"] == number
    assert kept[1].party_class == "individual"


def test_who_has_no_permission_asks_nothing(asks):
    with pytest.raises(NotPermitted):
        asks(login="gc_jb01")


def test_no_question_reads_a_whole_table(runtime, listed, asks):
    # given some entries
    for number in range(5):
        party = {**DING, "code": f"9100000{number}"}
        listed(party, "2025-03-10", "2026-03-10")
    # when a question is asked
    said: list[tuple[str, object]] = []
    listener = lambda *a: said.append((a[2], a[3]))  # noqa: E731
    event.listen(runtime.engine, "before_cursor_execute", listener)
    asks("2025-10-01")
    event.remove(runtime.engine, "before_cursor_execute", listener)
    # then an index answers wherever entries and parties are read
    questions = [one for one in said if " entry" in one[0] and one[0].startswith("SELECT")]
    assert len(questions) == 2
    with runtime.reading() as connection:
        for text, values in questions:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
            assert not [row[3] for row in plan if row[3].startswith("SCAN")], (text, plan)


def test_an_instant_to_come_is_answered_with_a_warning(runtime, listed, asks):
    listed(DING, "2025-03-10", "2026-03-10")
    tomorrow = runtime.clock.now() + timedelta(days=1)
    answer = asks(tomorrow.isoformat())
    assert "尚未到来" in answer.warnings[0]["zh"]
