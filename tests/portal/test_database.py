"""A connection that is used again: known to live without a question, and found dead where it is."""
import select
from unittest import mock

import pytest
from django.db import connection
from django.db.backends.postgresql import base as django_base

from portal.database import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    """A connection of its own beside the test's, just heard of."""
    made = connection.copy()
    made.ensure_connection()
    assert made.is_usable()
    yield made
    made.close()


@pytest.fixture
def asked():
    with mock.patch.object(django_base.DatabaseWrapper, "is_usable", autospec=True, return_value=True) as asking:
        yield asking


def test_the_portal_uses_it():
    assert isinstance(connection.copy(), base.DatabaseWrapper)


def test_a_line_in_use_is_not_asked(line, asked):
    assert line.is_usable()
    asked.assert_not_called()


def test_a_line_that_idled_is_asked(line, asked, monkeypatch):
    monkeypatch.setattr(base, "IDLE", -1.0)
    assert line.is_usable()
    asked.assert_called_once()


def test_a_line_with_an_error_is_asked(line, asked):
    line.errors_occurred = True
    assert line.is_usable()
    asked.assert_called_once()


def test_a_line_that_the_server_ended_is_found_dead(line):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [line.connection.get_backend_pid()])
    select.select([line.connection.fileno()], [], [], 10)
    assert not line.is_usable()


def test_a_closed_line_is_no_line(line):
    line.connection.close()
    assert not line.is_usable()
