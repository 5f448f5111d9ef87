"""Every test runs on a real PostgreSQL: the one in DATABASE_URL, or else the embedded one under var/."""
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from portal import embedded

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config):
    # What a test leaves on disk stays away from the portal that may run in this folder.
    scratch = Path(tempfile.mkdtemp(prefix="portal-test-"))
    config.add_cleanup(lambda: shutil.rmtree(scratch, ignore_errors=True))
    settings.MEDIA_ROOT = scratch / "media"
    settings.SPOOL_DIR = scratch / "spool"
    settings.STATIC_ROOT = scratch / "static"
    settings.STATIC_ROOT.mkdir()
    settings.MAIL_IN_BACKGROUND = False  # likewise: a letter is there when the answer is
    settings.STATS_BACKGROUND = False  # no threads: a test says itself when visits are collected
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # fmt: skip
    # Slow by purpose elsewhere; a test logs in a hundred times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Playwright's own loop runs in the thread of the tests, which Django would take for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Holds the embedded server for the whole run; several processes share one."""
    if not settings.EMBEDDED_DATABASE:
        yield
        return
    with embedded.running(settings.VAR_DIR):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Every test begins with no site settings and no pages in memory: the database of the one before is gone."""
    from news import drawn
    from portal import site

    drawn.pages.clear()
    site.forget()
    yield
    site.forget()
