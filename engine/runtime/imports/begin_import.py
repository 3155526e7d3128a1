"""Take a table in, row by row, to be worked off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from engine.identity import User
from engine.runtime.bus import Command, handles
from engine.runtime.imports.importable import choose, unknown_columns
from engine.runtime.imports.models import RUNNING, WAITING, ImportRow, ImportRun
from engine.runtime.imports.table_file import TableFile

if TYPE_CHECKING:
    from engine.runtime.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class BeginImport(Command):
    """Keep the rows of a table for `ImportNextRow`. Gives the key of the run.

    `process_id` None means the only process that can be imported. Raises `ImportRefused`.
    """

    table: TableFile
    user: User
    process_id: str | None = None


@handles(BeginImport)
def begin_import(command: BeginImport, tx: Transaction) -> int:
    command.user.require("case.import")
    table = command.table
    importable = choose(tx.definitions, tx.connection, command.process_id)
    unknown = unknown_columns(importable, table)
    inserted = tx.connection.execute(
        insert(ImportRun),
        {
            "process_id": importable.process_id,
            "file_name": table.name,
            "file_kind": table.kind,
            "header": list(table.header),
            "unknown": unknown,
            "total": len(table.rows),
            "state": RUNNING,
            "organisation_path": command.user.bureau_path,
            "started_by": command.user.login,
            "started_at": tx.now,
        },
    ).inserted_primary_key
    assert inserted is not None
    run_key = int(inserted[0])
    tx.connection.execute(
        insert(ImportRow),
        [
            {
                "run_key": run_key,
                "row_no": number,
                "state": WAITING,
                "cells": cells,
                "errors": [],
            }
            for number, cells in table.rows
        ],
    )
    return run_key
