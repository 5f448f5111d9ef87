"""What the door remembers: sessions with their devices, second factors, failed attempts, what browsers refused."""
from django.conf import settings
from django.db import models
from django.utils import timezone


class SignIn(models.Model):
    """A session of somebody who is logged in, as its owner sees it; gone with the session."""

    session = models.OneToOneField("sessions.Session", models.CASCADE, primary_key=True, verbose_name="phiên")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins",
                             verbose_name="tài khoản")  # fmt: skip
    started_at = models.DateTimeField("bắt đầu", default=timezone.now)
    device = models.CharField("thiết bị", max_length=100, blank=True)
    address = models.GenericIPAddressField("địa chỉ máy", null=True)

    class Meta:
        verbose_name = "phiên đăng nhập"
        verbose_name_plural = "phiên đăng nhập"
        default_permissions = ()

    def __str__(self):
        return self.device or "thiết bị không rõ"


class SecondFactor(models.Model):
    """An authenticator application that a person has proved to hold; its key is made of what is kept: auth.factor."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor",
                                primary_key=True, verbose_name="tài khoản")  # fmt: skip
    key = models.CharField("khóa", max_length=80)  # `seed:` and hex
    last_step = models.BigIntegerField("bước đã dùng", default=0)  # RFC 6238's T of the newest code that was taken
    created_at = models.DateTimeField("bật lúc", default=timezone.now)

    class Meta:
        verbose_name = "xác thực hai bước"
        verbose_name_plural = "xác thực hai bước"
        default_permissions = ()

    def __str__(self):
        return "Xác thực hai bước"


class RecoveryCode(models.Model):
    """The hash of a code that stands in for a lost telephone, once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes",
                             verbose_name="tài khoản")  # fmt: skip
    digest = models.CharField("dấu băm", max_length=64)

    class Meta:
        verbose_name = "mã dự phòng"
        verbose_name_plural = "mã dự phòng"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code")]

    def __str__(self):
        return "Mã dự phòng"


class Throttle(models.Model):
    """How often something was tried under one key, a digest: the table names no account and no machine."""

    key = models.CharField("khóa", max_length=50, primary_key=True)
    who = models.CharField("tài khoản", max_length=32, blank=True)
    whence = models.CharField("máy", max_length=32, blank=True)
    count = models.IntegerField("số lần")
    since = models.DateTimeField("từ lúc")
    until = models.DateTimeField("chặn đến", null=True)
    refused = models.BooleanField("vừa bị chặn", default=False)  # whether the newest attempt came while blocked

    class Meta:
        verbose_name = "lượt thử"
        verbose_name_plural = "lượt thử"
        default_permissions = ()
        indexes = [
            models.Index(fields=["since"], name="throttle_by_time"),
            models.Index(fields=["who"], name="throttle_by_who"),
            models.Index(fields=["whence"], name="throttle_by_whence"),
        ]

    def __str__(self):
        return f"{self.count} lượt"


class PolicyReport(models.Model):
    """What browsers refused because of the content security policy; one row for all that are alike."""

    directive = models.CharField("quy tắc", max_length=40)
    blocked = models.CharField("nguồn bị chặn", max_length=200)
    page = models.CharField("trang", max_length=200)
    count = models.IntegerField("số lần", default=1)
    first_at = models.DateTimeField("lần đầu", default=timezone.now)
    last_at = models.DateTimeField("lần cuối", default=timezone.now)

    class Meta:
        verbose_name = "báo cáo chính sách nội dung"
        verbose_name_plural = "báo cáo chính sách nội dung"
        ordering = ["-last_at"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["directive", "blocked", "page"], name="one_row_for_what_is_alike"),
        ]

    def __str__(self):
        return f"{self.directive}: {self.blocked}"
