"""The built scripts and styles: their names carry a hash, so browsers keep them for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
A_YEAR = 365 * 24 * 3600


def manifest() -> Mapping[str, str]:
    """Name → built name (`app.css` → `app-4F2K.css`); empty if the front end is not built."""
    return _json(*_version("manifest.json")) or {}


def licences() -> tuple[Mapping[str, str], ...]:
    """Name, version, licence and licence text of every package in the built scripts."""
    return tuple(_json(*_version("licences.json")) or ())


def asset(name: str) -> str:
    """The address of a built script or style."""
    return url_for("static", filename=f"dist/{manifest().get(name, name)}")


def has_asset(name: str) -> bool:
    """Whether a script or style of this name was built."""
    return name in manifest()


def init_assets(app: Flask) -> None:
    """Templates get `asset(name)`; built files may be kept for a year."""
    app.jinja_env.globals.update(asset=asset, has_asset=has_asset)
    if not manifest():
        app.logger.warning("the front end is not built: run `make setup`")

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            name = Path(request.path).name
            if name in manifest().values():
                response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        return response


def _version(name: str) -> tuple[Path, int]:
    """The file and when it was written, so that a new build is seen without a restart."""
    file = DIST / name
    return file, file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=4)
def _json(file: Path, written: int) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if written else None
