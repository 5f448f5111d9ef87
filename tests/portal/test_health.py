"""What a monitor asks."""
import pytest
from django.conf import settings
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def test_a_process_that_lives_says_so_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_a_healthy_portal_is_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    text = response.content.decode()
    for line in ("database: ok", "media: ok", "spool: ok", "lost_hits: 0"):
        assert line in text


def test_a_portal_without_its_database_is_not_ready(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "database: does not answer" in response.content.decode()


@pytest.mark.parametrize(("setting", "name"), [("MEDIA_ROOT", "media"), ("SPOOL_DIR", "spool")])
def test_a_folder_that_cannot_be_written_is_named(client, monkeypatch, tmp_path, setting, name):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file stands where the folder should")
    monkeypatch.setattr(settings, setting, blocked / "in")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert f"{name}: cannot be written" in response.content.decode()


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/thong-ke/truy-cap.json"])
def test_what_monitors_read_is_never_kept(client, address):
    assert client.get(address)["Cache-Control"] == "no-store"


def test_the_figures_are_an_object_of_numbers(client):
    figures = client.get("/thong-ke/truy-cap.json").json()
    assert set(figures) == {"online", "today", "month", "total"}
    assert all(isinstance(number, int) for number in figures.values())
