"""Alembic's entry point: it is always handed the connection to use."""

from alembic import context

from daemon.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the caller's transaction holds it all
    render_as_batch=True,
)
context.run_migrations()
