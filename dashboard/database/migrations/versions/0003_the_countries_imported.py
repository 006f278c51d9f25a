"""For which countries the projects of the EU's framework programmes were imported: those can be compared.

Projects of earlier imports were kept for Japan, which the command takes where no other country is named; of imports
for another country nothing was noted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "eu_project_focus",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("eu_project_id", sa.Integer, sa.ForeignKey("eu_project.id"), nullable=False, index=True),
        sa.Column("country", sa.Text, sa.CheckConstraint('length("country") = 2', "country_alpha_2"), nullable=False),
        sa.Column("import_batch_id", sa.Integer, sa.ForeignKey("import_batch.id"), index=True),
        sa.UniqueConstraint("eu_project_id", "country"),
    )
    op.execute(
        "INSERT INTO eu_project_focus (eu_project_id, country) "
        "SELECT DISTINCT eu_project_id, 'JP' FROM eu_participation WHERE country = 'JP'"
    )


def downgrade() -> None:
    op.drop_table("eu_project_focus")
