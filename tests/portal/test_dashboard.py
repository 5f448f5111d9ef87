"""The visit figures on the newsroom's front desk."""
import factories
import pytest

from portal.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_the_front_desk_shows_the_figures_with_the_old_portal_s(admin_client):
    SiteSettings.objects.create(visits_before=1_940_858)
    html = admin_client.get("/quan-tri/?ngay=7").content.decode()
    assert "Thống kê truy cập" in html
    assert "1.940.858" in html
    assert "7 ngày qua" in html


@pytest.mark.parametrize("days", ["abc", "-1", "99999999999999999999", "\0", ""])
def test_an_odd_period_is_the_usual_one(admin_client, days):
    assert admin_client.get("/quan-tri/", {"ngay": days}).status_code in (200, 400)


@pytest.mark.parametrize("days", ["7", "abc", "", "999999999", "²"])
def test_the_figures_can_be_taken_away_as_a_file(admin_client, days):
    response = admin_client.get("/quan-tri/thong-ke/truy-cap.csv", {"ngay": days})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode("utf-8-sig").startswith("Ngày,Lượt truy cập")


def test_strangers_take_nothing_away(client):
    assert client.get("/quan-tri/thong-ke/truy-cap.csv").status_code == 302
    client.force_login(factories.user("khach", is_active=True))
    from portal.models import User

    User.objects.update(is_staff=False)
    assert client.get("/quan-tri/thong-ke/truy-cap.csv").status_code == 302


def test_somebody_without_the_newsroom_s_rights_is_told_so(client):
    from portal.models import User

    person = factories.user("khach")
    User.objects.update(is_staff=False)
    client.force_login(person)
    response = client.get("/quan-tri/", follow=True)
    assert response.status_code == 403
    assert "Bạn không có quyền" in response.content.decode()
