"""What helps people at work on articles: unsaved text, who is where, links for guests, places on the front page."""
import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from news.dates import validate_moment
from news.fields import CharField
from news.models.article import Article


class Autosave(models.Model):
    """What somebody has typed and not saved yet: one row for each person and article, outside the history."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="+")
    form_key = models.UUIDField(null=True)  # of the form, where the article is a new one
    version = models.PositiveIntegerField(default=0)  # of the article when the form was opened
    stamp = models.UUIDField()  # changes with every write, so that two windows do not overwrite each other
    data = models.JSONField()  # {field name: [values as the browser sent them]}
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "bản tự lưu"
        verbose_name_plural = "bản tự lưu"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "article"], condition=Q(article__isnull=False),
                                    name="one_autosave_of_an_article"),
            models.UniqueConstraint(fields=["person", "form_key"], condition=Q(article=None),
                                    name="one_autosave_of_a_new_article"),
            models.CheckConstraint(condition=Q(article=None) ^ Q(form_key=None), name="autosave_of_one_thing"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} {self.saved_at:%d-%m-%Y %H:%M}"


class Editing(models.Model):
    """Somebody has an article's form open; gone when they are silent for `SILENCE`."""

    SILENCE = dt.timedelta(seconds=40)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "người đang sửa"
        verbose_name_plural = "người đang sửa"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="one_editing_row")]

    def __str__(self):
        return str(self.person)


class PreviewLink(models.Model):
    """An address that shows an article's newest text to somebody without an account, until it ends or is revoked."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name="bài viết", related_name="preview_links")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người tạo",
                               related_name="+")  # fmt: skip
    purpose = CharField("gửi cho", max_length=150, blank=True)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now)
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    views = models.PositiveIntegerField("số lần mở", default=0)
    last_viewed_at = models.DateTimeField("mở lần cuối", null=True)

    class Meta:
        verbose_name = "liên kết xem trước"
        verbose_name_plural = "liên kết xem trước"
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self):
        return self.purpose or f"Liên kết {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Placement(models.Model):
    """An article that editors put at the top of the front page: 1 is the lead story, 2 to 4 the highlights."""

    PLACES = 4

    place = models.PositiveSmallIntegerField("vị trí", unique=True,
                                             validators=[MinValueValidator(1), MaxValueValidator(PLACES)])
    article = models.OneToOneField(Article, models.CASCADE, verbose_name="bài viết", related_name="placement")
    until = models.DateTimeField("giữ đến", null=True, blank=True, validators=[validate_moment],
                                 help_text="Để trống thì giữ đến khi đổi.")  # fmt: skip

    class Meta:
        verbose_name = "tin đặt ở trang chủ"
        verbose_name_plural = "tin đặt ở trang chủ"
        ordering = ["place"]

    def __str__(self):
        return "Tiêu điểm" if self.place == 1 else f"Tin nổi bật {self.place - 1}"


class AlertBanner(models.Model):
    """A line above every page, for a storm or a road that is closed; it ends by itself."""

    class Level(models.TextChoices):
        NOTICE = "thong-bao", "Thông báo"
        WARNING = "canh-bao", "Cảnh báo"
        DANGER = "khan-cap", "Khẩn cấp"

    level = models.CharField("mức độ", max_length=12, choices=Level, default=Level.NOTICE)
    text = CharField("nội dung", max_length=200)
    link = models.ForeignKey(Article, models.SET_NULL, verbose_name="bài viết kèm theo", null=True, blank=True,
                             related_name="+")  # fmt: skip
    starts_at = models.DateTimeField("hiện từ", default=timezone.now, validators=[validate_moment])
    ends_at = models.DateTimeField("đến", validators=[validate_moment], help_text="Đến lúc này dải tin tự mất.")

    class Meta:
        verbose_name = "dải tin khẩn"
        verbose_name_plural = "dải tin khẩn"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="banner_ends_after_it_starts",
                                   violation_error_message="Dải tin phải kết thúc sau khi bắt đầu."),
        ]  # fmt: skip

    def __str__(self):
        return self.text

    @property
    def is_shown(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at
