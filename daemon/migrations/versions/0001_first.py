"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    strict = {"sqlite_strict": True}
    op.create_table(
        "fact",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        **strict,
    )
    op.create_table(
        "source",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("cursor", sa.Text),
        sa.Column("last_good", sa.Text),
        sa.Column("failing_since", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text),
        **strict,
    )
    op.create_table(
        "item",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("href", sa.Text, primary_key=True),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        **strict,
    )
    op.create_table(
        "message",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("sent", sa.Text, nullable=False),
        sa.Column("stored", sa.Text, nullable=False),
        sa.Column("reading", sa.Text),
        sa.Column("problem", sa.Text),
        **strict,
    )
    op.create_index("message_sent", "message", ["sent"])
    op.create_table(
        "answer",
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        **strict,
    )
    op.create_table(
        "shown",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("href", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("there", sa.Integer, nullable=False),
        **strict,
    )
    op.create_table(
        "outbox",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("href", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("decided", sa.Text, nullable=False),
        **strict,
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("world", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        **strict,
    )
