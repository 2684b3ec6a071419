"""Where an entry goes that had to leave its address, when it comes again; and what was written since the last look; who signed a message, and its body for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("item", sa.Column("unseen", sa.Integer, nullable=False, server_default="0"))
    op.add_column("message", sa.Column("signed", sa.Text))
    op.add_column("message", sa.Column("body", sa.LargeBinary))
    op.create_table(
        "moved",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
