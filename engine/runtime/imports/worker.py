"""Working off imports: to the end of one, or in a thread of its own that takes up what waits.

Nothing but the rows in the database says how far an import is, so it goes on after a restart and
two workers do no harm: each row is worked off once, whoever comes first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError

from engine.errors import ChengxinError
from engine.runtime.background import BackgroundWorker
from engine.runtime.errors import Conflict
from engine.runtime.imports.errors import ForeignUnit
from engine.runtime.imports.import_row import FailImportRow, ImportNextRow, foreign_unit_faults
from engine.runtime.imports.importable import choose
from engine.runtime.imports.models import RUNNING, WAITING, ImportRow, ImportRun
from engine.runtime.imports.verdict import Fault, fault
from engine.runtime.runtime import Runtime

log = logging.getLogger(__name__)

BATCH = 200
BREATH_SECONDS = 0.005
"""Between two rows, so that people who click get their turn at a database with one writer."""
TRIES = 3


def advance(runtime: Runtime, run_key: int, *, on_row: Callable[[], None] | None = None) -> None:
    """Work off every row of a run that waits; `on_row` is told after each."""
    for row_no in _waiting_rows(runtime, run_key):
        _work_off(runtime, run_key, row_no)
        if on_row is not None:
            on_row()


class ImportWorker(BackgroundWorker):
    """Works off running imports."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__("imports")
        self._runtime = runtime

    def work(self) -> None:
        for run_key in running_imports(self._runtime):
            for row_no in _waiting_rows(self._runtime, run_key):
                if self.stopping.is_set():
                    return
                _work_off(self._runtime, run_key, row_no)
                time.sleep(BREATH_SECONDS)


def running_imports(runtime: Runtime) -> list[int]:
    """The imports that are not finished, the oldest first."""
    with runtime.reading() as connection:
        wanted = select(ImportRun.key).where(ImportRun.state == RUNNING).order_by(ImportRun.key)
        return list(connection.scalars(wanted))


def _waiting_rows(runtime: Runtime, run_key: int) -> Iterator[int]:
    """The waiting rows in order, until none is left or the run was cancelled."""
    after = 0
    while True:
        with runtime.reading() as connection:
            numbers = list(connection.scalars(_WAITING_ROWS, {"of": run_key, "after": after}))
        if not numbers:
            return
        yield from numbers
        after = numbers[-1]


def _work_off(runtime: Runtime, run_key: int, row_no: int) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            runtime.execute(ImportNextRow(run_key=run_key, row_no=row_no))
            return
        except (Conflict, OperationalError):
            if attempt == TRIES:
                raise
            time.sleep(0.2 * attempt)
        except Exception as error:  # noqa: BLE001 - one row must not stop the others
            faults = _faults(runtime, run_key, error)
            runtime.execute(FailImportRow(run_key=run_key, row_no=row_no, faults=faults))
            return


def _faults(runtime: Runtime, run_key: int, error: Exception) -> list[Fault]:
    if isinstance(error, ForeignUnit):
        with runtime.reading() as connection:
            process_id = connection.scalar(
                select(ImportRun.process_id).where(ImportRun.key == run_key)
            )
            importable = choose(runtime.definitions, connection, process_id)
        return foreign_unit_faults(importable, error)
    if isinstance(error, ChengxinError):
        return [fault("", error.message("zh"), error.message("en"))]
    log.error("a row of import %s failed", run_key, exc_info=error)
    return [
        fault(
            "",
            "系统出错，请告知管理员后重新导入本行",
            "a fault of the system; tell the administrator",
        )
    ]


_WAITING_ROWS = (
    select(ImportRow.row_no)
    .join(ImportRun, ImportRun.key == ImportRow.run_key)
    .where(
        ImportRow.run_key == bindparam("of"),
        ImportRow.state == WAITING,
        ImportRow.row_no > bindparam("after"),
        ImportRun.state == RUNNING,
    )
    .order_by(ImportRow.row_no)
    .limit(BATCH)
)
