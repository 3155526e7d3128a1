"""督查考核: the board as a page and as a workbook, for those who may see figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import insert

from engine.clock import SHANGHAI
from engine.register.models import ReportFile
from engine.runtime import Runtime

ADDRESS = "/supervision/figures?from=2025-08&to=2025-09"
Client = Callable[[str], FlaskClient]


@pytest.fixture
def reported(runtime: Runtime) -> None:
    """贵池区 reported in time in August and late in September, 东至县 not at all."""
    said = (
        ("2025-08", "CZ-GC", date(2025, 9, 9), datetime(2025, 9, 8, tzinfo=SHANGHAI)),
        ("2025-09", "CZ-GC", date(2025, 10, 8), datetime(2025, 10, 9, tzinfo=SHANGHAI)),
        ("2025-08", "CZ-DZ", date(2025, 9, 9), None),
    )
    with runtime.engine.begin() as connection:
        for month, bureau, due, at in said:
            connection.execute(
                insert(ReportFile),
                {
                    "month": month, "region": bureau, "unit": f"{bureau}-JB", "level": "unit",
                    "organisation_path": f"CZ/{bureau}/{bureau}-JB/", "state": "已报",
                    "due_date": due, "reported_at": at, "idempotency_key": f"{month}{bureau}",
                },
            )  # fmt: skip


@pytest.mark.usefixtures("reported")
def test_the_board_shows_each_figure_by_month_with_its_chart(client_as: Client):
    page = client_as("cz_dc01").get(ADDRESS).text
    # the row of the figure: August, September, both
    row = re.search(r'<th scope="row">单位月报.*?</tr>', page, re.S)
    assert row is not None
    assert re.findall(r">\s*(—|[\d.]+%)", re.sub(r"</?span[^>]*>", "", row[0])) == [
        "50.0%", "0.0%", "33.3%",
    ]  # fmt: skip
    # and the chart has the same numbers
    charts = [json.loads(unescape(found)) for found in re.findall(r"data-chart='([^']*)'", page)]
    series = [one for chart in charts for one in chart["series"] if "单位月报" in one["name"]]
    assert charts[0]["months"] == ["2025-08", "2025-09"]
    assert series[0]["values"] == [50.0, 0.0]
    assert series[0]["target"] == 100
    # the supervisor chooses among all bureaus
    assert "东至县" in page


@pytest.mark.usefixtures("reported")
def test_a_bureau_alone_and_its_head(client_as: Client):
    own = client_as("gc_xb02").get(ADDRESS).text
    assert "贵池区" in own
    assert "东至县" not in own
    chosen = client_as("cz_dc01").get(ADDRESS + "&unit=CZ-DZ").text
    assert ">0.0%<" in chosen
    assert "50.0%" not in chosen


def test_who_may_not_see_figures_does_not(client_as: Client):
    clerk = client_as("gc_jb01")
    assert clerk.get("/supervision/figures").status_code == 403
    assert clerk.get("/supervision/figures.xlsx").status_code == 403
    assert "督查考核" not in clerk.get("/tasks").text
    assert "督查考核" in client_as("cz_dc01").get("/supervision/figures").text


@pytest.mark.usefixtures("reported")
def test_the_workbook_says_what_the_page_says(client_as: Client):
    answer = client_as("cz_dc01").get("/supervision/figures.xlsx?from=2025-08&to=2025-09")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(answer.data))["单位月报"]
    last = [cell.value for cell in list(sheet.rows)[-1]]
    assert last[:4] == ["合计", 50, 0, 33.3]


def test_a_board_without_anything_says_so_and_bad_months_are_passed_over(client_as: Client):
    page = client_as("cz_dc01").get("/supervision/figures?from=x&to=2025-13&unit=nowhere").text
    assert "这几个月没有数据" in page
    assert "没有超期的任务" in page
    english = client_as("cz_dc01")
    english.get("/language/en")
    assert english.get("/supervision/figures").status_code == 200
