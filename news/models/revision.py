from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from news.fields import CharField, TextField
from news.models.article import Article
from news.models.choices import Did


class Replacement(models.Model):
    """One find and replace over many articles; its revisions can be undone together."""

    find = CharField("tìm", max_length=200)
    replace = CharField("thay bằng", max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người làm",
                               related_name="+")  # fmt: skip
    created_at = models.DateTimeField("lúc", default=timezone.now)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)

    class Meta:
        verbose_name = "lần tìm và thay"
        verbose_name_plural = "lần tìm và thay"
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self):
        return f"{self.find} → {self.replace}"


class Revision(models.Model):
    """An article's text as it stood at one of its versions, and what was done: who, when, what, why."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name="bài viết", related_name="revisions")
    number = models.PositiveIntegerField("phiên bản")  # the article's version that this made
    action = models.CharField("việc", max_length=12, choices=Did)
    reason = TextField("lý do", blank=True)
    overridden = models.BooleanField("tự duyệt", default=False)
    published = models.BooleanField("đã đến bạn đọc", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="người làm",
                               related_name="+")  # fmt: skip
    snapshot = models.JSONField()  # see news.text
    changed = models.JSONField(default=list)  # names of the snapshot's fields that differ from the one before
    replacement = models.ForeignKey(Replacement, models.SET_NULL, null=True, related_name="revisions")
    created_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "bản lưu"
        verbose_name_plural = "bản lưu"
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_of_a_version")]
        indexes = [
            # What a pruning looks at: everything that no reader has had.
            models.Index("created_at", condition=Q(published=False), name="revision_unpublished"),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_action_display()}"
