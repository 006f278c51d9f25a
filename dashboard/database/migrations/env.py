"""Alembic's entry: migrate over the connection, and in the transaction, that `engine` opened."""

from alembic import context

from dashboard.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
