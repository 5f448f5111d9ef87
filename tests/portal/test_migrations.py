"""Migrations run forward, back and forward again on a database that holds articles."""
import factories
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = ["portal", "news", "stats"]


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_undone_and_done_again():
    factories.article(tags=["hội nghị"], image=factories.image())
    heads = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        migrate(*((app, None) for app in OURS))
        tables = connection.introspection.table_names()
        assert not any(table.startswith(("news_", "stats_", "portal_")) for table in tables)
    finally:
        migrate(*heads)
    tables = connection.introspection.table_names()
    assert {model._meta.db_table for model in apps.get_models()} <= set(tables)
    factories.article()
