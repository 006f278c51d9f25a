"""What the migrations build is what the schema says, and can be taken down again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dashboard.database import engine
from dashboard.database.schema import TABLES, metadata


def described(connection: sa.Connection) -> dict[str, Any]:
    look = sa.inspect(connection)
    names = [table.name for table in TABLES]
    parts = (
        look.get_multi_columns, look.get_multi_pk_constraint, look.get_multi_foreign_keys,
        look.get_multi_unique_constraints, look.get_multi_check_constraints, look.get_multi_indexes,
    )  # fmt: skip
    return {part.__name__: {key: repr(value) for key, value in part(filter_names=names).items()} for part in parts}


def test_the_migrations_build_the_schema(record_url: str, databases) -> None:
    with engine.reading(record_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        migrated = described(connection)
    direct = databases.new()
    if direct.startswith("sqlite"):
        open(direct.removeprefix("sqlite:///"), "x").close()
    with engine.writing_engine(direct).begin() as connection:
        metadata.create_all(connection)
        assert described(connection) == migrated


def test_down_and_up_again(record_url: str) -> None:
    with engine.writing(record_url) as connection:
        command.downgrade(engine.migrations(connection), "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    assert engine.upgrade(record_url) == (None, engine.head())
    assert set(engine.info(record_url).rows.values()) == {0}


def test_an_upgrade_of_a_record_that_is_up_to_date_changes_nothing(record_url: str) -> None:
    assert engine.upgrade(record_url) == (engine.head(), engine.head())
