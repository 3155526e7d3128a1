"""Alembic's entry: migrations run on the connection they are handed."""

from __future__ import annotations

from alembic import context

from engine.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
