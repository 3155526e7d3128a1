from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import func, select

import engine.documents.job_handlers
import engine.register.job_handlers  # noqa: F401 - both register their handlers of jobs
from engine.clock import SHANGHAI, VirtualClock
from engine.identity import (
    DEMONSTRATION,
    ORGANISATION,
    SYSTEM,
    demonstration_people,
    load_organisation,
)
from engine.identity.users import load_user
from engine.register.entry_status import EXPIRED, PUBLISHED, REPAIRED, REVOKED, SERVED
from engine.register.models import Entry, Honour, PrecheckQuery, ReportFile
from engine.runtime import Runtime
from engine.runtime.commands import CompleteTask
from engine.runtime.models import (
    HistoryRecord,
    Incident,
    ProcessInstance,
    Timer,
    UserTask,
    UserTaskCandidate,
)
from engine.runtime.queries.inbox import open_task_count
from engine.scenario.demonstration import SHIPPED, demonstration_to_play
from engine.scenario.family import number_of_cases
from engine.store import open_database
from engine.store.migrate import upgrade
from web.prepare import deploy_shipped

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=SHANGHAI)
MOST_STEPS = 520

pytestmark = pytest.mark.slow


def empty_bureau(file: Path, now: datetime) -> Runtime:
    """A database of people without procedures and cases."""
    engine_ = open_database(f"sqlite:///{file}")
    upgrade(engine_)
    with engine_.begin() as connection:
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    return Runtime(engine_, VirtualClock(now))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """A database into which the shipped demonstration was played without a fault."""
    runtime = empty_bureau(tmp_path_factory.mktemp("demonstration") / "demo.sqlite", NOW)
    demonstration = demonstration_to_play(runtime)
    assert demonstration is not None
    assert deploy_shipped(demonstration.runtime)[1] is None
    assert demonstration.play() == ()
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def two_cases(tmp_path: Path) -> Path:
    """A folder of a demonstration with two cases, the second of which goes further."""
    file = tmp_path / "two.yaml"
    file.write_text(
        f"引用: [{SHIPPED}/blocks/parties.yaml, {SHIPPED}/blocks/conduct.yaml,"
        f" {SHIPPED}/blocks/routines.yaml]\n"
        "---\n场景: 甲\n当:\n  - 照做: 登记\n"
        '    其中: {地: "${贵池}", 日: -3 工作日, 当事人: "${甲机械}", 案由: "${欠费案}"}\n'
        "---\n场景: 乙\n当:\n  - 照做: 登记\n"
        '    其中: {地: "${东至}", 日: -2 工作日, 当事人: "${乙化工}", 案由: "${骗取案}"}\n'
        '  - 照做: 提请\n    其中: {地: "${东至}", 日: -1 工作日}\n'
        "  - 时间到: +1 工作日 09:00\n  - 认领: 信用办核查\n    人员: dz_xb01\n",
        encoding="utf-8",
    )
    return tmp_path


def cases(runtime: Runtime) -> int:
    with runtime.reading() as connection:
        return number_of_cases(connection)


def test_the_cases_are_many_and_their_steps_are_few(played: Runtime) -> None:
    assert cases(played) >= 15
    with played.reading() as connection:
        done = select(func.count(HistoryRecord.key)).where(
            HistoryRecord.event.in_(["instance_started", "task_completed"]),
            HistoryRecord.user != SYSTEM.login,
        )
        assert connection.scalar(done) <= MOST_STEPS
        assert connection.scalar(select(func.count(Incident.key))) == 0


def test_a_second_time_nothing_is_played(played: Runtime) -> None:
    assert demonstration_to_play(played) is None


def test_the_inbox_of_everybody_whom_the_procedures_ask_has_something_in_it(
    played: Runtime,
) -> None:
    """Every role that is asked has an inbox to look into; nobody starts with an empty page."""
    with played.reading() as connection:
        asked = set(
            connection.scalars(
                select(UserTaskCandidate.candidate).where(UserTaskCandidate.kind == "group")
            )
        )
        people = [load_user(connection, p.login) for p in demonstration_people(connection)]
        busy = {role for user in people if open_task_count(connection, user) for role in user.roles}
    assert asked == {f"R{number}" for number in (*range(1, 12), 15)}
    assert asked <= busy


def test_who_only_asks_or_watches_finds_entries_of_every_kind(played: Runtime) -> None:
    """R12 to R14 have no tasks: there are entries, questions, honours and reports to look at."""
    with played.reading() as connection:
        states = set(connection.scalars(select(Entry.status)))
        published = connection.execute(
            select(Entry.party_key, func.count())
            .where(Entry.status == PUBLISHED)
            .group_by(Entry.party_key)
        ).all()
        answers = set(connection.scalars(select(PrecheckQuery.answer)))
        honours = connection.scalars(select(Honour.state)).all()
        reports = connection.scalar(select(func.count()).select_from(ReportFile))
    assert states >= {SERVED, PUBLISHED, EXPIRED, REPAIRED, REVOKED}
    assert sum(entries for _, entries in published) >= 5
    assert max(entries for _, entries in published) == 2
    assert answers == {"通过", "不通过"}
    assert len(honours) == 2
    assert reports


