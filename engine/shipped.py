"""The files that ship with the product: diagrams, tables, forms."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """The folder `name` (`bpmn`, `dmn`, `forms`) as shipped.

    In an installed release it lies inside the package, in a checkout at the top level.
    Raises `FileNotFoundError` if there is none.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no shipped folder {name!r}")
