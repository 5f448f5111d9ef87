"""Rows that put articles into lists. Each carries when readers see its article there, so that an index knows a list's
order: a page costs the same for a tag of three articles, of a thousand, and of every tenth."""
import datetime as dt

from django.db import models
from django.db.models import DO_NOTHING
from django.utils import timezone

from news.models.article import Article, in_time
from news.models.reading import Topic
from news.models.taxonomy import Category, Tag


class ListedQuerySet(models.QuerySet):
    def published(self, now: dt.datetime | None = None):
        """The same rule as that of articles: a row of one that readers were never given, or no longer, has no date."""
        return self.filter(in_time(now or timezone.now()))

    def newest_first(self):
        return self.order_by("-publish_at", "-article_id")  # `-article` would be the order of articles


class Listed(models.Model):
    """A row of a table that Django made for a relation: Django writes it, and triggers its dates (migration 0014)."""

    article = models.ForeignKey(Article, DO_NOTHING, related_name="+")
    publish_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True
        managed = False
        default_permissions = ()


class Tagged(Listed):  # noqa: DJ008 - never shown
    tag = models.ForeignKey(Tag, DO_NOTHING, related_name="+")

    class Meta(Listed.Meta):
        db_table = Article.tags.through._meta.db_table


class AlsoIn(Listed):  # noqa: DJ008 - never shown
    category = models.ForeignKey(Category, DO_NOTHING, related_name="+")

    class Meta(Listed.Meta):
        db_table = Article.also_in.through._meta.db_table


class Chosen(Listed):  # noqa: DJ008 - never shown
    topic = models.ForeignKey(Topic, DO_NOTHING, related_name="+")

    class Meta(Listed.Meta):
        db_table = Topic.articles.through._meta.db_table
