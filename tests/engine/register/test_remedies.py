"""What is kept of a review or lawsuit about an entry: one record, brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Row, select

from engine.clock import SHANGHAI
from engine.identity import User
from engine.register.entries import create_entry
from engine.register.models import Remedy
from engine.register.parties import record_party
from engine.runtime import Runtime, SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.runtime.models import Incident
from tests.builders.diagram import diagram, end, service_task, start

FILED = {
    "kind": "=kind",
    "organ": "=organ",
    "remedyCaseNo": "=their_no",
    "filed": "=filed_date",
}
ENDED = {
    **FILED,
    "outcome": "=outcome",
    "outcomeDocumentNo": "=document_no",
    "served": "=served_date",
}
KEPT = diagram(
    "keep",
    start(),
    service_task("file", "register.record_remedy", headers=FILED),
    service_task("end_it", "register.record_remedy", headers=ENDED),
    end(),
    flows="start -> file -> end_it -> end",
)
MORNING = datetime(2025, 10, 9, 9, 0, tzinfo=SHANGHAI)
PARTY = {"name": "测试六", "code": "341702190001060065", "party_class": "individual"}
LAWSUIT = {
    "entry_no": "贵社信列〔2025〕1号",
    "kind": "一审",
    "organ": "池州市贵池区人民法院",
    "their_no": "（2025）皖1702行初1号",
    "filed_date": date(2025, 9, 1),
}


@pytest.fixture
def keeps(runtime: Runtime, person: Callable[[str], User]) -> Callable[..., list[Row[Any]]]:
    """keeps(outcome=…): plays a lawsuit about the one entry; gives the rows that were kept."""
    runtime.execute(Deploy(files=[SourceFile(name="keep.bpmn", content=KEPT)]))
    with runtime.engine.begin() as connection:
        columns = {
            "entry_no": LAWSUIT["entry_no"], "case_no": "案1", "decision_no": "决1",
            "party_key": record_party(connection, PARTY, MORNING),
            "decision_date": date(2025, 8, 11), "years": 3, "last_day": date(2028, 8, 11),
            "status": "已公示", "measures": [], "criteria": [6], "organisation": "CZ-GC",
            "organisation_path": "CZ/CZ-GC/", "created_at": MORNING,
        }  # fmt: skip
        create_entry(connection, columns)

    def play(**said: object) -> list[Row[Any]]:
        variables = {**LAWSUIT, "outcome": None, "document_no": None, "served_date": None, **said}
        runtime.execute(
            StartInstance(process_id="keep", user=person("gc_xb01"), variables=variables)
        )
        with runtime.reading() as connection:
            return list(connection.execute(select(Remedy.__table__)).all())

    return play


def test_a_lawsuit_is_kept_as_filed_while_its_outcome_is_unknown(
    keeps: Callable[..., list[Row[Any]]],
) -> None:
    # when a lawsuit is registered and nothing else is known
    (kept,) = keeps()
    # then its organ, number and day are there, and no outcome
    assert (kept.kind, kept.organ, kept.remedy_case_no, kept.filed_date) == (
        "一审", "池州市贵池区人民法院", "（2025）皖1702行初1号", date(2025, 9, 1),
    )  # fmt: skip
    assert (kept.outcome, kept.outcome_document_no, kept.served_date) == (None, "", None)


def test_the_outcome_is_written_to_the_same_record(keeps: Callable[..., list[Row[Any]]]) -> None:
    # when the judgment of a registered lawsuit came in
    (kept,) = keeps(outcome="撤销", document_no="判1", served_date=date(2025, 10, 8))
    # then there is one record, with its outcome
    assert (kept.outcome, kept.outcome_document_no, kept.served_date) == (
        "撤销", "判1", date(2025, 10, 8),
    )  # fmt: skip


def test_two_lawsuits_about_an_entry_are_two_records(keeps: Callable[..., list[Row[Any]]]) -> None:
    keeps(outcome="驳回", document_no="判1", served_date=date(2025, 9, 30))
    both = keeps(kind="二审")
    assert [(one.kind, one.outcome) for one in both] == [("一审", "驳回"), ("二审", None)]


@pytest.mark.parametrize(
    ("said", "word"), [({"filed_date": None}, "filed"), ({"entry_no": "没有〔2025〕1号"}, "没有")]
)
def test_what_cannot_be_kept_is_an_incident_that_says_why(
    keeps: Callable[..., list[Row[Any]]], runtime: Runtime, said: dict[str, object], word: str
) -> None:
    assert keeps(**said) == []
    with runtime.reading() as connection:
        message = connection.scalars(select(Incident.message_zh)).one()
    assert word in message
