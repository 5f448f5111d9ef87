"""The first step: who gets in, what is said to who does not, and where the way leads."""
import re
from unittest.mock import ANY

import factories
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from door import ACCOUNT, LOGIN, NEW, PASSWORD, is_in, log_in

from portal.auth import entry, passwords, throttle
from portal.models import LogEntry, User

pytestmark = pytest.mark.django_db


def message(response):
    return re.search(r'role="alert">(.*?)</div>', response.content.decode(), re.S)[1]


def test_a_right_password_opens_and_leads_where_one_wanted(client):
    factories.user("lan")
    response = log_in(client, "lan", next="/quan-tri/news/article/?p=2")
    assert response["Location"] == "/quan-tri/news/article/?p=2"
    assert is_in(client)


def test_a_password_typed_with_combining_marks_is_the_same_password(client):
    import unicodedata

    factories.user("lan")
    log_in(client, "lan", unicodedata.normalize("NFD", PASSWORD))
    assert is_in(client)


def test_the_answers_to_known_unknown_closed_and_passwordless_names_are_one(client):
    factories.user("lan")
    factories.user("cu", is_active=False)
    machine = factories.user("may")
    machine.set_unusable_password()
    machine.save()
    answers = {name: log_in(client, name, "sai") for name in ("lan", "khongco", "cu", "may")}
    assert {response.status_code for response in answers.values()} == {200}
    pages = {re.sub(r'value="[^"]*"', "", response.content.decode()) for response in answers.values()}
    assert len(pages) == 1
    assert log_in(client, "cu").content.decode().count("chưa đúng") == 1  # closed, with the right password


@pytest.mark.parametrize("form", [{}, {"username": "lan"}, {"password": "x"}, {"username": "\0", "password": "\0"},
                                  {"username": "x" * 151, "password": "x"}, {"username": "x", "password": "y" * 501},
                                  {"username": "lan", "password": "a\0b"},
                                  {"username": "lan", "password": "x", "ticket": "x" * 999},
                                  {"username": "lan", "password": "x", "next": "\0"}])  # fmt: skip
def test_no_form_is_too_odd(client, form):
    factories.user("lan")
    assert client.post(LOGIN, form).status_code in (200, 400)
    assert not is_in(client)


def test_the_form_is_what_password_managers_look_for(client):
    page = client.get(f"{LOGIN}?next=/tai-khoan/").content.decode()
    assert page.count("<form") - page.count('role="search"') == 1 or 'autocomplete="username"' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'name="next" value="/tai-khoan/"' in page


