from django.conf import settings
from django.db import models
from django.db.models import Q

from news.models.article import Article
from news.models.attachment import Attachment
from news.models.media import Image
from news.models.page import Page


class Use(models.Model):
    """A text that holds a picture or links to a file; written when the text is saved, so that nobody searches texts."""

    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="uses")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="uses")
    image = models.ForeignKey(Image, models.CASCADE, null=True, related_name="uses")
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, related_name="uses")
    live = models.BooleanField(default=True)  # in the text that readers get, not only in a change that waits

    class Meta:
        default_permissions = ()
        verbose_name = "nơi dùng"
        verbose_name_plural = "nơi dùng"
        constraints = [
            models.CheckConstraint(
                condition=Q(article=None, page__isnull=False) | Q(article__isnull=False, page=None),
                name="used_by_one_text",
            ),
            models.CheckConstraint(
                condition=Q(image=None, attachment__isnull=False) | Q(image__isnull=False, attachment=None),
                name="one_thing_is_used",
            ),
            models.UniqueConstraint(fields=["article", "page", "image", "attachment"], nulls_distinct=False,
                                    name="a_use_is_noted_once"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.article or self.page}: {self.image or self.attachment}"


class UploadTally(models.Model):
    """What somebody sent in one hour: what the limit is counted by."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)  # bytes

    class Meta:
        default_permissions = ()
        verbose_name = "lượng tải lên"
        verbose_name_plural = "lượng tải lên"
        constraints = [models.UniqueConstraint(fields=["user", "hour"], name="one_tally_an_hour")]

    def __str__(self):
        return f"{self.user}, {self.hour}: {self.files}"
