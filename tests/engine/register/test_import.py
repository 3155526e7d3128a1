"""A file of clues becomes cases: good rows start, bad ones are named, nothing starts twice."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from engine.identity import SYSTEM, User
from engine.identity.errors import NotPermitted
from engine.runtime import Runtime
from engine.runtime.imports import (
    BeginImport,
    CancelImport,
    advance,
    corrections_csv,
    corrections_xlsx,
    read_table,
)
from engine.runtime.imports.errors import (
    ImportRefused,
    NotATable,
    TableEmpty,
    TooManyRows,
    WrongHeader,
)
from engine.runtime.models import ProcessInstance, UserTask
from engine.runtime.queries.imports import ImportProgress, bad_rows, import_progress
from tests.engine.register.clues import PERSON, as_csv, as_xlsx, clue
from tests.shared import shared_path


def imported(
    runtime: Runtime, content: bytes, user: User = SYSTEM, name: str = "clues.csv"
) -> ImportProgress:
    table = read_table(name, content)
    key = runtime.execute(BeginImport(table=table, user=user))
    advance(runtime, key)
    with runtime.reading() as connection:
        return import_progress(connection, SYSTEM, key)


def faults(runtime: Runtime, run: ImportProgress) -> list[tuple[int, str, str]]:
    with runtime.reading() as connection:
        rows = bad_rows(connection, run.key)
    return [(row.row_no, fault["column"], fault["zh"]) for row in rows for fault in row.errors]


def counts(run: ImportProgress) -> tuple[int, int, int]:
    return run.started, run.known, run.bad


def cases(runtime: Runtime) -> int:
    with runtime.reading() as connection:
        query = select(func.count()).where(ProcessInstance.parent_key.is_(None))
        return connection.scalar(query) or 0


def test_the_file_of_a_month_gives_36_cases_and_6_bad_rows(runtime):
    content = shared_path("data", "clues-2025-09.csv").read_bytes()
    run = imported(runtime, content)
    assert (run.state, *counts(run)) == ("completed", 36, 0, 6)
    assert [row[:2] for row in faults(runtime, run)] == [
        (38, "统一社会信用代码或证件号码"),
        (39, "对应情形"),
        (40, "送达日期"),
        (41, "主体名称"),
        (42, "未缴未退金额"),
        (43, ""),
    ]
    assert faults(runtime, run)[-1][2] == "与第 5 行重复"
    # and a second time nothing starts twice
    assert counts(imported(runtime, content)) == (0, 36, 6)
    assert cases(runtime) == 36


@pytest.mark.parametrize("made", [as_csv, as_xlsx, lambda rows: as_csv(rows, "gb18030")])
def test_every_kind_of_file_starts_the_same_cases(runtime, made):
    run = imported(runtime, made([clue(1), clue(2, **PERSON)]))
    assert counts(run) == (2, 0, 0)
    with runtime.reading() as connection:
        subjects = connection.scalars(
            select(ProcessInstance.subject).order_by(ProcessInstance.key)
        ).all()
        tasks = connection.execute(
            select(UserTask.element_id, UserTask.organisation_path).distinct()
        ).all()
    assert subjects == ["示例甲机械有限公司", "测试二"]
    assert [task.organisation_path for task in tasks] == ["CZ/CZ-GC/CZ-GC-JB/"]


def test_a_bad_row_says_its_column_and_reason_once_and_leaves_the_others_alone(runtime):
    rows = [
        clue(1, 未缴未退金额="一万元"),
        clue(2, 对应情形="8"),
        clue(3, 事实="=A1"),
        clue(4),
        clue(4),
    ]
    run = imported(runtime, as_csv(rows))
    assert counts(run) == (1, 0, 4)
    found = faults(runtime, run)
    assert [row[:2] for row in found] == [
        (2, "未缴未退金额"),
        (3, "对应情形"),
        (4, "事实"),
        (6, ""),
    ]
    assert found[0][2] == "「一万元」不是数字"
    assert found[2][2] == "是公式，请粘贴为数值或文字后重填"
    assert found[3][2] == "与第 5 行重复"


@pytest.mark.parametrize("made", [corrections_csv, corrections_xlsx])
def test_the_file_of_what_failed_comes_back_corrected(runtime, made):
    run = imported(runtime, as_csv([clue(1), clue(2, 主体名称="")]))
    with runtime.reading() as connection:
        content = made(run.header, bad_rows(connection, run.key))
    table = read_table("back", content)
    assert table.header[-3:] == ("行号", "错误列", "原因")
    (_, cells) = table.rows[0]
    assert [str(cell) for cell in cells[-3:]] == ["3", "主体名称", "未填写，请填写"]
    # when the clerk fills in the name and uploads it again
    place = table.header.index("主体名称")
    if made is corrections_csv:
        lines = content.decode("utf-8-sig").splitlines()
        fields = lines[1].split(",")
        fields[place] = "示例乙化工有限公司"
        content = "\n".join([lines[0], ",".join(fields)]).encode("utf-8-sig")
    else:
        workbook = load_workbook(BytesIO(content))
        workbook.active.cell(row=2, column=place + 1).value = "示例乙化工有限公司"
        out = BytesIO()
        workbook.save(out)
        content = out.getvalue()
    assert counts(imported(runtime, content)) == (1, 0, 0)


def test_rows_of_other_bureaus_are_bad_unless_one_is_of_the_city(runtime, person):
    rows = [clue(1), clue(2, 报送单位="CZ-DZ-JB")]
    run = imported(runtime, as_csv(rows), user=person("gc_jb01"))
    assert counts(run) == (1, 0, 1)
    assert faults(runtime, run) == [(3, "报送单位", "属于其他单位，您只能导入本单位的线索")]
    assert counts(imported(runtime, as_csv(rows), user=person("cz_xb01"))) == (1, 1, 0)
    # and what others have started is not told
    assert counts(imported(runtime, as_csv(rows), user=person("gc_jb01"))) == (0, 1, 1)


def test_who_may_not_import_imports_nothing(runtime, person):
    table = read_table("clues.csv", as_csv([clue(1)]))
    with pytest.raises(NotPermitted):
        runtime.execute(BeginImport(table=table, user=person("cz_zb01")))


def test_a_cancelled_import_goes_on_when_the_file_is_imported_again(runtime):
    table = read_table("clues.csv", as_csv([clue(number) for number in range(1, 5)]))
    key = runtime.execute(BeginImport(table=table, user=SYSTEM))
    done = []

    def after_two() -> None:
        done.append(1)
        if len(done) == 2:
            runtime.execute(CancelImport(run_key=key, user=SYSTEM))

    advance(runtime, key, on_row=after_two)
    with runtime.reading() as connection:
        run = import_progress(connection, SYSTEM, key)
    assert (run.state, run.started, run.waiting) == ("cancelled", 2, 2)
    assert counts(imported(runtime, as_csv([clue(n) for n in range(1, 5)]))) == (2, 2, 0)


def test_cells_of_rows_that_became_cases_are_forgotten(runtime):
    from engine.runtime.imports.models import ImportRow

    imported(runtime, as_csv([clue(1), clue(2, 主体名称="")]))
    with runtime.reading() as connection:
        kept = connection.execute(select(ImportRow.state, ImportRow.cells)).all()
    assert [(row.state, bool(row.cells)) for row in kept] == [("started", False), ("bad", True)]


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", TableEmpty, "没有数据"),
        (as_csv([]), TableEmpty, "没有数据"),
        (b"\xd0\xcf\x11\xe0 old", NotATable, ".xls"),
        (b"\x00\x01\x02", NotATable, "GB18030"),
        (b"PK\x03\x04 broken", NotATable, "XLSX"),
        ("甲,乙\n1,2\n".encode(), WrongHeader, "第一行不是表头"),
        ("主体名称,险种\n甲,养老\n".encode(), WrongHeader, "缺少 报送单位"),
        ("主体名称,主体名称\n甲,乙\n".encode(), WrongHeader, "主体名称 重复"),
    ],
)
def test_a_file_that_is_no_table_of_clues_is_refused_whole(runtime, content, error, says):
    with pytest.raises(ImportRefused) as refused:
        imported(runtime, content)
    assert type(refused.value) is error
    assert says in refused.value.message("zh")
    assert refused.value.message("en")
    assert cases(runtime) == 0


def test_a_file_beyond_the_limit_is_refused(runtime, monkeypatch):
    monkeypatch.setattr("engine.runtime.imports.table_file.MAX_ROWS", 2)
    with pytest.raises(TooManyRows):
        read_table("clues.csv", as_csv([clue(1), clue(2), clue(3)]))


def test_cells_that_a_spreadsheet_would_compute_come_back_as_they_were():
    from engine.runtime.queries.imports import BadRow

    row = BadRow(row_no=2, cells=["=1+1", "-5.5", "@x"], errors=[])
    content = corrections_csv(["a", "b", "c"], [row])
    assert b"'=1+1" in content
    assert read_table("back.csv", content).rows[0][1][:3] == ["=1+1", "-5.5", "@x"]


def test_it_works_on_a_file_in_tabs_with_blank_lines_and_extra_columns(runtime):
    text = as_csv([clue(1)]).decode("utf-8-sig").replace(",", "\t")
    head, row = text.splitlines()
    content = f"\n{head}\t备注\n\n{row}\tx\n".encode("gb18030")
    run = imported(runtime, content)
    assert counts(run) == (1, 0, 0)
    assert run.unknown == ["备注"]
