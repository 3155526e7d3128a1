"""Sending a file to whoever asked for it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response


def sent_file(content: bytes, content_type: str, name: str, *, inline: bool) -> Response:
    """An answer that is a file; `inline` shows it in the browser, else it is saved."""
    response = Response(content, mimetype=content_type)
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
    return response
