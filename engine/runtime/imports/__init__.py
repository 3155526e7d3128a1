"""Starting instances from a table: one row, one start, by the import columns of the start form."""

from engine.runtime.imports.begin_import import BeginImport
from engine.runtime.imports.cancel_import import CancelImport
from engine.runtime.imports.import_row import FailImportRow, ImportNextRow
from engine.runtime.imports.importable import Importable, importable_processes
from engine.runtime.imports.report import corrections_csv, corrections_xlsx, template_csv
from engine.runtime.imports.table_file import MAX_BYTES, MAX_ROWS, TableFile, read_table
from engine.runtime.imports.worker import ImportWorker, advance

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "BeginImport",
    "CancelImport",
    "FailImportRow",
    "ImportNextRow",
    "ImportWorker",
    "Importable",
    "TableFile",
    "advance",
    "corrections_csv",
    "corrections_xlsx",
    "importable_processes",
    "read_table",
    "template_csv",
]
