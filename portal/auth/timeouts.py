"""Limits on what a request may ask of the database; commands (imports, migrations) have none."""
from django.conf import settings
from django.db.backends.signals import connection_created


def limit(connection, **kwargs) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, false),"
            " set_config('idle_in_transaction_session_timeout', %s, false)",
            [f"{settings.STATEMENT_SECONDS}s", f"{settings.IDLE_TRANSACTION_SECONDS}s"],
        )


def begin() -> None:
    """For the process that answers requests: every connection that it opens from now on is limited."""
    connection_created.connect(limit, dispatch_uid="portal.auth.timeouts")
