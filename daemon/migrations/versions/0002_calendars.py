"""What calendars of many makes need, and lines that a person settled."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # SQLite adds a column that may not be null only with a default.
    op.add_column("item", sa.Column("stale", sa.Integer, nullable=False, server_default="0"))
    op.add_column("item", sa.Column("gone", sa.Integer, nullable=False, server_default="0"))
    op.add_column("source", sa.Column("listed", sa.Text))
    op.add_column("shown", sa.Column("generation", sa.Integer, nullable=False, server_default="0"))
    op.add_column("shown", sa.Column("wanted", sa.Text))
    op.add_column("shown", sa.Column("kept", sa.Text))
    op.create_table(
        "settled",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
    )
