"""What service tasks may ask of the register. Each writes in the transaction of its job.

A new file here is a new subject; nothing else needs to name it.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
