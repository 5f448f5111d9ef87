"""`manage.py security_report` names what is weak, in plain Vietnamese."""
import datetime as dt
import io

import factories
import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone
from door import enrol

from news.models import OutboundDomain
from portal.auth import outbound, report
from portal.models import User

pytestmark = pytest.mark.django_db


def told():
    out = io.StringIO()
    call_command("security_report", stdout=out)
    return out.getvalue()


def test_it_has_a_section_for_each_thing_and_counts():
    text = told()
    for title in ("Phiên bản", "Mật khẩu mặc định", "Mật khẩu băm kiểu cũ", "Tài khoản chưa có xác thực hai bước",
                  "Tài khoản lâu không dùng", "Cấu hình", "Tên miền mới được liên kết đến"):  # fmt: skip
        assert title in text
    assert "điều cần xem" in text


def test_versions_past_their_end_are_named():
    lines = list(report.versions(dt.date(2040, 1, 1)))
    assert sum("hết hạn hỗ trợ từ" in line for line in lines) >= 2


def test_default_passwords_are_found(settings):
    for name, password in (("admin", "admin"), ("lan", "lan123"), ("mai", "một câu khác hẳn")):
        factories.user(name)
        User.objects.filter(username=name).update(password=make_password(password))
    found = " ".join(report.default_passwords())
    assert "admin:" in found
    assert "lan:" in found
    assert "mai:" not in found
    assert "lan123" not in found


def test_passwords_that_are_still_hashed_the_old_way_are_named(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher",
                                 "django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # fmt: skip
    factories.user("moi")
    factories.user("cu")
    factories.user("may")
    User.objects.filter(username="cu").update(password=make_password("x", hasher="pbkdf2_sha256"))
    User.objects.filter(username="may").update(password=make_password(None))
    assert [line.partition(":")[0] for line in report.old_hashes()] == ["cu"]


def test_who_lacks_a_second_factor_is_named():
    chief = factories.user("sep", "Ban biên tập")
    factories.user("lan", "Phóng viên")
    assert [line.split(":")[0] for line in report.without_factor()] == ["sep"]
    enrol(chief)
    assert list(report.without_factor()) == []


def test_unused_accounts_are_named():
    factories.user("cu")
    User.objects.update(date_joined=timezone.now() - dt.timedelta(days=60))
    assert [line.split(":")[0] for line in report.unused()] == ["cu"]


def test_new_domains_are_those_that_nobody_has_acknowledged():
    OutboundDomain.objects.create(host="moi.example")
    OutboundDomain.objects.create(host="cu.example", acknowledged_at=timezone.now())
    assert [line.split(":")[0] for line in outbound.new_domains()] == ["moi.example"]


def test_weak_settings_are_named(settings):
    settings.DEBUG, settings.POLICY_REPORT_ONLY, settings.ALLOWED_HOSTS = True, True, ["*"]
    text = " ".join(report.weak_settings())
    for name in ("DEBUG", "POLICY_REPORT_ONLY", "ALLOWED_HOSTS", "https://"):
        assert name in text


def test_it_can_fail_a_pipeline(settings):
    with pytest.raises(SystemExit):
        call_command("security_report", "--fail", stdout=io.StringIO())
