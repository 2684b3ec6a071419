"""Every answer, and not the last one alone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "said",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("entry", sa.Text),
        sqlite_strict=True,
    )
    op.create_index("said_about", "said", ["about"])
    # Of each thing the last answer is known.
    op.execute(
        "INSERT INTO said (about, verdict, at, how, entry) SELECT about, verdict, at, how, entry FROM answer ORDER BY at"
    )
