"""imports of tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_kind", sa.String(length=8), nullable=False),
        sa.Column("header", types.Json(), nullable=False),
        sa.Column("unknown", types.Json(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("organisation_path", sa.String(length=200), nullable=False),
        sa.Column("started_by", sa.String(length=64), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_import_run")),
    )
    op.create_index(
        op.f("ix_import_run_organisation_path_key"), "import_run", ["organisation_path", "key"]
    )
    op.create_index(op.f("ix_import_run_state_key"), "import_run", ["state", "key"])
    op.create_table(
        "import_row",
        sa.Column("run_key", KEY, autoincrement=False, nullable=False),
        sa.Column("row_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("cells", types.Json(), nullable=False),
        sa.Column("errors", types.Json(), nullable=False),
        sa.Column("instance_key", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_key"], ["process_instance.key"], name=op.f("fk_import_row_instance_key")
        ),
        sa.ForeignKeyConstraint(
            ["run_key"], ["import_run.key"], name=op.f("fk_import_row_run_key")
        ),
        sa.PrimaryKeyConstraint("run_key", "row_no", name=op.f("pk_import_row")),
    )
    op.create_index(
        op.f("ix_import_row_run_key_instance_key"), "import_row", ["run_key", "instance_key"]
    )
    op.create_index(
        op.f("ix_import_row_run_key_state_row_no"), "import_row", ["run_key", "state", "row_no"]
    )


def downgrade() -> None:
    op.drop_table("import_row")
    op.drop_table("import_run")
