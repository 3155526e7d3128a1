"""The queries of the inbox, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, insert

from engine.clock import VirtualClock, end_of_day
from engine.identity import DEMONSTRATION, ORGANISATION, User, load_organisation, load_user
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.runtime.models import ProcessInstance, UserTask, UserTaskCandidate
from engine.runtime.queries.cursor import Cursor, read_cursor
from engine.runtime.queries.inbox import InboxFilter, inbox_page, open_task_count
from engine.runtime.queries.reading import Reading
from engine.store import Base, open_database
from tests.builders.diagram import diagram, end, start, user_task
from tests.builders.postgresql import postgresql_database

CLERK = User(
    key=1, login="clerk", name="经办", organisation="CZ-GC-XB",
    organisation_path="CZ/CZ-GC/CZ-GC-XB/", bureau_path="CZ/CZ-GC/", roles=frozenset({"clerks"}),
)  # fmt: skip
DAYS: list[date | None] = [date(2026, 2, day) for day in (6, 10, 11, 13, 25)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'inbox.sqlite'}")
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    with postgresql_database() as address:
        engine = open_database(address)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def runtime(database: Engine) -> Runtime:
    runtime = Runtime(database, VirtualClock(datetime(2026, 2, 10, 9, 0)))
    drawn = diagram("p", start(), user_task("step"), end(), flows="start -> step -> end")
    runtime.execute(Deploy(files=[SourceFile(name="p.bpmn", content=drawn)]))
    return runtime


@pytest.fixture
def tasks(runtime: Runtime) -> Callable[..., list[int]]:
    """tasks([day, …], path=…): open tasks due on these days, in this order."""
    case = runtime.execute(StartInstance(process_id="p", user=replace(CLERK, sees_all=True)))
    made = [case]

    def write(
        days: list[date | None], path: str = "CZ/CZ-GC/", group: str = "clerks", **more: object
    ) -> list[int]:
        keys = []
        with runtime.engine.begin() as connection:
            for day in days:
                made.append(0)
                values = {
                    "instance_key": case, "root_key": case, "process_id": "p",
                    "element_id": "step", "token_id": f"t{len(made)}", "name": "step",
                    "state": "open", "organisation_path": path, "due_date": day,
                    "due_at": end_of_day(day) if day else None,
                    "created_at": runtime.clock.now(), **more,
                }  # fmt: skip
                result = connection.execute(insert(UserTask), values)
                assert result.inserted_primary_key is not None
                keys.append(int(result.inserted_primary_key[0]))
            connection.execute(
                insert(UserTaskCandidate),
                [{"task_key": key, "kind": "group", "candidate": group} for key in keys],
            )
        return keys

    with runtime.engine.begin() as connection:
        # the task of the case itself is out of the way
        connection.execute(UserTask.__table__.update().values(state="completed"))
        connection.execute(ProcessInstance.__table__.update().values(subject="甲"))
    return write


def look(runtime: Runtime, connection: Connection) -> Reading:
    return Reading(
        connection=connection,
        definitions=runtime.definitions,
        calendars=runtime.calendars,
        clock=runtime.clock,
    )


def listed(runtime: Runtime, user: User = CLERK, size: int = 50, **wanted: object) -> list[int]:
    """The keys of the first page."""
    with runtime.reading() as connection:
        page = inbox_page(look(runtime, connection), user, InboxFilter(**wanted), size=size)
    return [row.key for row in page.rows]


def test_the_most_urgent_stands_first_and_what_has_no_date_last(runtime, tasks):
    none, late, today, far = tasks([None, DAYS[0], DAYS[1], DAYS[4]])
    assert listed(runtime) == [late, today, far, none]


def test_every_group_is_counted_and_can_be_asked_for(runtime, tasks):
    keys = tasks([*DAYS, None])
    with runtime.reading() as connection:
        page = inbox_page(look(runtime, connection), CLERK, InboxFilter())
    assert page.by_urgency == {"overdue": 1, "today": 1, "soon": 1, "later": 2, "none": 1}
    assert [row.urgency for row in page.rows] == [
        "overdue", "today", "soon", "later", "later", "none",
    ]  # fmt: skip
    assert listed(runtime, due="later") == keys[3:5]
    assert listed(runtime, due="pressing") == keys[:3]
    assert listed(runtime, due="none") == keys[5:]


def test_walking_forward_and_back_meets_every_task_once(runtime, tasks):
    keys = tasks([DAYS[n % 5] for n in range(23)] + [None] * 9)
    order = listed(runtime, size=100)
    assert sorted(order) == sorted(keys)
    with runtime.reading() as connection:
        reading = look(runtime, connection)
        page, seen = inbox_page(reading, CLERK, InboxFilter(), size=7), []
        assert page.previous is None
        while True:
            seen += [row.key for row in page.rows]
            if page.next is None:
                break
            page = inbox_page(reading, CLERK, InboxFilter(), after=page.next, size=7)
        assert seen == order
        back = []
        while page.previous is not None:
            page = inbox_page(reading, CLERK, InboxFilter(), before=page.previous, size=7)
            back = [row.key for row in page.rows] + back
        assert [*dict.fromkeys(back)] == order[: len(dict.fromkeys(back))]
        assert len(back) >= 25


def test_rows_that_come_and_go_move_no_page(runtime, tasks):
    keys = tasks([DAYS[3]] * 10)
    with runtime.reading() as connection:
        first = inbox_page(look(runtime, connection), CLERK, InboxFilter(), size=4)
    # when the last row shown is done, and a more urgent one comes
    with runtime.engine.begin() as connection:
        done = UserTask.__table__.update().where(UserTask.key == keys[3])
        connection.execute(done.values(state="completed"))
    tasks([DAYS[0]])
    # then the next page begins where it would have begun
    with runtime.reading() as connection:
        page = inbox_page(look(runtime, connection), CLERK, InboxFilter(), after=first.next, size=4)
    assert [row.key for row in page.rows] == keys[4:8]


def test_a_place_past_the_end_shows_the_last_page(runtime, tasks):
    keys = tasks([DAYS[3]] * 3)
    with runtime.reading() as connection:
        place = Cursor(at=None, key=10**9)
        page = inbox_page(look(runtime, connection), CLERK, InboxFilter(), after=place, size=2)
    assert [row.key for row in page.rows] == keys[1:]
    assert page.next is None


def test_a_place_survives_being_written_down():
    place = Cursor(at=end_of_day(date(2026, 2, 13)), key=7)
    assert read_cursor(str(place)) == place
    assert read_cursor(str(Cursor(at=None, key=7))) == Cursor(at=None, key=7)
    assert read_cursor("x_1") is None


def test_tasks_of_units_around_mine_are_mine_and_no_others(runtime, tasks):
    near = tasks([DAYS[0]], path="CZ/CZ-GC/") + tasks([DAYS[1]], path="CZ/CZ-GC/CZ-GC-XB/")
    tasks([DAYS[0]], path="CZ/CZ-GC/CZ-GC-JB/")
    tasks([DAYS[0]], path="CZ/CZ-DZ/")
    tasks([DAYS[0]], path="CZ/")
    tasks([DAYS[0]], group="others")
    named = tasks([DAYS[2]], path="CZ/CZ-DZ/", group="others", assignee="clerk")
    assert listed(runtime) == [*near, *named]
    with runtime.reading() as connection:
        assert open_task_count(connection, CLERK) == 3


def test_mine_unclaimed_and_those_of_colleagues(runtime, tasks):
    free = tasks([DAYS[0]])
    mine = tasks([DAYS[1]], assignee="clerk")
    others = tasks([DAYS[2]], assignee="other")
    assert listed(runtime) == free + mine
    assert listed(runtime, whose="mine") == mine
    assert listed(runtime, whose="unclaimed") == free
    assert listed(runtime, whose="all") == free + mine + others


def test_three_thousand_tasks_are_read_by_index(runtime, tasks):
    if runtime.engine.dialect.name != "sqlite":
        pytest.skip("the plan of SQLite")
    start_day = date(2026, 1, 1)
    tasks([start_day + timedelta(days=n % 200) if n % 9 else None for n in range(3000)])
    asked: list[tuple[str, object]] = []
    with runtime.reading() as connection:

        @event.listens_for(connection, "before_cursor_execute")
        def _note(_c: object, _cur: object, text: str, values: object, *_: object) -> None:
            asked.append((text, values))

        reading = look(runtime, connection)
        for wanted in (
            InboxFilter(),
            InboxFilter(whose="mine"),
            InboxFilter(whose="unclaimed", due="overdue"),
            InboxFilter(whose="all", words="甲", due="none"),
        ):
            page = inbox_page(reading, CLERK, wanted)
            if page.next is not None:
                inbox_page(reading, CLERK, wanted, after=page.next)
        open_task_count(connection, CLERK)
        questions = [one for one in asked if "user_task" in one[0]]
        assert len(questions) > 10
        for text, values in questions:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
            scans = [row[3] for row in plan if row[3].startswith("SCAN user_task")]
            assert not scans, text


def test_what_nobody_in_a_county_can_do_waits_in_the_city_unasked(runtime, tasks):
    # given the organisation of the demonstration, where only the city has a publisher
    with runtime.engine.begin() as connection:
        for file in (ORGANISATION, DEMONSTRATION):
            load_organisation(connection, file)
        publisher, clerk = (load_user(connection, login) for login in ("cz_fb01", "cz_xb01"))
    # and a task of a county for its publisher, another for its office clerk
    for group in ("R9", "R3"):
        tasks([date(2026, 2, 10)], path="CZ/CZ-GC/", group=group)
    # when the city opens its inbox as it is
    with runtime.reading() as connection:
        here = look(runtime, connection)
        shown = {
            user.login: inbox_page(here, user, InboxFilter()).total for user in (publisher, clerk)
        }
        counted = open_task_count(connection, publisher)
    # then the publisher finds it; the clerk does not, for the county has one
    assert shown == {"cz_fb01": 1, "cz_xb01": 0}
    assert counted == 1
