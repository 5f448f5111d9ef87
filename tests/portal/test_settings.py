import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env
from portal.colour import contrast, parse_hex


@pytest.mark.parametrize(("text", "on"), [("1", True), ("true", True), ("YES", True), ("0", False), ("off", False)])
def test_a_switch_is_read_in_its_usual_spellings(monkeypatch, text, on):
    monkeypatch.setenv("DEBUG", text)
    assert env.boolean("DEBUG", False) is on


@pytest.mark.parametrize("text", ["²", "-1", "1.5", "99", "x"])
def test_a_number_out_of_bounds_is_refused(monkeypatch, text):
    monkeypatch.setenv("TRUSTED_PROXIES", text)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        env.integer("TRUSTED_PROXIES", 0, high=16)


def test_a_database_address_gives_django_its_settings(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:s%40crt@db.example:5433/cong")
    config = env.database("DATABASE_URL")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "cong")
    assert (config["USER"], config["PASSWORD"]) == ("portal", "s@crt")


def test_a_socket_folder_keeps_its_capital_letters(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@%2Fvar%2FRun%2Fpg/cong")
    assert env.database("DATABASE_URL")["HOST"] == "/var/Run/pg"


def test_a_password_is_never_repeated_in_a_complaint(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://portal:matkhau@db/cong")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.database("DATABASE_URL")
    assert "matkhau" not in str(refused.value)


def test_a_key_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    file = tmp_path / "var" / "secret_key"
    first = env.secret_key("SECRET_KEY", keep_in=file)
    assert env.secret_key("SECRET_KEY", keep_in=file) == first
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    file = tmp_path / "secret_key"
    file.write_text("")
    with pytest.raises(ImproperlyConfigured, match="damaged"):
        env.secret_key("SECRET_KEY", keep_in=file)


@pytest.mark.parametrize("value", ["https://a.example/path", "ftp://a.example", "a.example", "https://", "https://a:99999"])
def test_a_site_address_must_be_one(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.site_url("SITE_URL", "http://127.0.0.1:8000")


def test_black_on_white_has_the_greatest_contrast():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_the_colour_that_comes_with_the_portal_carries_white_text():
    from portal.models import SiteSettings

    assert contrast(parse_hex(SiteSettings.DEFAULT_COLOUR), (255, 255, 255)) >= 4.5
