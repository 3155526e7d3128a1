"""`chengxin import FILE`: start a process for every row of a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.installation import acting_as, as_option, this_installation

if TYPE_CHECKING:
    from engine.runtime.queries.imports import BadRow, ImportProgress

SHOWN = 50
"""So many bad rows are printed; the file of corrections has them all."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--process", "process_id", default=None, help="流程 id（缺省：唯一可导入的流程）")
@as_option()
@click.option(
    "--corrections",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把有误的行写入此文件（.csv 或 .xlsx） / write the bad rows to this file",
)
def import_clues(
    file: Path, process_id: str | None, login: str | None, corrections: Path | None
) -> None:
    """导入线索文件（CSV、XLSX）。Start a case for every row of a table.

    表头与启动表单的列对应；有误的行逐行列出原因，其余照常立案。同一文件再次导入不会重复立案。
    """
    from engine.runtime.imports import BeginImport, advance, read_table
    from engine.runtime.queries.imports import bad_rows, import_progress

    runtime = this_installation()
    user = acting_as(runtime, login)
    table = read_table(file.name, file.read_bytes())
    run_key = runtime.execute(BeginImport(table=table, user=user, process_id=process_id))
    with click.progressbar(length=len(table.rows), label="导入 importing") as bar:
        advance(runtime, run_key, on_row=lambda: bar.update(1))
    with runtime.reading() as connection:
        progress = import_progress(connection, user, run_key)
        rows = bad_rows(connection, run_key)
    _print(progress, rows)
    if corrections is not None and rows:
        _write(corrections, progress, rows)


def _print(progress: ImportProgress, rows: list[BadRow]) -> None:
    click.echo(
        f"{progress.file_name}：共 {progress.total} 行，立案 {progress.started}，"
        f"此前已导入 {progress.known}，有误 {progress.bad}"
    )
    click.echo(
        f"{progress.total} rows: {progress.started} started, {progress.known} imported before, "
        f"{progress.bad} bad"
    )
    if progress.unknown:
        names = "、".join(progress.unknown)
        click.echo(f"未使用的列 / columns not used: {names}")
    for row in rows[:SHOWN]:
        for fault in row.errors:
            column = f"「{fault['column']}」" if fault["column"] else ""
            click.echo(f"  第 {row.row_no} 行{column}：{fault['zh']} / {fault['en']}")
    if len(rows) > SHOWN:
        click.echo(f"  …… 另有 {len(rows) - SHOWN} 行 / and {len(rows) - SHOWN} more rows")


def _write(file: Path, progress: ImportProgress, rows: list[BadRow]) -> None:
    from engine.runtime.imports import corrections_csv, corrections_xlsx

    made = corrections_xlsx if file.suffix.lower() == ".xlsx" else corrections_csv
    file.write_bytes(made(progress.header, rows))
    click.echo(f"有误的行已写入 {file}，更正后可再次导入。 / The bad rows are in {file}.")
