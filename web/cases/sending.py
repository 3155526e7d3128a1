"""Sending a file to whoever asked for it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from engine.documents import ArchivedDocument

PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""A letter is shown by the browser's own reader, which is a plug-in of its page."""


def sent_file(content: bytes, content_type: str, name: str, *, inline: bool) -> Response:
    """An answer that is a file; `inline` shows it in the browser, else it is saved."""
    response = Response(content, mimetype=content_type)
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
    return response


def sent_letter(document: ArchivedDocument, content: bytes) -> Response:
    """A letter as it was served, shown by the browser's own reader."""
    name = f"{document.title} {document.number}".strip()
    response = sent_file(content, "application/pdf", f"{name}.pdf", inline=True)
    response.headers["Content-Security-Policy"] = PDF_POLICY
    response.headers["ETag"] = f'"{document.sha256}"'
    return response
