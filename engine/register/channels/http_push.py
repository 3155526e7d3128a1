"""Telling a channel by HTTP: a signed POST that may be repeated, answered with a receipt.

The body is the package as JSON. Headers: `Idempotency-Key`, the same at every attempt;
`X-Timestamp`, the second of the attempt; `X-Signature`, `<digest>=<hex>` of an HMAC over
`<timestamp>.<body>` with the shared secret, by SHA-256 or SM3. A receiver keeps the receipt of a
key and gives it again; it refuses a timestamp far from its own.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from engine.register.channels.errors import ChannelsFileInvalid
from engine.register.channels.interface import ChannelSettings, Outcome, Package, Showing

TIMEOUT = 20.0
"""Seconds until an answer must have begun, unless the file says otherwise."""
MOST = 1024 * 1024
"""Bytes of an answer that are read."""
DIGESTS = ("sha256", "sm3")
_SAID = 300
"""Characters of an answer that are kept with a failure."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected push would arrive without its body, at an address that nobody configured."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpPush:
    """Pushes to the `url` of a channel's settings and asks its `shows_url`, if it has one.

    `now` is the instant of the attempt. What the file of channels lacks raises
    `ChannelsFileInvalid`; what the other side does never raises.
    """

    settings: ChannelSettings
    now: datetime

    def deliver(self, package: Package) -> Outcome:
        """Push a package. An answer of 2xx with a receipt is success, anything else is not."""
        body = json.dumps(_body(package), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Idempotency-Key": package.key, **self._signed(body)}
        try:
            answer = self._call(str(self.settings.options["url"]), body, headers)
        except _Failed as failed:
            return Outcome(ok=False, message=failed.why)
        receipt = _find(answer, str(self.settings.options.get("receipt", "receipt")))
        if receipt in (None, ""):
            return Outcome(ok=False, message="对方没有给出回执 / the answer has no receipt")
        batch_no, url = (
            _find(answer, str(self.settings.options.get(name, name)))
            for name in ("batch_no", "url")
        )
        return Outcome(
            ok=True, receipt=str(receipt), batch_no=str(batch_no or ""), url=str(url or "")
        )

    def showing(self) -> Showing:
        """The entries listed at `shows_url`: a JSON list of numbers under `shown`."""
        url = self.settings.options.get("shows_url")
        if not url:
            return Showing()
        try:
            answer = self._call(str(url), None, self._signed(b""))
        except _Failed as failed:
            return Showing(message=failed.why)
        listed = _find(answer, str(self.settings.options.get("shown", "entries")))
        if not isinstance(listed, list):
            return Showing(message="对方的回答里没有名单 / the answer has no list")
        return Showing(entries=frozenset(str(number) for number in listed))

    def _signed(self, body: bytes) -> dict[str, str]:
        variable = self.settings.options.get("secret_env")
        if not variable:
            return {}
        secret = os.environ.get(str(variable))
        if not secret:
            raise self._faulty(
                f"环境变量 {variable} 没有值", f"environment variable {variable} is empty"
            )
        digest = str(self.settings.options.get("signature", DIGESTS[0]))
        if digest not in DIGESTS or digest not in hashlib.algorithms_available:
            raise self._faulty(
                f"签名算法 {digest} 不可用", f"signature digest {digest} is not available"
            )
        timestamp = str(int(self.now.timestamp()))
        message = timestamp.encode() + b"." + body
        signature = hmac.new(secret.encode(), message, digest).hexdigest()
        return {"X-Timestamp": timestamp, "X-Signature": f"{digest}={signature}"}

    def _call(self, url: str, body: bytes | None, headers: Mapping[str, str]) -> object:
        """The JSON that the other side answers. Raises `_Failed`."""
        request = urllib.request.Request(
            url,
            data=body,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Accept": "application/json",
                **headers,
            },
            method="GET" if body is None else "POST",
        )
        if request.type not in ("http", "https"):
            raise self._faulty(f"地址 {url} 不是 http(s)", f"address {url} is not http(s)")
        ways: list[Any] = [_NoRedirect]
        if request.type == "https":
            ways.append(urllib.request.HTTPSHandler(context=self._trust()))
        opener = urllib.request.build_opener(*ways)
        timeout = float(str(self.settings.options.get("timeout_seconds", TIMEOUT)))
        try:
            with opener.open(request, timeout=timeout) as answer:
                content = answer.read(MOST)
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(MOST).decode("utf-8", "replace")[:_SAID]
            raise _Failed(f"HTTP {error.code} {said}".strip()) from error
        except (OSError, http.client.HTTPException) as error:
            raise _Failed(_why(error)) from error
        try:
            return json.loads(content)
        except ValueError as error:
            raise _Failed("回答不是 JSON / the answer is not JSON") from error

    def _trust(self) -> ssl.SSLContext:
        """TLS is always verified; `ca_file` names the authority of a government network."""
        ca_file = self.settings.options.get("ca_file")
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)

    def _faulty(self, zh: str, en: str) -> ChannelsFileInvalid:
        channel = self.settings.channel
        return ChannelsFileInvalid(file=channel, why=zh, why_en=en)


class _Failed(Exception):
    """The other side did not do it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _body(package: Package) -> dict[str, object]:
    """What the other side gets. The instant is ISO 8601; columns are in their order."""
    return {
        "channel": package.channel,
        "action": package.action,
        "event": package.event,
        "title": package.title,
        "entry_no": package.entry_no,
        "made_at": package.made_at.isoformat(),
        "columns": [asdict(column) for column in package.columns],
    }


def _find(answer: object, path: str) -> object:
    for name in path.split("."):
        if not isinstance(answer, Mapping):
            return None
        answer = answer.get(name)
    return answer


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.timeout):
        return "等候超时 / no answer in time"
    return f"连接失败 / no connection: {reason}"