def test_schedules_begin_with_the_month_and_not_with_the_oldest_case(played: Runtime) -> None:
    with played.reading() as connection:
        first = select(func.min(ProcessInstance.started_at))
        by_timer = first.where(ProcessInstance.process_id == "daily_check")
        begun, nights = connection.scalar(first), connection.scalar(by_timer)
    assert begun is not None
    assert nights is not None
    assert begun.astimezone(SHANGHAI).date() < date(2025, 11, 1)
    assert nights.astimezone(SHANGHAI).date() == date(2026, 10, 31)


def test_some_tasks_are_overdue_some_due_today_some_soon_and_some_later(played: Runtime) -> None:
    with played.reading() as connection:
        due = list(connection.scalars(select(UserTask.due_date).where(UserTask.state == "open")))
    today = NOW.date()
    assert sum(day < today for day in due) >= 3
    assert sum(day == today for day in due) >= 3
    assert sum(today < day <= date(2026, 11, 26) for day in due) >= 5
    assert sum(day > date(2026, 11, 26) for day in due) >= 2


def test_nothing_of_it_lies_in_the_future_and_nothing_is_left_undone(played: Runtime) -> None:
    with played.reading() as connection:
        assert connection.scalar(select(func.max(HistoryRecord.at))) <= NOW
        assert connection.scalar(select(func.min(Timer.due_at))) > NOW
    assert played.sweep() == 0


def test_work_goes_on_in_the_played_cases(played: Runtime) -> None:
    """Given the demonstration, when a reviewer proposes a listing, then the office is asked."""
    with played.reading() as connection:
        task = connection.execute(
            select(UserTask)
            .where(
                UserTask.state == "open",
                UserTask.organisation == "CZ-DZ-JC",
                UserTask.element_id == "review_clue",
            )
            .limit(1)
        ).one()
        reviewer = load_user(connection, "dz_jc02")

    played.execute(
        CompleteTask(
            task_key=task.key,
            user=reviewer,
            variables={"unit_review": {"result": "提请列入", "opinion": "事实清楚"}},
        )
    )

    with played.reading() as connection:
        asked = select(UserTask.organisation).where(
            UserTask.root_key == task.root_key, UserTask.state == "open"
        )
        assert connection.scalars(asked).all() == ["CZ-DZ"]


def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path, two_cases: Path) -> None:
    runtime = empty_bureau(tmp_path / "cut.sqlite", NOW)
    first = demonstration_to_play(runtime, two_cases)
    assert first is not None
    deploy_shipped(first.runtime)
    assert list(islice(first.steps(), 1)) == [None]
    runtime.clock.advance_to(datetime(2026, 11, 26, 9, 0, tzinfo=SHANGHAI))

    second = demonstration_to_play(runtime, two_cases)

    assert second is not None
    assert second.play() == ()
    assert cases(runtime) == 2
    with runtime.reading() as connection:
        started = connection.scalars(
            select(ProcessInstance.started_at)
            .where(ProcessInstance.started_by != SYSTEM.login)
            .order_by(ProcessInstance.key)
        ).all()
    assert [at.astimezone(SHANGHAI).date() for at in started] == [
        date(2026, 11, 19),
        date(2026, 11, 20),
    ]
    assert demonstration_to_play(runtime, two_cases) is None


def test_steps_of_the_future_are_left_for_people(tmp_path: Path, two_cases: Path) -> None:
    runtime = empty_bureau(tmp_path / "future.sqlite", NOW)
    demonstration = demonstration_to_play(runtime, two_cases)
    assert demonstration is not None
    deploy_shipped(demonstration.runtime)

    assert demonstration.play() == ()

    with runtime.reading() as connection:
        assert connection.scalars(
            select(UserTask.assignee).where(UserTask.state == "open")
        ).all() == [None, None]


def test_a_bureau_that_works_already_is_left_alone(tmp_path: Path, two_cases: Path) -> None:
    runtime = empty_bureau(tmp_path / "used.sqlite", NOW)
    demonstration = demonstration_to_play(runtime, two_cases)
    assert demonstration is not None
    deploy_shipped(demonstration.runtime)
    demonstration.play()
    used = empty_bureau(tmp_path / "other.sqlite", NOW)
    with used.engine.begin() as connection:
        connection.exec_driver_sql(f"attach database '{tmp_path}/used.sqlite' as used")
        for table in ("deployment", "resource", "process_definition", "process_instance"):
            connection.exec_driver_sql(f"insert into {table} select * from used.{table}")

    assert demonstration_to_play(used, two_cases) is None
