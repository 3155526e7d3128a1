"""Alembic's entry: migrations run on the connection they are handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from engine.store.base import Base


def readable(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the product's own column types by their name in `engine.store.types`."""
    if kind == "type" and type(item).__module__ == "engine.store.types":
        return f"types.{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=readable,
)
with context.begin_transaction():
    context.run_migrations()
