"""Every table of the product in one place: what migrations are compared with."""

from __future__ import annotations

from sqlalchemy import MetaData

import engine.documents.models
import engine.identity.models
import engine.register.models
import engine.runtime.imports.models
import engine.runtime.models
import engine.runtime.numbering
import engine.scenario.models  # noqa: F401 (all of them declare tables)
from engine.store import Base


def declared() -> MetaData:
    """The schema as the models declare it."""
    return Base.metadata
