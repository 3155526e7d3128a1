"""The database: base of the tables, column types, how it is opened."""

from engine.store.base import Base
from engine.store.database import IN_MEMORY, in_haste, open_database
from engine.store.types import BigKey, Instant, Json, Key

__all__ = ["IN_MEMORY", "Base", "BigKey", "Instant", "Json", "Key", "in_haste", "open_database"]
