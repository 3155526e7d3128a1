"""The sharing platform on the other side of a push: it fails often, and says what it shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.simulation.chance import Chance

SHOWN_AFTER = ("列入", "恢复", "更正", "变更")
"""The events after which it shows an entry; after all others it does not."""
PUBLISH = "publish"


class Platform:
    """Keeps receipts by key. How often it fails depends on the seed, the key and the attempt."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._receipts: dict[str, str] = {}
        self._attempts: Counter[str] = Counter()
        self.shown: set[str] = set()

    def push(self, key: str, package: dict[str, object]) -> tuple[int, dict[str, object]]:
        """Status and answer to a push."""
        self._attempts[key] += 1
        trouble = Chance(f"{self._seed}/{key}/{self._attempts[key]}").weighed(
            none=60, refused=20, no_receipt=20
        )
        if key not in self._receipts:
            if trouble == "refused":
                return 503, {"error": "系统维护"}
            if trouble == "no_receipt":
                return 200, {}
            self._receipts[key] = f"P{len(self._receipts) + 1:06d}"
            self.told(str(package["entry_no"]), str(package["action"]), str(package["event"]))
        return 200, {"receipt": self._receipts[key], "batch_no": f"B{self._receipts[key]}"}

    def told(self, entry_no: str, action: str, event: str) -> None:
        """Take note of what happened to an entry, by push or from a person."""
        if action == PUBLISH or (event in SHOWN_AFTER and action != "take_down"):
            self.shown.add(entry_no)
        else:
            self.shown.discard(entry_no)


@contextmanager
def reachable(platform: Platform, folder: Path) -> Iterator[Path]:
    """Serve the platform on this machine. Gives a file of channels that reaches it by push."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(platform))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    file = folder / "channels.yaml"
    file.write_text(_CHANNELS.format(address=address), encoding="utf-8")
    try:
        yield file
    finally:
        server.shutdown()
        server.server_close()


_CHANNELS = """
channels:
  C1: {{adapter: portal}}
  C2: {{adapter: http_push, url: "{address}/push", shows_url: "{address}/shown"}}
  C3: {{adapter: manual}}
  C5: {{adapter: portal}}
  C7: {{adapter: "off"}}
  R-CO: {{adapter: manual}}
aliases: {{C4: C1, C6: C2}}
"""


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, {"entries": sorted(platform.shown)})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(*platform.push(self.headers["Idempotency-Key"], json.loads(body)))

        def _answer(self, status: int, content: dict[str, object]) -> None:
            body = json.dumps(content, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
