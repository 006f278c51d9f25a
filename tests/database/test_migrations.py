"""What the migrations build is what the schema says, and can be taken down again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dashboard.database import engine
from dashboard.database.schema import TABLES, metadata
from dashboard.database.snapshot import take


def described(connection: sa.Connection) -> dict[str, Any]:
    look = sa.inspect(connection)
    names = [table.name for table in TABLES]
    parts = (
        look.get_multi_columns, look.get_multi_pk_constraint, look.get_multi_foreign_keys,
        look.get_multi_unique_constraints, look.get_multi_check_constraints, look.get_multi_indexes,
    )  # fmt: skip
    found = {part.__name__: dict(part(filter_names=names)) for part in parts}
    for columns in found["get_multi_columns"].values():
        columns.sort(key=lambda column: column["name"])  # a column that was added later stands last
    return {part: {key: repr(value) for key, value in tables.items()} for part, tables in found.items()}


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


OLDER = """
INSERT INTO programme (id, code, acronym, title, start, "end", service_standard, time_zone, source, dataset)
    VALUES (1, 'P', 'P', 'A programme', '2014-01-01', '2016-12-31', 3, 'Europe/Brussels', 'By hand', 'recorded');
INSERT INTO report (id, programme_id, code, title, title_ja, topic, published_on)
    VALUES (1, 1, 'R', 'Findings', '分析', 'policy', '2015-02-28');
"""


def test_an_older_record_gets_its_japanese_twins(record_url: str, elsewhere) -> None:
    with engine.writing(record_url) as connection:
        command.downgrade(engine.migrations(connection), "0003")
        assert "topic_ja" not in {column["name"] for column in sa.inspect(connection).get_columns("report")}
    elsewhere(record_url, OLDER)
    assert engine.upgrade(record_url) == ("0003", engine.head())
    elsewhere(record_url, "UPDATE report SET topic_ja = '政策'; UPDATE programme SET source_ja = '手入力'")
    snapshot = take(record_url)
    query = "SELECT title, title_ja, topic, topic_ja, source, source_ja, published_on::TEXT FROM report"
    assert snapshot.rows(query) == [("Findings", "分析", "policy", "政策", None, None, "2015-02-28")]
    assert snapshot.rows("SELECT title, source, source_ja FROM programme") == [("A programme", "By hand", "手入力")]


def test_down_and_up_again(record_url: str) -> None:
    with engine.writing(record_url) as connection:
        command.downgrade(engine.migrations(connection), "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    assert engine.upgrade(record_url) == (None, engine.head())
    assert set(engine.info(record_url).rows.values()) == {0}


def test_an_upgrade_of_a_record_that_is_up_to_date_changes_nothing(record_url: str) -> None:
    assert engine.upgrade(record_url) == (engine.head(), engine.head())
