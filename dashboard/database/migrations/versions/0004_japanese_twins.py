"""What Japanese pages showed in English: a report's topic, the part of a funding programme, where a record is from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ADDED = (
    ("programme", "source_ja"), ("organisation", "source_ja"), ("activity", "source_ja"), ("milestone", "source_ja"),
    ("report", "source_ja"), ("report", "topic_ja"), ("application", "part_ja"),
)  # fmt: skip


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.Text))


def downgrade() -> None:
    for table, column in ADDED:
        op.drop_column(table, column)
