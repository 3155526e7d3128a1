"""Files of one batch: the same columns three times, all at once or not at all (F.9)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine.register.channels import Channels, Package, delivering, telling
from engine.register.channels.errors import ChannelsFileInvalid
from tests.engine.register.channels.conftest import NOON

Configured = Callable[..., Channels]
Made = Callable[..., Package]
HEADER = ["序号", "名称（姓名）", "证件号码", "失信事实摘要", "批次号"]


def test_the_three_files_have_the_same_columns(
    configured: Configured, package: Made, tmp_path: Path
) -> None:
    # when a package is dropped
    outcome = delivering(configured(C2={"adapter": "file_drop"}), "C2", NOON).deliver(package())
    # then one folder has its batch in three formats
    folder = tmp_path / "outbox" / "C2" / outcome.batch_no
    assert outcome.ok
    assert outcome.batch_no.startswith("20250619-")
    assert sorted(file.suffix for file in folder.iterdir()) == [".csv", ".json", ".xlsx"]
    row = ["1", "示例甲机械有限公司", "341702********0065", "=1+1", outcome.batch_no]
    # and the table for spreadsheets computes nothing
    text = (folder / f"{outcome.batch_no}.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(StringIO(text))) == [HEADER, [*row[:3], "'=1+1", row[4]]]
    sheet = load_workbook(folder / f"{outcome.batch_no}.xlsx").active
    assert sheet is not None
    read = [[str(cell.value) for cell in cells] for cells in sheet.iter_rows()]
    assert read == [HEADER, row]
    assert sheet["D2"].data_type == "s"
    # and the program of the other side gets names
    content = json.loads((folder / f"{outcome.batch_no}.json").read_text(encoding="utf-8"))
    assert content["rows"][0]["batch_no"] == outcome.batch_no
    assert content["key"] == "publication-17"


def test_a_package_that_was_dropped_keeps_its_batch(
    configured: Configured, package: Made, tmp_path: Path
) -> None:
    adapter = delivering(configured(C2={"adapter": "file_drop"}), "C2", NOON)
    first = adapter.deliver(package())
    assert adapter.deliver(package()).batch_no == first.batch_no
    assert adapter.deliver(package(key="publication-18")).batch_no != first.batch_no
    assert len(list((tmp_path / "outbox" / "C2").iterdir())) == 2


def test_half_a_batch_of_a_crash_is_never_found(
    configured: Configured, package: Made, tmp_path: Path
) -> None:
    # given what a crash left behind
    adapter = delivering(configured(C2={"adapter": "file_drop"}), "C2", NOON)
    batch_no = adapter.deliver(package(key="other")).batch_no
    left = tmp_path / "outbox" / "C2" / f".{batch_no}.part"
    left.mkdir()
    # when the next batches are written
    adapter.deliver(package())
    # then nothing is visible that is not complete
    visible = [f for f in (tmp_path / "outbox" / "C2").iterdir() if not f.name.startswith(".")]
    assert all(len(list(folder.iterdir())) == 3 for folder in visible)


def test_the_folder_and_the_formats_may_be_chosen(
    configured: Configured, package: Made, tmp_path: Path
) -> None:
    settings = {"adapter": "file_drop", "folder": "handed_over", "formats": ["json"]}
    outcome = delivering(configured(C2=settings), "C2", NOON).deliver(package())
    files = list((tmp_path / "handed_over" / outcome.batch_no).iterdir())
    assert [file.suffix for file in files] == [".json"]


def test_a_format_that_nobody_writes_is_refused(configured: Configured, package: Made) -> None:
    settings = {"adapter": "file_drop", "formats": ["pdf"]}
    with pytest.raises(ChannelsFileInvalid, match="csv"):
        delivering(configured(C2=settings), "C2", NOON).deliver(package())


def test_what_the_platform_sends_back_is_what_it_shows(
    configured: Configured, tmp_path: Path
) -> None:
    (tmp_path / "back.csv").write_text("﻿贵社信列〔2025〕1号,2025-06-20\n\n", encoding="utf-8")
    settings = {"adapter": "file_drop", "shown_file": "back.csv"}
    adapter = telling(configured(C2=settings), "C2", NOON)
    assert adapter is not None
    assert adapter.showing().entries == {"贵社信列〔2025〕1号"}
    (tmp_path / "back.csv").unlink()
    assert adapter.showing().entries is None
