"""A decision that requires one of another file: deployed together, checked, and kept in history."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import Row, select

from engine.runtime.errors import DeploymentRefused
from engine.runtime.models import DecisionRecord
from engine.runtime.queries.decision_records import decision_sheet
from tests.builders.diagram import diagram, end, rule_task, start, user_task
from tests.engine.runtime.conftest import Desk

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" '
    'namespace="{namespace}">'
)


def rates(rate: str, namespace: str = "https://bureau/rates", id_: str = "rate") -> bytes:
    """A file with a table of one row."""
    return (
        f"{HEAD.format(namespace=namespace)}"
        f'<decision id="{id_}" name="{id_}"><decisionTable id="rates"><input label="kind">'
        "<inputExpression><text>kind</text></inputExpression></input>"
        '<output name="rate"/><rule id="only"><description>note</description>'
        '<inputEntry><text>"late"</text></inputEntry>'
        f"<outputEntry><text>{rate}</text></outputEntry></rule></decisionTable></decision>"
        "</definitions>"
    ).encode()


FINE = (
    f"{HEAD.format(namespace='https://bureau/fine')}"
    '<import name="law" namespace="https://bureau/rates"'
    ' importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    '<decision id="fine" name="fine"><informationRequirement>'
    '<requiredDecision href="https://bureau/rates#rate"/></informationRequirement>'
    "<literalExpression><text>law.rate * amount</text></literalExpression></decision></definitions>"
).encode()

PROCESS = diagram(
    "p", start(), rule_task("ask", "fine", "result"), user_task("look"), end(),
    flows="start -> ask -> look -> end",
)  # fmt: skip


def records(desk: Desk, instance_key: int) -> list[Row]:  # type: ignore[type-arg]
    with desk.runtime.reading() as connection:
        found = connection.execute(
            select(DecisionRecord)
            .where(DecisionRecord.instance_key == instance_key)
            .order_by(DecisionRecord.key)
        )
        return list(found)


def test_a_process_asks_across_two_files_and_keeps_which_file_answered(desk: Desk) -> None:
    desk.deploy(("rates.dmn", rates("2")), ("fine.dmn", FINE), PROCESS)
    case = desk.start("p", kind="late", amount=21)
    assert desk.variables(case)["result"] == 42
    required, asked = records(desk, case)
    assert (required.decision_id, required.file_name) == ("rate", "rates.dmn")
    assert required.file_hash == sha256(rates("2")).hexdigest()
    assert required.matched[0]["rule_id"] == "only"
    assert (asked.decision_id, asked.file_hash) == ("fine", sha256(FINE).hexdigest())


def test_the_page_of_a_record_finds_the_table_of_the_other_file(desk: Desk) -> None:
    desk.deploy(("rates.dmn", rates("2")), ("fine.dmn", FINE), PROCESS)
    required, asked = records(desk, desk.start("p", kind="late", amount=21))
    with desk.runtime.reading() as connection:
        table = decision_sheet(connection, desk.runtime.definitions, required.key)
        literal = decision_sheet(connection, desk.runtime.definitions, asked.key)
    assert table.table is not None
    assert table.table.rules[0].id == "only"
    assert (literal.table, literal.expression) == (None, "law.rate * amount")


def test_a_running_case_keeps_the_other_file_as_it_was(desk: Desk) -> None:
    # given a case whose decision is still to come, and a new version of the imported file
    waiting = diagram(
        "p", start(), user_task("before"), rule_task("ask", "fine", "result"),
        user_task("look"), end(), flows="start -> before -> ask -> look -> end",
    )  # fmt: skip
    desk.deploy(("rates.dmn", rates("2")), ("fine.dmn", FINE), waiting)
    old = desk.start("p", kind="late", amount=21)
    desk.deploy(("rates.dmn", rates("3")))
    new = desk.start("p", kind="late", amount=21)
    # when both go on
    desk.complete("before")
    desk.complete("before")
    # then each is decided by the version of its start
    assert desk.variables(old)["result"] == 42
    assert desk.variables(new)["result"] == 63


def test_a_file_whose_import_is_missing_is_not_deployed(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        desk.deploy(("fine.dmn", FINE))
    assert {finding.rule for finding in caught.value.findings} >= {"import", "requirement"}
    desk.deploy(("rates.dmn", rates("2")))
    desk.deploy(("fine.dmn", FINE))


def test_a_file_is_not_deployed_if_it_breaks_one_that_imports_it(desk: Desk) -> None:
    desk.deploy(("rates.dmn", rates("2")), ("fine.dmn", FINE))
    with pytest.raises(DeploymentRefused) as caught:
        desk.deploy(("rates.dmn", rates("2", id_="renamed")))
    [finding] = [found for found in caught.value.findings if found.level == "error"]
    assert (finding.rule, finding.place.file) == ("requirement", "fine.dmn")


def test_two_files_of_one_namespace_leave_open_which_is_imported(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        desk.deploy(
            ("rates.dmn", rates("2")), ("copy.dmn", rates("2", id_="other")), ("fine.dmn", FINE)
        )
    assert "rates.dmn" in caught.value.message("zh")
