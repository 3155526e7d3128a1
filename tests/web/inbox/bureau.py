"""A bureau with one small procedure: a clue is registered, reviewed and signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from shutil import copyfile

from flask import Flask
from sqlalchemy import insert, select

from engine.clock import VirtualClock, end_of_day
from engine.identity import DEMONSTRATION, ORGANISATION, User, load_organisation, load_user
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import CompleteTask, Deploy, StartInstance
from engine.runtime.models import ProcessInstance, UserTask, UserTaskCandidate
from engine.store import Base, open_database
from tests.builders.diagram import boundary_timer, diagram, end, start, user_task
from web.app import create_app
from web.config import Config

UNIT = {"name": "示例甲机械有限公司", "code": "91000000MA00000157", "party_class": "unit"}
PERSON = {"name": "测试一", "code": "341702190001010017", "party_class": "individual"}


def process() -> bytes:
    """register (form) → review (R2, by another person) → sign (R4)."""
    return diagram(
        "clue",
        start("found", form="clue"),
        user_task(
            "review",
            groups="R2",
            form="review",
            due="=due",
            properties={
                "name:en": "Review",
                "verb": "提交审核意见",
                "verb:en": "Give the opinion",
                "help": "核对材料后作出意见。",
                "stage": "审核",
                "organisation": "=unit",
                "notSamePersonAs": "found",
                "check:退回时须写明理由": '=result != "退回" or reason != ""',
                "warn:金额较大，请再次核对": "=amount = null or amount < 100000",
            },
        ),
        user_task("sign", groups="R4", properties={"organisation": "=unit", "verb": "签发"}),
        user_task("late", groups="R4", properties={"organisation": "=unit"}),
        boundary_timer("too_late", "review", '=date and time("2026-03-01T00:00:00+08:00")'),
        end("done"),
        flows="found -> review -> sign -> done; too_late -> late -> done",
        properties={
            "name:en": "Listing",
            "subject": "=party.name",
            "subjectCode": "=party.code",
            "subjectKind": "=party.party_class",
            "businessKey": "=case_no",
            "startKey": "=party.code",
        },
    )


def _field(type_: str, key: str, label: str, **more: object) -> dict[str, object]:
    return {"type": type_, "key": key, "id": f"f_{key.replace('.', '_')}", "label": label, **more}


CLUE_FORM = {
    "type": "default", "id": "clue", "components": [
        _field("textfield", "party.name", "名称", validate={"required": True}),
        _field("textfield", "party.code", "代码", validate={"required": True}),
        _field("select", "party.party_class", "类别", values=[
            {"label": "单位", "value": "unit"}, {"label": "个人", "value": "individual"},
        ], validate={"required": True}),
        _field("textfield", "case_no", "案号"),
        _field("textfield", "unit", "单位代码"),
        _field("datetime", "due", "期限", subtype="date", dateLabel="期限"),
        _field("number", "amount", "金额"),
    ],
}  # fmt: skip
REVIEW_FORM = {
    "type": "default", "id": "review", "components": [
        {"type": "text", "id": "t", "text": "核对 {{party.name}} {{party.code}}"},
        _field("radio", "result", "意见", values=[
            {"label": "提请列入", "value": "提请列入"}, {"label": "退回", "value": "退回"},
        ], validate={"required": True}),
        _field("textfield", "reason", "理由", conditional={"hide": '=result != "退回"'}),
        _field("number", "amount", "金额", decimalDigits=2),
        _field("filepicker", "papers", "材料", multiple=True),
        {"type": "dynamiclist", "id": "points", "path": "points", "label": "要点",
         "isRepeating": True, "allowAddRemove": True, "defaultRepetitions": 0,
         "components": [_field("textfield", "text", "内容", validate={"required": True})]},
    ],
}  # fmt: skip


class Bureau:
    """The application with its database, and what people do in it."""

    def __init__(self, app: Flask, runtime: Runtime, clock: VirtualClock) -> None:
        self.app = app
        self.runtime = runtime
        self.clock = clock

    def user(self, login: str) -> User:
        with self.runtime.reading() as connection:
            return load_user(connection, login)

    def start(self, by: str = "gc_jb01", **variables: object) -> int:
        """A registered clue; the review is open in 贵池区 unless `unit` says otherwise."""
        number = self.count() + 1
        values: dict[str, object] = {
            "party": dict(UNIT, code=f"91000000MA{number:08d}"),
            "case_no": f"池社信列〔2026〕{number:04d}号",
            "unit": "CZ-GC",
            "due": "2026-02-13",
            **variables,
        }
        key: int = self.runtime.execute(
            StartInstance(process_id="clue", user=self.user(by), variables=values)
        )
        return key

    def count(self) -> int:
        with self.runtime.reading() as connection:
            return len(connection.scalars(select(ProcessInstance.key)).all())

    def task(self, element_id: str = "review", root_key: int | None = None) -> int:
        query = select(UserTask.key).where(
            UserTask.element_id == element_id, UserTask.state == "open"
        )
        if root_key is not None:
            query = query.where(UserTask.root_key == root_key)
        with self.runtime.reading() as connection:
            key = connection.scalars(query.order_by(UserTask.key.desc())).first()
        assert key is not None
        return key

    def row(self, task_key: int) -> Mapping[str, object]:
        with self.runtime.reading() as connection:
            return dict(
                connection.execute(select(UserTask).where(UserTask.key == task_key)).one()._mapping
            )

    def complete(self, task_key: int, by: str, **variables: object) -> None:
        self.runtime.execute(
            CompleteTask(task_key=task_key, user=self.user(by), variables=variables)
        )

    def many(self, number: int, of: int) -> None:
        """`number` more open tasks like those of the case `of`, due on days around now."""
        with self.runtime.engine.begin() as connection:
            case = dict(
                connection.execute(select(ProcessInstance).where(ProcessInstance.key == of))
                .one()
                ._mapping
            )
            task = dict(
                connection.execute(select(UserTask).where(UserTask.root_key == of)).one()._mapping
            )
            del case["key"], task["key"]
            first = connection.scalar(
                select(ProcessInstance.key).order_by(ProcessInstance.key.desc())
            )
            first_task = connection.scalar(select(UserTask.key).order_by(UserTask.key.desc()))
            assert first is not None
            assert first_task is not None
            numbers = range(1, number + 1)
            connection.execute(
                insert(ProcessInstance),
                [
                    case | {"key": first + n, "root_key": first + n, "start_key": f"many {n}",
                            "business_key": f"池社信列〔2026〕{1000 + n:04d}号"}
                    for n in numbers
                ],
            )  # fmt: skip
            connection.execute(
                insert(UserTask),
                [
                    task | {"key": first_task + n, "instance_key": first + n,
                            "root_key": first + n, "token_id": f"t{n}"} | _due(n)
                    for n in numbers
                ],
            )  # fmt: skip
            connection.execute(
                insert(UserTaskCandidate),
                [{"task_key": first_task + n, "kind": "group", "candidate": "R2"} for n in numbers],
            )


def _due(number: int) -> dict[str, object]:
    if number % 7 == 0:
        return {"due_date": None, "due_at": None}
    day = datetime(2026, 2, 1 + number % 27)
    return {"due_date": day.date(), "due_at": end_of_day(day.date())}


def make_database(folder: Path, clock: VirtualClock) -> Path:
    """A database with the demonstration's people and the small procedure, to be copied."""
    file = folder / "template.sqlite"
    engine_ = open_database(f"sqlite:///{file}")
    with engine_.begin() as connection:
        Base.metadata.create_all(connection)
        load_organisation(connection, ORGANISATION)
        load_organisation(connection, DEMONSTRATION)
    forms = [
        SourceFile(name=f"{form['id']}.form", content=json.dumps(form).encode())
        for form in (CLUE_FORM, REVIEW_FORM)
    ]
    Runtime(engine_, clock).execute(
        Deploy(files=[SourceFile(name="clue.bpmn", content=process()), *forms])
    )
    with engine_.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine_.dispose()
    return file


def open_bureau(template: Path, folder: Path, clock: VirtualClock) -> Bureau:
    """The application on a copy of the template."""
    file = copyfile(template, folder / "inbox.sqlite")
    config = Config(
        database_url=f"sqlite:///{file}",
        secret_key="a secret of tests only",
        var=folder,
        demonstration=True,
        testing=True,
    )
    runtime = Runtime(open_database(config.database_url), clock)
    app = create_app(config, runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    return Bureau(app, runtime, clock)
