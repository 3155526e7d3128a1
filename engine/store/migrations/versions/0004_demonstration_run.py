"""how far the cases of the demonstration have been played"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "demonstration_run",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("until", types.Instant(), nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("cases", types.Json(), nullable=False),
        sa.Column("finished_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_demonstration_run")),
    )


def downgrade() -> None:
    op.drop_table("demonstration_run")
