"""An application with small procedures that stand where supervisors look."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.clock import VirtualClock
from engine.identity import DEMONSTRATION, ORGANISATION, User, load_organisation, load_user
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.models import Incident, ProcessInstance, UserTask
from engine.store import Base, open_database
from tests.builders.diagram import (
    call,
    diagram,
    end,
    io,
    rule_task,
    start,
    timer_catch,
    user_task,
)
from web.app import create_app
from web.config import Config

PROPERTIES = {
    "name:en": "Listing in small",
    "subject": "=party.name",
    "subjectCode": "=party.code",
    "subjectKind": "=party.kind",
    "businessKey": "=case_no",
    "organisation": "=unit",
}
CASE = diagram(
    "small_case",
    start(),
    rule_task("weigh", "weight", "weighed"),
    user_task("check_case", groups="R3", due='=deadline("CHECK", today())'),
    call("hear", "small_hearing", io({"heard_until": 'deadline("HEARING", today())'})),
    end(),
    flows="start -> weigh -> check_case -> hear -> end",
    properties=PROPERTIES,
)
HEARING = diagram(
    "small_hearing",
    start(),
    timer_catch("window_over", "=end of day(heard_until)"),
    end(),
    flows="start -> window_over -> end",
    properties=PROPERTIES,
)
STUCK = diagram(
    "stuck",
    start(),
    user_task("ask", groups="R3"),
    '<bpmn:exclusiveGateway id="fork"/>',
    end(),
    end("other_end"),
    flows="start -> ask -> fork; fork -[answer > limit]-> end; fork -[answer <= limit]-> other_end",
    properties=PROPERTIES,
)


def table(id_: str, inputs: dict[str, str], outputs: list[str], rows: list[list[str]]) -> bytes:
    """A small decision table: inputs of name → label, outputs, cells by row, last a remark."""
    heads = "".join(
        f'<input id="i{n}" label="{label}"><inputExpression id="e{n}"><text>{name}</text>'
        "</inputExpression></input>"
        for n, (name, label) in enumerate(inputs.items())
    ) + "".join(f'<output id="o{n}" name="{name}"/>' for n, name in enumerate(outputs))
    rules = ""
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<inputEntry id="r{number}i{n}"><text>{cell}</text></inputEntry>'
            for n, cell in enumerate(row[: len(inputs)])
        ) + "".join(
            f'<outputEntry id="r{number}o{n}"><text>{cell}</text></outputEntry>'
            for n, cell in enumerate(row[len(inputs) : -1])
        )
        rules += f'<rule id="r{number}"><description>{row[-1]}</description>{cells}</rule>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        f'namespace="t"><decision id="{id_}" name="{id_}"><decisionTable id="t">{heads}{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


DEADLINES = table(
    "deadlines",
    {"key": "期限"},
    ["key", "amount", "unit", "roll", "source", "editable"],
    [
        ['"CHECK"', '"CHECK"', "3", '"WD"', "", '"建议"', "true", "内部时限"],
        ['"HEARING"', '"HEARING"', "10", '"WD"', "", '"AM-12"', "true", "申辩期"],
        ['"LONG"', '"LONG"', "250", '"WD"', "", '"AM-99"', "false", "很久"],
    ],
)
WEIGHT = table(
    "weight",
    {"amount": "欠缴金额"},
    ["grade"],
    [["&lt; 10000", '"较轻"', "不足一万"], ["&gt;= 10000", '"较重"', "一万以上"]],
)


class Bureau:
    """What the tests do before they look."""

    def __init__(self, runtime: Runtime, clock: VirtualClock) -> None:
        self.runtime = runtime
        self.clock = clock

    def user(self, login: str) -> User:
        with self.runtime.reading() as connection:
            return load_user(connection, login)

    def start(self, process_id: str = "small_case", **more: object) -> int:
        variables = {
            "party": {"name": "贵池甲公司", "code": "91341702MA2N0A1X8C", "kind": "unit"},
            "case_no": "池失案〔2026〕1号",
            "unit": "CZ-GC",
            "amount": 25000,
            **more,
        }
        return self.runtime.execute(
            StartInstance(process_id=process_id, user=self.user("gc_xb01"), variables=variables)
        )

    def task_of(self, instance_key: int) -> int:
        with self.runtime.reading() as connection:
            return connection.scalars(
                select(UserTask.key).where(
                    UserTask.instance_key == instance_key, UserTask.state == "open"
                )
            ).one()

    def complete(self, instance_key: int, **answers: object) -> None:
        self.runtime.execute(
            CompleteTask(
                task_key=self.task_of(instance_key), user=self.user("gc_xb01"), variables=answers
            )
        )

    def called_by(self, instance_key: int) -> int:
        with self.runtime.reading() as connection:
            return connection.scalars(
                select(ProcessInstance.key).where(ProcessInstance.parent_key == instance_key)
            ).one()

    def state_of(self, instance_key: int) -> str:
        with self.runtime.reading() as connection:
            return connection.scalars(
                select(ProcessInstance.state).where(ProcessInstance.key == instance_key)
            ).one()

    def incident_of(self, instance_key: int) -> int:
        with self.runtime.reading() as connection:
            return connection.scalars(
                select(Incident.key).where(
                    Incident.instance_key == instance_key, Incident.resolved_at.is_(None)
                )
            ).one()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 2, 9, 9, 0))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        database_url=f"sqlite:///{tmp_path}/web.sqlite",
        secret_key="a secret of tests only",
        var=tmp_path,
        demonstration=True,
        testing=True,
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with people and procedures, made once and copied for every test."""
    path = tmp_path_factory.mktemp("prepared") / "web.sqlite"
    engine = open_database(f"sqlite:///{path}")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    files = {
        "case.bpmn": CASE,
        "hearing.bpmn": HEARING,
        "stuck.bpmn": STUCK,
        "deadlines.dmn": DEADLINES,
        "weight.dmn": WEIGHT,
    }
    Runtime(engine, VirtualClock(datetime(2026, 2, 2, 9, 0))).execute(
        Deploy(files=[SourceFile(name=name, content=content) for name, content in files.items()])
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def runtime(config: Config, clock: VirtualClock, prepared: Path) -> Iterator[Runtime]:
    shutil.copy(prepared, config.database_url.removeprefix("sqlite:///"))
    engine = open_database(config.database_url)
    yield Runtime(engine, clock)
    engine.dispose()


@pytest.fixture
def app(config: Config, runtime: Runtime) -> Flask:
    app = create_app(config, runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def bureau(runtime: Runtime, clock: VirtualClock) -> Bureau:
    return Bureau(runtime, clock)


@pytest.fixture
def client_as(app: Flask) -> Callable[[str], FlaskClient]:
    """client_as("gc_xb02"): a browser in which this person is signed in."""

    def sign_in(login: str) -> FlaskClient:
        client = app.test_client()
        with app.extensions["chengxin"].engine.connect() as connection:
            user = load_user(connection, login)
        with client.session_transaction() as session:
            session["_user_id"] = str(user.key)
            session["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def head(client_as: Callable[[str], FlaskClient]) -> FlaskClient:
    """The head of the office of Guichi: sees the bureau and may step in."""
    return client_as("gc_xb02")


@pytest.fixture
def observer(client_as: Callable[[str], FlaskClient]) -> FlaskClient:
    """The supervisor of the city: sees everything, changes nothing, sees no full numbers."""
    return client_as("cz_dc01")


@pytest.fixture
def text_of() -> Callable[[object], str]:
    """text_of(response): the answer as text, which must be a page."""

    def text(response: object) -> str:
        assert response.status_code == 200, response.status  # type: ignore[attr-defined]
        return response.get_data(as_text=True)  # type: ignore[attr-defined]

    return text
