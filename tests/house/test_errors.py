"""Every error speaks both languages with the same values."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from inspect import getdoc
from string import Formatter

import engine
import web
from engine.errors import ChengxinError


def kinds(of: type[ChengxinError] = ChengxinError) -> Iterator[type[ChengxinError]]:
    for kind in of.__subclasses__():
        if kind.__module__.startswith(("engine.", "web.")):
            yield kind
            yield from kinds(kind)


def import_all() -> None:
    for package in (engine, web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".errors"):
                importlib.import_module(module.name)


def values_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_an_error_says_the_same_in_both_languages() -> None:
    import_all()
    silent = [
        kind.__qualname__
        for kind in kinds()
        if ("zh" in vars(kind)) != ("en" in vars(kind))
        or (not kind.__subclasses__() and not hasattr(kind, "zh"))
    ]
    assert not silent


def test_every_error_is_explained_in_its_docstring() -> None:
    import_all()
    assert not [kind.__qualname__ for kind in kinds() if not getdoc(kind)]