def test_an_old_hash_is_renewed_as_argon2_at_the_next_login(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher",
                                 "django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # fmt: skip
    lan = factories.user("lan")
    User.objects.filter(pk=lan.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    log_in(client, "lan")
    lan.refresh_from_db()
    assert identify_hasher(lan.password).algorithm == "argon2"


def test_the_sessions_key_is_new_after_a_login(client):
    factories.user("lan")
    client.get(LOGIN)
    session = client.session  # somebody else chose this one
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(client, "lan")
    assert client.cookies["sessionid"].value != session.session_key
    assert is_in(client)
    client.cookies["sessionid"] = session.session_key
    assert not is_in(client)


def test_a_session_key_that_nobody_gave_is_never_taken(client):
    factories.user("lan")
    client.cookies["sessionid"] = "a" * 32
    log_in(client, "lan")
    assert client.cookies["sessionid"].value != "a" * 32


def test_the_admins_own_login_and_password_pages_lead_here(client):
    assert client.get("/quan-tri/login/?next=/quan-tri/news/").url == "/dang-nhap/?next=/quan-tri/news/"
    assert client.get("/quan-tri/password_change/", follow=True).redirect_chain[-1][0].startswith(LOGIN)


def test_who_is_in_already_is_led_on(client):
    client.force_login(factories.user("lan"))
    assert client.get(f"{LOGIN}?next=/tai-khoan/").url == "/tai-khoan/"
    assert client.get(f"{LOGIN}?next=//evil.example").url == "/quan-tri/"


def test_what_is_typed_as_a_name_is_shown_as_text(client):
    page = log_in(client, '"><script>alert(1)</script>', "sai").content.decode()
    assert "<script>alert(1)" not in page


def test_a_failure_is_logged_with_the_name_and_never_the_password(client):
    log_in(client, "lan\nquantri: Đăng nhập", "bí mật của tôi")
    entry_ = LogEntry.objects.get(action="auth.failed")
    assert entry_.target_name == "lan\\nquantri: Đăng nhập"
    assert "bí mật" not in str(list(LogEntry.objects.values_list()))


def test_known_and_unknown_names_cost_the_same_work(client, settings, monkeypatch):
    """As many hashes and queries; what that is on the wall: `tests/bench/door.py`."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    monkeypatch.setattr(throttle, "PRUNE_ONE_IN", 10**9)
    factories.user("lan")
    hashes = []
    for method in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, method)
        monkeypatch.setattr(Argon2PasswordHasher, method,
                            lambda *given, real=real: hashes.append(1) or real(*given))  # fmt: skip

    def cost(name):
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            assert log_in(client, name, "sai", address=f"10.0.0.{len(name)}").status_code == 200
        return len(hashes), len(queries)

    cost("ai-do")
    assert cost("lan") == cost("khongco") == (1, ANY)


# ---------------------------------------------------------------- passwords


@pytest.mark.parametrize("password", [
    "ngắn", "mười ba ký tự"[:13], "aaaaaaaaaaaaaaaa", "abababababababab", "12345678901234567890", "matkhau123456789",
    "MậtKhẩu@2026@2026", "passwordpassword", "Hoàng Thị Lan 2026", "hoangthilan12345", "lan.hoang@2026!!",
    "Lan-Lan-Lan-Lan-Lan", "qwertyuiop123456", "quantriadmin2026", "x" * 501, "emyeuanhanhyeuem", "Mai Hoa Mai Hoa 1",
])  # fmt: skip
def test_a_weak_password_is_refused(password):
    from django.contrib.auth.password_validation import validate_password

    lan = factories.user("lan.hoang", full_name="Hoàng Thị Lan", pen_name="Mai Hoa", email="hoanglan@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, lan)


@pytest.mark.parametrize("password", [NEW, "một câu khác hẳn", "Chiều nay mưa to quá", "trâu ơi ta bảo trâu này",
                                      "xq7-Vb2m.Kp9wZ4", "🌾 lúa chín vàng đồng"])  # fmt: skip
def test_a_sentence_is_a_good_password(password):
    from django.contrib.auth.password_validation import validate_password

    validate_password(password, factories.user("lan.hoang", full_name="Hoàng Thị Lan"))


def test_eight_characters_do_beside_a_second_factor():
    from door import enrol

    lan = factories.user("lan")
    with pytest.raises(ValidationError):
        passwords.LengthValidator().validate("gạo tám 9", lan)
    enrol(lan)
    passwords.LengthValidator().validate("gạo tám 9", lan)


# ---------------------------------------------------------------- where `next` leads

HOSTS = ["evil.example", "evil.example:443", "testserver@evil.example", "127.0.0.1", "[::1]", "evil。example", "xn--e"]
STARTS = ["//", "///", "////", "/\\", "\\\\", "\\/", "/\\/", "http://", "https://", "https:/", "https:", "http:\\\\",
          "HTTPS://", "ftp://", "//\t", "/\t/", "\t//", "/%09/", "\n//", "/\n/", "/\r\n/", " //", "\u00a0//",
          "/\u2028/", "/\0/", "／／", "https:///", "\\\\\\", "/./\t//", "//user:pw@"]  # fmt: skip
SCHEMES = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)",
           "data:text/html,<script>1</script>", "vbscript:x", "file:///etc/passwd", "blob:x", "mailto:x@y", "tel:1",
           "javascript://testserver/%0aalert(1)", "view-source:x", "about:blank", "intent://x", "x" * 3000,
           "/" + "a" * 3000, "quan-tri/", "?next=/", "#x", ".", "..", "", " ", "/x\r\nSet-Cookie: a=b",
           "/x\nLocation: //evil.example", "http:///evil.example", "//", "///", "http://testserver//evil.example",
           "https://testserver.evil.example/", "http://[::1", "//[", "/\\evil.example\\@testserver"]  # fmt: skip
PAYLOADS = [start + host for start in STARTS for host in HOSTS] + SCHEMES


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) >= 200


# What begins with one slash and no other is a path of this host, whatever it looks like.
HARMLESS = ("/%09/",)


def test_no_payload_is_an_own_path():
    assert {text for text in PAYLOADS if not text.startswith(HARMLESS) and entry.own_path(text)} == set()


@pytest.mark.parametrize("path", ["/", "/quan-tri/", "/tim-kiem/?q=%C4%91", "/x?next=//evil.example", "/a//b",
                                  "/@evil.example", "/trang/giới-thiệu/", "/%09/e"])  # fmt: skip
def test_own_paths_are_kept(path):
    assert entry.own_path(path) == path


def test_no_payload_leads_away(client):
    """Every way that takes `next`: the form, the address, asking for the password again."""
    factories.user("lan")
    log_in(client, "lan")
    home, away = {"/quan-tri/", ACCOUNT, "/%09/evil.example"}, {}
    for payload in [start + "evil.example" for start in STARTS] + SCHEMES:
        shown = client.get(LOGIN, {"next": payload})
        sent = client.post(LOGIN, {"next": payload})
        again = client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD, "next": payload})
        if shown.status_code == 400:  # a NUL in the address
            shown = sent
        away |= {response.url: payload for response in (shown, sent, again) if response.url not in home}
    assert away == {}
    client.logout()
    for payload in [start + "evil.example" for start in STARTS] + SCHEMES:
        assert client.post("/dang-xuat/", {"next": payload}).url == "/"
    for payload in SCHEMES[::4]:
        client.cookies.clear()
        assert log_in(client, "lan", next=payload).url in home
