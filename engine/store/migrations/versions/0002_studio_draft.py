"""drafts of the studio"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "studio_draft",
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("base_key", KEY, nullable=True),
        sa.Column("revision", KEY, nullable=False),
        sa.Column("saved_at", types.Instant(), nullable=False),
        sa.Column("saved_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_key"], ["resource.key"], name=op.f("fk_studio_draft_base_key")
        ),
        sa.PrimaryKeyConstraint("file_name", name=op.f("pk_studio_draft")),
    )


def downgrade() -> None:
    op.drop_table("studio_draft")
