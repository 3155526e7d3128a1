"""A server killed in the middle of an import: after a restart every row is there exactly once."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from engine.identity import SYSTEM, demonstration_password
from engine.runtime.models import ProcessInstance, UserTask
from engine.runtime.queries.imports import import_progress
from engine.store import open_database
from tests.engine.register.clues import as_csv, clue

ROWS = 60
BAD = 3
PATIENCE_SECONDS = 90


@contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The real server in a process of its own, ready to answer; killed at the end."""
    options = ["--port", str(port), "--demo", "--no-cases"]
    command = ["from web.cli import main; main()", "run", *options]
    environment = {
        **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CHENGXIN_CLOCK")},
        "CHENGXIN_VAR": str(folder),
        "CHENGXIN_CLOCK": "2025-10-09T09:00",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    said = folder / "server.log"
    with said.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", *command], env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        _until(lambda: _answers(port) or process.poll() is not None, "the server does not answer")
        assert process.poll() is None, said.read_text(encoding="utf-8")
        yield process
    finally:
        process.kill()
        process.wait()


class Clerk:
    """Somebody at a browser without script."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def signs_in(self, login: str) -> None:
        fields = {"login": login, "password": demonstration_password(), **self._token("/login")}
        self._opener.open(f"{self.base}/login", urlencode(fields).encode()).read()

    def uploads(self, content: bytes) -> int:
        """Upload a file of clues. Gives the key of the import."""
        token = self._token("/cases/import")["csrf_token"]
        edge = uuid.uuid4().hex
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="clues.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        request = urllib.request.Request(
            f"{self.base}/cases/import",
            data=head.encode() + content + f"\r\n--{edge}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={edge}"},
        )
        with self._opener.open(request) as answer:
            return int(answer.url.rpartition("/")[2])

    def _token(self, path: str) -> dict[str, str]:
        page = self._opener.open(f"{self.base}{path}").read().decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None
        return {"csrf_token": found[1]}


@pytest.mark.slow
@pytest.mark.parametrize("rows_before", [4, 25])
def test_after_a_kill_the_import_goes_on_and_nothing_is_lost_or_doubled(
    tmp_path: Path, rows_before: int
) -> None:
    content = as_csv(
        [clue(n) for n in range(1, ROWS + 1)] + [clue(900 + n, 事实="短") for n in range(BAD)]
    )
    port = _free_port()
    database = open_database(f"sqlite:///{tmp_path}/chengxin.sqlite")

    def done(run_key: int) -> int:
        with database.connect() as connection:
            return import_progress(connection, SYSTEM, run_key).done

    # given a server that imports a file, and is killed in the middle of it
    with server(tmp_path, port) as process:
        clerk = Clerk(port)
        clerk.signs_in("gc_jb01")
        run_key = clerk.uploads(content)
        _until(lambda: done(run_key) >= rows_before, "the import does not begin", pause=0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert rows_before <= done(run_key) < ROWS + BAD
    # when a server starts again, and nobody visits a page
    with server(tmp_path, port):
        _until(lambda: done(run_key) == ROWS + BAD, "the import does not go on")
        _until(lambda: _tasks(database) == ROWS, "not every case has come to its first task")
    # then every good row is one case
    with database.connect() as connection:
        run = import_progress(connection, SYSTEM, run_key)
        instances = connection.scalar(
            select(func.count()).where(ProcessInstance.parent_key.is_(None))
        )
        numbers = connection.scalars(select(ProcessInstance.business_key)).all()
    assert (run.state, run.started, run.known, run.bad) == ("completed", ROWS, 0, BAD)
    assert instances == ROWS
    assert None not in numbers
    assert len(set(numbers)) == ROWS


def _tasks(database) -> int:
    with database.connect() as connection:
        return connection.scalar(select(func.count()).where(UserTask.state == "open")) or 0


def _until(holds, complaint: str, *, pause: float = 0.1) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(pause)
    pytest.fail(complaint)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
