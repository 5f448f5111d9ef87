"""What every answer says to browsers, what every form asks for, and whom the portal takes itself to be."""
import json
import subprocess
import sys
import time
from pathlib import Path

import factories
import pytest
from addresses import City, routes
from django.db import connection, transaction
from django.test import Client
from door import LOGIN

from portal.auth import reports, timeouts
from portal.models import PolicyReport, Throttle, User

pytestmark = pytest.mark.django_db
REPORTS = "/bao-cao-chinh-sach/"
# A browser sends these by itself, without a cookie: nothing is done in anybody's name.
WITHOUT_TOKEN = {"bao-cao-chinh-sach/"}
PUBLIC = ["/", "/so-do-cong/", "/tim-kiem/?q=x", "/rss/", "/dang-nhap/", "/khong-co/", "/tai-khoan/quen-mat-khau/",
          "/robots.txt", "/thong-ke/truy-cap.json", "/giao-dien/a3161a.css", "/dang-nhap", "/tai-khoan/"]  # fmt: skip


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("goc"))
    return client


def policy(response):
    rules = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {rule[0]: rule[1:] for rule in rules if rule}


@pytest.mark.parametrize("address", PUBLIC)
def test_every_public_answer_has_a_strict_policy_and_the_headers(client, address):
    response = client.get(address)
    assert "unsafe" not in response["Content-Security-Policy"]
    rules = policy(response)
    assert rules["default-src"] == rules["object-src"] == rules["frame-ancestors"] == ["'none'"]
    assert rules["form-action"] == rules["base-uri"] == ["'self'"]
    for own in (rules["script-src"], rules["style-src"]):
        assert own[0] == "'self'" and all(source.startswith("'sha256-") for source in own[1:])
    assert rules["report-uri"] == [REPORTS]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert not response.has_header("Access-Control-Allow-Origin")


def test_the_relaxed_policy_is_on_editor_pages_alone(root):
    city = City(factories.user("lan", "Phóng viên"))
    relaxed = set()
    for route in sorted(set(routes())):
        response = root.get(city.address(route))
        given = response.get("Content-Security-Policy", "")
        assert "unsafe-eval" not in given
        if "unsafe" in given and response.status_code == 200:
            relaxed.add(route)
    forms = {f"quan-tri/news/{model}/{form}" for model in ("article", "page") for form in (
        "add/", "<path:object_id>/change/")}  # fmt: skip
    assert relaxed <= forms | {"quan-tri/news/article/<int:object_id>/xung-dot/"}
    assert relaxed & forms


def test_no_page_can_be_framed(root):
    for address in ("/", LOGIN, "/tai-khoan/", "/quan-tri/", "/quan-tri/news/article/add/"):
        response = root.get(address, follow=True)
        assert response["X-Frame-Options"] == "DENY"
        assert policy(response)["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("address", ["/quan-tri/", "/quan-tri/jsi18n/", "/quan-tri/x.css", "/tai-khoan/x.js",
                                     "/tai-khoan/", "/dang-nhap/?next=/", "/dang-nhap/x.png", "/quan-tri/news/",
                                     "/dang-nhap", "/tai-khoan/dat-lai-mat-khau/MQ/x-y/",
                                     "/quan-tri/khong/co.js?v=1"])  # fmt: skip
def test_nothing_of_people_is_ever_kept_or_found(client, root, address):
    for who in (Client(), root):
        response = who.get(address)
        assert "no-store" in response["Cache-Control"], address
        assert "public" not in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_the_true_door_is_found_and_never_kept(client):
    for ask, listed in ((lambda: client.get(LOGIN), True), (lambda: client.get(LOGIN, {"next": "/"}), False),
                        (lambda: client.post(LOGIN, {"username": "x"}), False)):  # fmt: skip
        response = ask()
        assert "no-store" in response["Cache-Control"]
        assert ("noindex" not in response.get("X-Robots-Tag", "")) == listed
        assert ('name="robots"' not in response.content.decode()) == listed


