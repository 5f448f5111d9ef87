"""The pages around an account speak Vietnamese, whatever happens on them, and so do their letters."""
import factories
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from door import NEW, PASSWORD, code_for, enrol, link_in, log_in
from test_no_english import Reader, Visible, english_in

from portal.auth import factor
from portal.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(db):
    return factories.user("lan", "Ban biên tập", full_name="Hoàng Thị Lan", email="lan@example.org")


def test_no_page_of_the_account_is_in_english(client, lan, monkeypatch):
    monkeypatch.setattr(factor.secrets, "token_hex", lambda size: "00" * size)  # random letters are words at times
    reader = Reader(client)
    client.force_login(lan)
    for page in ("", "ho-so/", "mat-khau/", "xac-nhan/", "thu-dien-tu/", "hai-buoc/", "ma-du-phong/"):
        reader.get(f"/tai-khoan/{page}")
        for form in ({}, {"password": "sai", "old_password": "sai", "new_password1": "a", "new_password2": "b",
                          "email": "khong phai", "code": "000000", "full_name": "x" * 200}):  # fmt: skip
            reader.post(f"/tai-khoan/{page}", form, str(len(form)))
    for weak in ("Hoàng Thị Lan 2026", "12345678901234567", "aaaaaaaaaaaaaaaaaaa", "x" * 501, "password12345678"):
        form = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
        reader.post("/tai-khoan/mat-khau/", form, weak[:9])
    gone = client.get("/tai-khoan/thu-dien-tu/x/")
    assert gone.status_code == 410
    assert not Visible(gone.content.decode()).english
    chief = Client()
    chief.force_login(factories.user("quantri", full_name="Trần Văn Bình", is_superuser=True))
    admin = Reader(chief)
    for address in (f"/quan-tri/portal/user/{lan.pk}/change/", f"/quan-tri/portal/user/{lan.pk}/hai-buoc/",
                    "/quan-tri/portal/user/?hai_buoc=co", "/quan-tri/portal/policyreport/"):  # fmt: skip
        admin.get(address)
    admin.post(f"/quan-tri/portal/user/{lan.pk}/hai-buoc/")
    assert not reader.found
    assert not admin.found


def test_no_page_of_the_door_is_in_english(client, lan):
    reader = Reader(client)
    key, _ = enrol(lan)
    reader.post("/dang-nhap/", {"username": "lan", "password": PASSWORD}, "half")
    reader.post("/dang-nhap/ma-xac-thuc/", {"code": "000000"}, "wrong")
    reader.post("/dang-nhap/ma-xac-thuc/", {}, "empty")
    reader.post("/dang-nhap/ma-xac-thuc/", {"code": code_for(key)}, "in")
    client.logout()
    reader.get("/tai-khoan/quen-mat-khau/")
    reader.post("/tai-khoan/quen-mat-khau/", {"email": "x"}, "wrong")
    reader.post("/tai-khoan/quen-mat-khau/", {"email": lan.email}, "sent")
    link = link_in(mail.outbox[-1])
    page = client.get(link, follow=True)
    reader.look(page, "reset")
    reader.post(page.redirect_chain[-1][0], {"new_password1": "a", "new_password2": "b"}, "weak")
    reader.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW}, "done")
    reader.get("/tai-khoan/dat-lai-mat-khau/x/y/")
    User.objects.update(second_factor_due=timezone.now())
    for name, password in (("lan", "sai"), ("lan", "sai"), ("", ""), ("lan", NEW)):
        reader.post("/dang-nhap/", {"username": name, "password": password}, f"{name} {password}")
    lan.refresh_from_db()
    factor.remove(lan, "Thử")
    lan.set_password("gạo tám 9xk")
    lan.second_factor_due = None
    lan.save()
    reader.post("/dang-nhap/", {"username": "lan", "password": "gạo tám 9xk"}, "short")
    reader.get("/dang-nhap/mat-khau-dai-hon/")
    reader.post("/dang-nhap/mat-khau-dai-hon/", {"new_password1": "a", "new_password2": "b"}, "weak")
    assert client.get("/dang-nhap/mat-khau-dai-hon/").status_code == 200
    assert not reader.found


def test_refusals_are_in_vietnamese(client, lan):
    found = set()
    for _ in range(7):
        page = log_in(client, "lan", "sai")
        found |= set(english_in(page.content.decode().partition("<main")[2].partition("</main")[0]
                                .partition('role="alert">')[2].partition("</div>")[0]))  # fmt: skip
    assert page.status_code == 429
    assert found <= {"role", "alert"}


def test_letters_are_in_vietnamese_and_name_the_portal(client, lan, django_capture_on_commit_callbacks):
    client.force_login(lan)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
        client.post("/tai-khoan/thu-dien-tu/", {"email": "moi@example.org"})
        client.get("/tai-khoan/hai-buoc/")
        client.post("/tai-khoan/hai-buoc/", {"code": code_for(client.session["new_factor_key"])})
        client.post("/tai-khoan/ma-du-phong/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link_in(next(letter for letter in mail.outbox if letter.to == ["moi@example.org"])))
    assert len(mail.outbox) >= 4
    for letter in mail.outbox:
        words = [word for line in letter.body.splitlines() if "://" not in line for word in english_in(line)]
        assert words == [], letter.subject
        assert "Cổng thông tin điện tử thành phố Sông Công" in letter.body
        assert "\n" not in letter.subject
