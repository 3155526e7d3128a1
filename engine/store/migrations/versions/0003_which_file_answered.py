"""which file answered"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Records of before were all answered by the file of the decision that was asked."""
    with op.batch_alter_table("decision_instance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("file_name", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("file_hash", sa.String(length=64), nullable=False, server_default="")
        )
    definition = sa.table("decision_definition", sa.column("key"), sa.column("resource_key"))
    file = sa.table("resource", sa.column("key"), sa.column("file_name"), sa.column("content_hash"))
    record = sa.table(
        "decision_instance",
        sa.column("decision_definition_key"),
        sa.column("file_name"),
        sa.column("file_hash"),
    )
    same = sa.and_(
        file.c.key == definition.c.resource_key,
        definition.c.key == record.c.decision_definition_key,
    )
    op.execute(
        record.update().values(
            file_name=sa.select(file.c.file_name).where(same).scalar_subquery(),
            file_hash=sa.select(file.c.content_hash).where(same).scalar_subquery(),
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("decision_instance", schema=None) as batch_op:
        batch_op.drop_column("file_hash")
        batch_op.drop_column("file_name")
