"""What a scenario can do and expect: every module of this folder registers its kinds of steps.

A new file here is a new family of steps; nothing else needs to name it.
"""

from importlib import import_module
from pkgutil import iter_modules

from engine.scenario.steps.registry import Key, Kind, kind_of, kinds

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

__all__ = ["Key", "Kind", "kind_of", "kinds"]
