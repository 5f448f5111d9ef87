"""The site's own words: settings in the admin, kept in memory, renewed everywhere."""
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction

from portal import figures, site
from portal.models import Generation, Link, MenuItem, SiteSettings

pytestmark = pytest.mark.django_db


def test_a_portal_without_settings_has_sane_ones(client):
    assert "Cổng thông tin điện tử thành phố Sông Công" in client.get("/").content.decode()


def test_there_is_one_row_of_settings():
    SiteSettings.objects.create(name="Cổng thông tin huyện Phú Bình")
    SiteSettings(name="Cổng thông tin thị xã Phổ Yên").save()
    assert SiteSettings.objects.get().name == "Cổng thông tin thị xã Phổ Yên"
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.bulk_create([SiteSettings(pk=2)])


def test_settings_cost_no_query_once_they_are_known(django_assert_num_queries):
    site.current()
    with django_assert_num_queries(0):
        site.current()


def test_a_change_in_the_admin_is_on_the_next_page(admin_client, django_capture_on_commit_callbacks):
    site.current()
    SiteSettings.objects.create()
    name = "Cổng thông tin thị trấn Hương Sơn"
    form = {"name": name, "organisation": "UBND", "colour": "#0b5d3b", "visits_before": 7}
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post("/quan-tri/portal/sitesettings/1/change/", form)
    html = admin_client.get("/").content.decode()
    assert name in html
    assert ":root{--brand:#0b5d3b}" in html


@pytest.mark.parametrize("make", [
    lambda: SiteSettings.objects.create(),
    lambda: MenuItem.objects.create(label="Liên hệ", address="/trang/lien-he/"),
    lambda: Link.objects.create(label="Chính phủ", address="https://chinhphu.vn/"),
])  # fmt: skip
def test_every_change_moves_the_generation(make):
    before = Generation.objects.values_list("number", flat=True).first() or 0
    made = make()
    after = Generation.objects.get().number
    assert after > before
    made.delete()
    assert Generation.objects.get().number > after


def test_a_change_that_is_rolled_back_moves_nothing():
    Generation.move()
    before = Generation.objects.get().number
    with pytest.raises(RuntimeError), transaction.atomic():
        MenuItem.objects.create(label="Thử", address="/")
        raise RuntimeError
    assert Generation.objects.get().number == before


@pytest.mark.parametrize("colour", ["red", "#fff", "#ffff00", "#12345", "url(x)", "#a3161a;"])
def test_a_colour_that_cannot_carry_white_text_is_refused(colour):
    with pytest.raises(ValidationError):
        SiteSettings(colour=colour).full_clean()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "evil.example", "/a b", "/\\evil.example",
                                     "data:text/html,x", " /x"])  # fmt: skip
def test_a_menu_leads_only_where_it_says(address):
    with pytest.raises(ValidationError):
        MenuItem(label="x", address=address).full_clean()


def test_the_page_of_a_bad_day_asks_no_database(client, django_assert_num_queries):
    from portal.views import errors

    with django_assert_num_queries(0):
        response = errors.server_error(None)
    html = response.content.decode()
    assert response.status_code == 500
    assert "Cổng thông tin điện tử thành phố Sông Công" in html
    assert "<h1" in html


def test_a_failing_view_shows_that_page(client, monkeypatch):
    client.raise_request_exception = False
    from portal.views import home

    monkeypatch.setattr(home, "_newest_by_category", lambda: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "trục trặc" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def test_a_form_from_elsewhere_is_refused_in_vietnamese():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Phiên làm việc đã hết hạn" in response.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x()"])
def test_logging_in_leads_only_to_own_pages(client, target):
    import factories

    factories.user("mai")
    response = client.post("/dang-nhap/", {"username": "mai", "password": "mật khẩu rất dài", "next": target})
    assert response["Location"] == "/quan-tri/"


def test_logging_out_needs_a_form(client, admin_user):
    client.force_login(admin_user)
    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


@pytest.mark.django_db(transaction=True)
def test_a_worker_knows_what_the_old_portal_had_counted_before_its_first_request(django_assert_num_queries):
    SiteSettings.objects.create(visits_before=1_940_858)
    site.forget()
    site.prepare()
    with django_assert_num_queries(0):
        assert figures.current().total == 1_940_858


@pytest.mark.django_db(transaction=True)
def test_a_worker_starts_without_a_database(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(site, "renew", away)
    site.forget()
    site.prepare()
    assert site.remembered().settings.name