def test_every_form_needs_its_token():
    """Every address that takes a POST, by somebody who may do everything."""
    root = User.objects.create_superuser("goc")
    city = City(root)
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    taken = []
    for route in sorted(set(routes())):
        with transaction.atomic():
            response = client.post(city.address(route), {"_save": "1"})
            transaction.set_rollback(True)
        if response.status_code not in (403, 404, 405) and route not in WITHOUT_TOKEN:
            taken.append((route, response.status_code))
    assert taken == []
    stranger = Client(enforce_csrf_checks=True)
    for address in (LOGIN, "/dang-nhap/ma-xac-thuc/", "/tai-khoan/quen-mat-khau/", "/dang-xuat/"):
        assert stranger.post(address, {"username": "x", "password": "y", "email": "a@b.vn"}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81"])
def test_a_token_from_another_origin_does_not_do(origin):
    client = Client(enforce_csrf_checks=True)
    client.get(LOGIN)
    form = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "username": "x", "password": "y"}
    assert client.post(LOGIN, form).status_code == 200
    assert client.post(LOGIN, form, HTTP_ORIGIN=origin).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "testserver:x",
                                  "", "a b", "[::1", "testserver/x", "testserver\tx", "EVIL.example"])  # fmt: skip
def test_a_host_that_is_not_ours_is_refused_in_vietnamese(client, host):
    for address in ("/", LOGIN, "/tai-khoan/quen-mat-khau/"):
        response = client.get(address, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


POISON = ["X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix",
          "X-Original-URL", "X-Rewrite-URL", "X-Host", "X-HTTP-Host-Override", "Forwarded", "X-Forwarded-Scheme",
          "X-Original-Host", "X-Script-Name", "X-HTTP-Method-Override", "Front-End-Https", "CF-Visitor"]  # fmt: skip


def test_headers_of_proxies_that_are_not_trusted_change_nothing(client):
    factories.article()
    for address in ("/", LOGIN, "/so-do-cong/", "/rss/"):
        plain = client.get(address)
        for header in POISON:
            for value in ("evil.example", "https", "/quan-tri/", "host=evil.example;proto=https", "POST"):
                poisoned = client.get(address, headers={header: value})
                assert poisoned.status_code == plain.status_code
                assert "evil.example" not in poisoned.content.decode()
                assert poisoned.get("Location", "") == plain.get("Location", "")


# ---------------------------------------------------------------- reports


def old_form(**values):
    return {"csp-report": {"document-uri": "https://cong.example/bai-viet/x-1/?bi-mat=1", **values,
                           "violated-directive": "img-src", "blocked-uri": "https://evil.example/a?b=c"} | values}


def send(client, data, **extra):
    body = data if isinstance(data, bytes | str) else json.dumps(data)
    return client.post(REPORTS, body, content_type="application/csp-report", **extra)


def test_reports_are_counted_by_kind_and_shown(client, root):
    for _ in range(3):
        assert send(Client(), old_form()).status_code == 204
    new = [{"type": "csp-violation", "body": {"documentURL": "https://cong.example/", "blockedURL": "inline",
                                              "effectiveDirective": "script-src-elem"}}]  # fmt: skip
    send(Client(), new)
    assert list(PolicyReport.objects.order_by("pk").values_list("directive", "blocked", "page", "count")) == [
        ("img-src", "https://evil.example", "/bai-viet/x-1/", 3), ("script-src-elem", "inline", "/", 1)]  # fmt: skip
    page = root.get("/quan-tri/portal/policyreport/?q=evil").content.decode()
    assert "https://evil.example" in page
    assert "bi-mat" not in page


@pytest.mark.parametrize("body", [
    b"", b"x", b"[]", b"{}", b"null", b"1", b'"x"', b"[" * 10_000, b'{"csp-report": 1}', b"\xff\xfe", b"[1, null, []]",
    b'{"csp-report": {"violated-directive": 5}}',
    b'{"csp-report": {"violated-directive": "\\u0000x", "blocked-uri": "\\ud800"}}',
    b'{"csp-report": {"violated-directive": "a", "blocked-uri": "http://[::1"}}', b"x" * 100_000,
])  # fmt: skip
def test_no_report_is_too_odd(client, body):
    assert send(client, body).status_code == 204


def test_reports_do_not_fill_the_database(client, monkeypatch):
    monkeypatch.setattr(reports, "MOST", 10)
    for number in range(30):
        send(client, old_form(**{"document-uri": f"https://cong.example/{number}/"}))
    assert PolicyReport.objects.count() == 10
    statuses = {send(client, old_form()).status_code for _ in range(40)}
    assert statuses == {204, 429}
    assert send(client, old_form(), REMOTE_ADDR="198.51.100.1").status_code == 204
    assert Throttle.objects.count() == 2


# ---------------------------------------------------------------- limits and settings


def test_a_body_is_refused_by_its_length(client, root, settings):
    settings.BODY_BYTES, settings.BODY_BYTES_STAFF = 1000, 5000
    big = {"username": "x" * 2000, "password": "y"}
    answer = client.post(LOGIN, big)
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()
    assert root.post("/quan-tri/news/tag/add/", {"name": "x" * 2000}).status_code == 200
    assert root.post("/quan-tri/news/tag/add/", {"name": "x" * 6000}).status_code == 413
    assert client.get("/", headers={"Content-Length": "-1"}).status_code in (200, 413)
    assert client.get("/", headers={"Content-Length": "9" * 50}).status_code == 413


def test_a_form_with_too_many_fields_is_refused(root):
    assert root.post("/quan-tri/news/tag/add/", {f"f{number}": "" for number in range(2100)}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_request_may_not_hold_the_database(settings):
    from django.db import OperationalError

    settings.STATEMENT_SECONDS = 1
    try:
        timeouts.limit(connection)
        begun = time.monotonic()
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")
        assert time.monotonic() - begun < 5
        with connection.cursor() as cursor:
            cursor.execute("SHOW idle_in_transaction_session_timeout")
            assert cursor.fetchone() == ("1min",)
    finally:
        connection.close()


ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = {"SITE_URL": "https://portal.example", "TRUSTED_PROXIES": "1",
              "DATABASE_URL": "postgres://portal:x@127.0.0.1:1/portal", "EMAIL_URL": "smtp+tls://u:p@mail.example:587"}


def told(tmp_path, code="", *arguments, **environment):
    import os

    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **PRODUCTION, **environment}
    command = [sys.executable, "-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings'\n{code}"]
    if arguments:
        command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60)


