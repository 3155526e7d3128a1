"""Handing over files: one folder per batch, complete or not there at all.

The files of a batch have the same columns: CSV (UTF-8 with BOM, for spreadsheets), XLSX and JSON.
The folder is written under another name and renamed, so that whoever fetches never finds half a
batch. A package that was dropped before keeps its batch.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from engine.register.channels.errors import ChannelsFileInvalid
from engine.register.channels.interface import ChannelSettings, Column, Outcome, Package, Showing
from engine.runtime.imports.table_writer import Line, csv_bytes, xlsx_bytes

BATCH = "batch_no"
"""The column that says the batch, if the table of columns has it."""
_NUMBER = Column(name="number", label="序号", label_en="No.", value=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDrop:
    """Writes into `outbox/<channel>`, or the `folder` of the channel's settings.

    A `shown_file` of the settings is what the channel says it shows.
    """

    settings: ChannelSettings
    outbox: Path

    def deliver(self, package: Package) -> Outcome:
        """Write the batch of a package. Gives its number and folder. Raises `OSError`."""
        batch_no = batch_of(package)
        channel = self.settings.channel
        folder = Path(str(self.settings.options.get("folder") or self.outbox / channel))
        target = folder / batch_no
        if not target.is_dir():
            self._write(target, replace(package, columns=_filled(package, batch_no)))
        return Outcome(ok=True, batch_no=batch_no, message=f"{channel}/{batch_no}")

    def showing(self) -> Showing:
        """The entries listed in `shown_file`, which the other side sends back: a number a line."""
        file = self.settings.options.get("shown_file")
        try:
            lines = Path(str(file)).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            return Showing(message=f"读不到 {file} / cannot be read: {error}")
        numbers = (line.split(",")[0].strip().strip('"') for line in lines)
        return Showing(entries=frozenset(number for number in numbers if number))

    def _write(self, target: Path, package: Package) -> None:
        half = target.with_name(f".{target.name}.part")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for ending in self._formats():
            (half / f"{target.name}.{ending}").write_bytes(_WRITERS[ending](package))
        try:
            os.rename(half, target)
        except OSError:
            if not target.is_dir():
                raise
            shutil.rmtree(half, ignore_errors=True)

    def _formats(self) -> Sequence[str]:
        formats = self.settings.options.get("formats", list(_WRITERS))
        wanted = [str(name) for name in formats] if isinstance(formats, list) else []
        unknown = [name for name in wanted if name not in _WRITERS]
        if unknown or not wanted:
            allowed = ", ".join(_WRITERS)
            raise ChannelsFileInvalid(
                file=self.settings.channel,
                why=f"formats 可以写 {allowed}",
                why_en=f"formats are {allowed}",
            )
        return wanted


def batch_of(package: Package) -> str:
    """The number of a package's batch: the day, and what tells it from others of that day."""
    told = sha256(f"{package.channel}|{package.key}".encode()).hexdigest()[:8].upper()
    return f"{package.made_at:%Y%m%d}-{told}"


def _filled(package: Package, batch_no: str) -> tuple[Column, ...]:
    columns = (
        replace(column, value=batch_no) if column.name == BATCH else column
        for column in package.columns
    )
    return (_NUMBER, *columns)


def _csv(package: Package) -> bytes:
    return csv_bytes([column.label for column in package.columns], [_line(package)])


def _xlsx(package: Package) -> bytes:
    return xlsx_bytes([column.label for column in package.columns], [_line(package)])


def _line(package: Package) -> Line:
    return Line(cells=[_cell(column.value) for column in package.columns])


def _json(package: Package) -> bytes:
    content = {
        "channel": package.channel,
        "event": package.event,
        "action": package.action,
        "title": package.title,
        "entry_no": package.entry_no,
        "key": package.key,
        "made_at": package.made_at.isoformat(),
        "rows": [{column.name: column.value for column in package.columns}],
        "labels": {column.name: column.label for column in package.columns},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return value


_WRITERS: Mapping[str, Callable[[Package], bytes]] = MappingProxyType(
    {"csv": _csv, "xlsx": _xlsx, "json": _json}
)
