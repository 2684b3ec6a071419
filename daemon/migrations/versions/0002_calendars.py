"""What calendars of many makes need: items whose newest version cannot be read, and entries as servers keep them."""

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
