"""What the stored texts link to outside, and what in them sounds like the betting trade."""
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from news.models.article import Article
from news.models.page import Page


class Acknowledged(models.Model):
    """Something that somebody looks at once and finds in order."""

    acknowledged_at = models.DateTimeField("đã xem lúc", null=True, editable=False)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False,
                                        verbose_name="người xem", related_name="+")  # fmt: skip

    class Meta:
        abstract = True


class OutboundDomain(Acknowledged):
    """A host that stored texts link to, or once did."""

    host = models.CharField("tên miền", max_length=253, unique=True, editable=False)
    first_seen = models.DateTimeField("thấy lần đầu", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "tên miền bên ngoài"
        verbose_name_plural = "tên miền bên ngoài"
        ordering = ["-first_seen", "host"]
        default_permissions = ("view", "change")
        indexes = [models.Index("first_seen", condition=Q(acknowledged_at=None), name="domain_unseen")]

    def __str__(self):
        return self.host

    @property
    def readable(self) -> str:
        """The host as its owner writes it, where that differs from what a browser asks for."""
        try:
            name = self.host.encode("ascii").decode("idna")
        except UnicodeError:
            return ""
        return name if name != self.host else ""


class OutboundLink(models.Model):
    """One text that links to one host."""

    domain = models.ForeignKey(OutboundDomain, models.CASCADE, related_name="links")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = "liên kết ra ngoài"
        verbose_name_plural = "liên kết ra ngoài"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(article=None) ^ Q(page=None), name="link_in_one_text"),
            models.UniqueConstraint(fields=["domain", "article"], condition=Q(page=None),
                                    name="one_link_of_an_article"),
            models.UniqueConstraint(fields=["domain", "page"], condition=Q(article=None), name="one_link_of_a_page"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.domain}: {self.article or self.page}"


class GamblingMention(Acknowledged):
    """A text with words of the betting trade: planted, or news of an arrest; somebody looks."""

    article = models.OneToOneField(Article, models.CASCADE, null=True, verbose_name="bài viết", related_name="+")
    page = models.OneToOneField(Page, models.CASCADE, null=True, verbose_name="trang", related_name="+")
    words = models.JSONField("từ ngữ", default=list, editable=False)
    in_crime_news = models.BooleanField("trong tin về vụ việc", default=False, editable=False)
    found_at = models.DateTimeField("thấy lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "bài có từ ngữ cờ bạc"
        verbose_name_plural = "bài có từ ngữ cờ bạc"
        ordering = ["-found_at", "-pk"]
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=Q(article=None) ^ Q(page=None), name="mention_in_one_text")]
        indexes = [models.Index("found_at", condition=Q(acknowledged_at=None), name="mention_unseen")]

    def __str__(self):
        return f"{self.article or self.page}: {', '.join(self.words)}"


class ScanRequest(models.Model):
    """A text that was written and not looked at yet; the database itself adds these, whatever the way in."""

    article_id = models.BigIntegerField(null=True)  # no foreign key: the text may be gone when its turn comes
    page_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "bài chờ soát liên kết"
        verbose_name_plural = "bài chờ soát liên kết"
        default_permissions = ()

    def __str__(self):
        return f"{self.article_id or self.page_id}"