def test_the_deployment_check_is_silent_but_for_the_editor(tmp_path):
    done = told(tmp_path, "", "check", "--deploy")
    assert done.returncode == 0
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("?:")]
    assert [line.split(")")[0] for line in lines] == ["?: (ckeditor.W001"]


def test_the_policy_can_be_tried_before_it_is_enforced(tmp_path):
    code = ("from django.conf import settings as s; print(hasattr(s, 'CONTENT_SECURITY_POLICY'), "
            "s.CONTENT_SECURITY_POLICY_REPORT_ONLY['DIRECTIVES']['script-src'])")  # fmt: skip
    assert told(tmp_path, code, POLICY_REPORT_ONLY="1").stdout.split(" ", 1)[0] == "False"


@pytest.mark.parametrize(("name", "value"), [
    ("SECOND_FACTOR_FOR", "nobody"), ("SECOND_FACTOR_GRACE_DAYS", "365"), ("ACCOUNT_IDLE_DAYS", "0"),
    ("SESSION_HOURS", "10000"), ("SESSION_IDLE_MINUTES", "x"), ("POLICY_REPORT_ONLY", "maybe"),
])  # fmt: skip
def test_no_setting_weakens_the_door_beyond_its_bounds(tmp_path, name, value):
    done = told(tmp_path, "", "check", **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
