"""What a batch of imported records changed or removed, so that exactly that batch can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KNOWN = "\"kind\" IN ('changed', 'removed')"


def upgrade() -> None:
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("import_batch_id", sa.Integer, sa.ForeignKey("import_batch.id"), nullable=False, index=True),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column(
            "kind", sa.Text, sa.CheckConstraint("\"kind\" IN ('changed', 'removed')", "kind_known"), nullable=False
        ),
        sa.Column("earlier_batch_id", sa.Integer, sa.ForeignKey("import_batch.id"), index=True),
        sa.Column("before", sa.Text, nullable=False),
        sa.UniqueConstraint("import_batch_id", "table_name", "row_id"),
    )


def downgrade() -> None:
    op.drop_table("import_change")
