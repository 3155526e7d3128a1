"""A platform to push to: a real HTTP server that keeps receipts, fails and delays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import yaml

from engine.clock import SHANGHAI
from engine.register.channels import Channels, Column, Package, read_channels

SECRET = "一个够长的共享密钥"
NOON = datetime(2025, 6, 19, 12, 0, tzinfo=SHANGHAI)


@dataclass
class Platform:
    """What the other side got and how it answers next."""

    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    """By idempotency key: a key that comes again gets the receipt it got before."""
    faults: list[int | bytes] = field(default_factory=list)
    """Status codes or bodies of the next answers."""
    shows: list[str] = field(default_factory=list)
    gate: Event = field(default_factory=Event)
    """While it is closed, no answer comes."""

    def pushed(self) -> list[dict[str, Any]]:
        return [request for request in self.requests if request["method"] == "POST"]


@pytest.fixture
def platform() -> Iterator[Platform]:
    state = Platform()
    state.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.requests.append(
                {"method": "POST", "headers": dict(self.headers), "body": body, "path": self.path}
            )
            key = self.headers["Idempotency-Key"]
            first = state.receipts.setdefault(key, f"R-{len(state.receipts) + 1}")
            self._answer({"data": {"receipt": first, "batch_no": "B-7"}})

        def do_GET(self) -> None:
            state.requests.append({"method": "GET", "headers": dict(self.headers)})
            self._answer({"entries": state.shows})

        def _answer(self, content: Mapping[str, object]) -> None:
            state.gate.wait(10)
            fault = state.faults.pop(0) if state.faults else None
            if isinstance(fault, int):
                self.send_response(fault)
                if fault in (301, 302):
                    self.send_header("Location", state.address + "elsewhere")
                self.end_headers()
                self.wfile.write(b"not today")
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(fault if fault is not None else json.dumps(content).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test reads what arrived."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield state
    state.gate.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def configured(tmp_path: Path) -> Callable[..., Channels]:
    """configured(C2={"adapter": …}): the channels of a file that says so."""

    def configure(aliases: Mapping[str, str] | None = None, **channels: object) -> Channels:
        file = tmp_path / "channels.yaml"
        file.write_text(
            yaml.safe_dump({"channels": channels, "aliases": dict(aliases or {})}), encoding="utf-8"
        )
        return read_channels(file, tmp_path / "outbox")

    return configure


@pytest.fixture
def package() -> Callable[..., Package]:
    """package(): one entry to be published on the sharing platform; fields may be changed."""

    def make(**changes: object) -> Package:
        made: dict[str, Any] = {
            "key": "publication-17",
            "channel": "C2",
            "action": "publish",
            "event": "列入",
            "title": "失信人名单信息",
            "entry_no": "贵社信列〔2025〕1号",
            "columns": (
                Column(
                    name="name", label="名称（姓名）", label_en="Name", value="示例甲机械有限公司"
                ),
                Column(name="code", label="证件号码", label_en="No.", value="341702********0065"),
                Column(name="summary", label="失信事实摘要", label_en="Facts", value="=1+1"),
                Column(name="batch_no", label="批次号", label_en="Batch", value=None),
            ),
            "made_at": NOON,
        }
        return Package(**{**made, **changes})

    return make
