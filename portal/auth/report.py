"""What `manage.py security_report` looks at, in plain Vietnamese; one line for each thing to mend."""
import datetime as dt
import sys
from collections.abc import Iterator

import django
from django.conf import settings
from django.contrib.auth.hashers import check_password, get_hasher
from django.core import checks
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from portal.auth import factor, idle
from portal.models import PolicyReport, User

# The day from which nobody mends a version any more; sources: the projects' own release pages.
END_OF_LIFE = {
    "Python": {(3, 11): "2027-10-31", (3, 12): "2028-10-31", (3, 13): "2029-10-31", (3, 14): "2030-10-31"},
    "Django": {(4, 2): "2026-04-30", (5, 1): "2025-12-31", (5, 2): "2028-04-30"},
    "PostgreSQL": {(14,): "2026-11-12", (15,): "2027-11-11", (16,): "2028-11-09", (17,): "2029-11-08",
                   (18,): "2030-11-14"},
}  # fmt: skip
WARN_DAYS = 180
MOST_LINES = 50
# What installers, manuals and habit leave behind; the account's own name is tried as well.
DEFAULT_PASSWORDS = ["admin", "admin123", "admin@123", "password", "123456", "12345678", "quantri", "matkhau",
                     "changeme", "mật khẩu rất dài", "postgres", "root", "test", "demo", "Abc@123"]  # fmt: skip


def sections() -> Iterator[tuple[str, list[str]]]:
    yield "Phiên bản", list(versions())
    yield "Mật khẩu mặc định", _cut(list(default_passwords()))
    yield "Mật khẩu băm kiểu cũ", _cut(list(old_hashes()))
    yield "Tài khoản chưa có xác thực hai bước", _cut(list(without_factor()))
    yield "Tài khoản lâu không dùng", _cut(list(unused()))
    yield "Cấu hình", list(weak_settings())
    yield "Báo cáo của trình duyệt", list(browser_reports())


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], f"… và {more} dòng nữa"]


def versions(today: dt.date | None = None) -> Iterator[str]:
    today = today or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        postgres = int(cursor.fetchone()[0]) // 10_000
    running = {"Python": sys.version_info[:2], "Django": django.VERSION[:2], "PostgreSQL": (postgres,)}
    for name, version in running.items():
        number = ".".join(map(str, version))
        known = END_OF_LIFE[name]
        end = dt.date.fromisoformat(known[version]) if version in known else None
        if end is None and version < min(known):
            yield f"{name} {number}: đã hết hạn hỗ trợ, hãy nâng cấp."
        elif end and end < today:
            yield f"{name} {number}: hết hạn hỗ trợ từ {end:%d-%m-%Y}, hãy nâng cấp."
        elif end and end - today < dt.timedelta(days=WARN_DAYS):
            yield f"{name} {number}: hết hạn hỗ trợ vào {end:%d-%m-%Y}, hãy chuẩn bị nâng cấp."
    yield ("CKEditor 4.22.1: nhà sản xuất không sửa lỗi nữa. Cổng vẫn dùng được vì mọi văn bản được làm sạch khi lưu "
           "(xem docs/operators.md).")  # fmt: skip


def default_passwords() -> Iterator[str]:
    for person in User.objects.filter(is_active=True, is_staff=True).order_by("pk"):
        tried = {*DEFAULT_PASSWORDS, person.username, f"{person.username}123", f"{person.username}@123"}
        if person.has_usable_password() and any(check_password(text, person.password) for text in sorted(tried)):
            yield f"{person.username}: mật khẩu là một trong những mật khẩu ai cũng thử đầu tiên, hãy đổi ngay."


def old_hashes() -> Iterator[str]:
    """A wrong guess at such an account may take another time than at a name that nobody has."""
    newest = f"{get_hasher().algorithm}$"
    old = User.objects.filter(is_active=True).exclude(password__startswith=newest).order_by("pk")
    for person in old:
        if person.has_usable_password():
            yield f"{person.username}: mật khẩu sẽ được băm lại khi đăng nhập lần tới; hãy nhắc người này đăng nhập."


def without_factor() -> Iterator[str]:
    for person in User.objects.filter(is_active=True, second_factor=None).order_by("pk"):
        if factor.required(person):
            due = person.second_factor_due
            until = f", hạn {timezone.localtime(due):%d-%m-%Y}" if due else ""
            yield f"{person.username}: có quyền xuất bản hoặc quản trị mà chưa bật{until}."


def unused() -> Iterator[str]:
    for person in User.objects.filter(is_active=True).order_by("pk"):
        if idle.is_idle(person):
            yield f"{person.username}: dùng lần cuối {timezone.localtime(idle.used_at(person)):%d-%m-%Y}."


def weak_settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG đang bật: trang lỗi cho người lạ xem mã nguồn và cấu hình. Bỏ DEBUG."
    if not settings.HTTPS:
        yield "SITE_URL không phải https://: mật khẩu đi trên mạng không mã hóa."
    elif not settings.TRUSTED_PROXIES:
        yield ("TRUSTED_PROXIES là 0: nếu có máy chủ web đứng trước, mọi người mang cùng một địa chỉ và bị chặn chung "
               "khi có kẻ dò mật khẩu.")  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS là *: bất kỳ tên miền nào cũng được nhận. Hãy ghi đúng tên miền của cổng."
    if settings.POLICY_REPORT_ONLY:
        yield "POLICY_REPORT_ONLY đang bật: trình duyệt chỉ báo mà không chặn mã lạ."
    if type(get_connection()).__module__.endswith((".console", ".dummy", ".filebased")):
        yield "EMAIL_URL chưa đặt: không ai nhận được thư, và liên kết đặt lại mật khẩu nằm trong nhật ký máy chủ."
    if settings.SECOND_FACTOR_GRACE_DAYS > 14:
        yield f"SECOND_FACTOR_GRACE_DAYS là {settings.SECOND_FACTOR_GRACE_DAYS}: nên để 14 ngày hoặc ít hơn."
    if settings.ACCOUNT_IDLE_DAYS > 45:
        yield f"ACCOUNT_IDLE_DAYS là {settings.ACCOUNT_IDLE_DAYS}: nên để 45 ngày hoặc ít hơn."
    if settings.PASSWORD_HASHERS[0] != "django.contrib.auth.hashers.Argon2PasswordHasher":
        yield "Mật khẩu mới không được băm bằng Argon2."
    for message in checks.run_checks(include_deployment_checks=True, tags=[checks.Tags.security]):
        yield f"manage.py check --deploy báo {message.id}."


def browser_reports() -> Iterator[str]:
    since = timezone.now() - dt.timedelta(days=7)
    count = PolicyReport.objects.filter(last_at__gte=since).count()
    if count:
        yield f"{count} loại nội dung bị trình duyệt chặn trong 7 ngày qua: xem trong trang quản trị."
