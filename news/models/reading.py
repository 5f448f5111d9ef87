"""What leads readers to articles: topics that editors follow, and the addresses that articles once had."""
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from news.fields import CharField, TextField
from news.models.article import Article
from news.models.taxonomy import Named, Tag


class Topic(Named):
    """A story that goes on: articles chosen one by one, and those of a tag."""

    lead = TextField("giới thiệu", max_length=1000, blank=True)
    tag = models.ForeignKey(Tag, models.SET_NULL, verbose_name="lấy cả bài có từ khóa", null=True, blank=True,
                            related_name="topics")  # fmt: skip
    articles = models.ManyToManyField(Article, verbose_name="bài được chọn", blank=True, related_name="topics")
    published = models.BooleanField("cho mọi người xem", default=True)

    class Meta:
        verbose_name = "chủ đề"
        verbose_name_plural = "chủ đề (dòng sự kiện)"
        ordering = ["sort_key"]

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class Redirect(models.Model):
    """An address of the former portal, and the one of this portal that answers in its place."""

    old = CharField("địa chỉ cũ", max_length=500, unique=True, help_text="Đường dẫn, chẳng hạn /tin-tuc/bai.aspx?id=5.")
    new = CharField("địa chỉ mới", max_length=500, help_text="Đường dẫn trên cổng này, bắt đầu bằng /.")

    class Meta:
        verbose_name = "địa chỉ cũ"
        verbose_name_plural = "địa chỉ cũ"
        ordering = ["old"]
        constraints = [
            models.CheckConstraint(condition=Q(new__startswith="/") & ~Q(new__startswith="//"),
                                   name="redirect_stays_here"),
        ]  # fmt: skip

    def __str__(self):
        return self.old

    def clean(self):
        from news import redirects

        super().clean()
        self.old = redirects.normal(self.old)
        problem = redirects.problem(self.old, self.new)
        if problem:
            raise ValidationError(problem)
