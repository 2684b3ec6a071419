"""In which calendar an entry is shown, its title as it was last read, and where it was moved to; by which entry an answer was given."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Until now there was one calendar; whose it is, the next pass writes down.
    op.add_column("shown", sa.Column("calendar", sa.Text, nullable=False, server_default=""))
    op.add_column("shown", sa.Column("title", sa.Text))
    op.add_column("shown", sa.Column("strayed", sa.Text))
    op.add_column("shown", sa.Column("noticed", sa.Text))
    op.add_column("outbox", sa.Column("calendar", sa.Text, nullable=False, server_default=""))
    op.add_column("answer", sa.Column("entry", sa.Text))
