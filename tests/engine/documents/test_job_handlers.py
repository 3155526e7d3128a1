"""The letter of a service task: made from the variables, kept, and reported to the process."""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from engine.clock import SHANGHAI
from engine.documents import DocumentIncomplete, TemplateUnknown, document_bytes, documents_of
from engine.documents.job_handlers import produce_document
from engine.runtime.jobs import JobContext, handler_for
from tests.engine.documents import cases, subjects

CASE = "贵社信案〔2024〕3号"


@dataclass
class WaitingInstance:
    """The few things a handler asks of the instance that waits for it; headers are plain text."""

    key: int = 7
    row: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(root_key=7, business_key=CASE)
    )

    def value(self, binding, variables):
        return binding.text


def job(connection, variables, **headers):
    return JobContext(
        key=1,
        type="documents.produce",
        headers=headers,
        variables=variables,
        connection=connection,
        now=datetime(2024, 3, 25, 9, 0, tzinfo=SHANGHAI),
        instance=WaitingInstance(),
    )


def test_the_handler_answers_to_its_job_type():
    assert handler_for("documents.produce") is produce_document


def test_the_letter_is_kept_and_named_in_the_result_variable(connection):
    answer = produce_document(
        job(connection, cases.listing(), template="prior_notice", result="notice_document")
    )
    letter = answer["notice_document"]
    assert letter["number"] == "贵社信告〔2024〕3号"
    assert document_bytes(connection, letter["key"]).startswith(b"%PDF")
    assert [row.key for row in documents_of(connection, CASE)] == [letter["key"]]


def test_a_letter_of_a_group_of_variables_is_dated_within_the_group(connection):
    # given a repair that has no date yet
    variables = subjects.full()
    del variables["repair"]["repaired_date"]
    # when its decision is made
    answer = produce_document(job(connection, variables, template="repair_decision"))
    # then it bears the number of the group and the day of the job
    assert answer["document"]["number"] == "贵社信修〔2024〕1号"
    assert answer["document"]["made_date"] == date(2024, 3, 25)


def test_an_incomplete_case_leaves_nothing_in_the_archive(connection):
    with pytest.raises(DocumentIncomplete):
        produce_document(job(connection, {}, template="prior_notice"))
    assert documents_of(connection, CASE) == ()


def test_a_task_without_a_template_is_refused(connection):
    with pytest.raises(TemplateUnknown):
        produce_document(job(connection, cases.listing()))
