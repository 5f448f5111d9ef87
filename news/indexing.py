"""Keeps the stored words of articles in step with what they are made of and does not stand in their own row."""
from collections.abc import Callable, Iterable

from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from news import richtext
from news.models import Article
from news.vector import Vector

BATCH = 200


@receiver(m2m_changed, sender=Article.tags.through)
def tags_changed(instance, action, pk_set, **kwargs):
    """An article that has other tags is found by other words."""
    if action in {"post_add", "post_remove", "post_clear"}:
        refresh([instance.pk] if isinstance(instance, Article) else pk_set or ())


def refresh(keys: Iterable[int]) -> int:
    """Makes the stored words of these articles anew; returns how many there were."""
    articles = Article.objects.filter(pk__in=list(keys)).only("title", "lead", "body", "pen_name")
    count = 0
    for article in articles.prefetch_related("tags"):
        names = [article.pen_name, *(tag.name for tag in article.tags.all())]
        vector = Vector(article.title, article.lead, richtext.plain(article.body), names).literal()
        Article.objects.filter(pk=article.pk).update(search=vector)
        count += 1
    return count


def refresh_all(after: int = 0, progress: Callable[[int, int], None] = lambda count, last: None) -> int:
    """The same for every article with a key above `after`, in batches of their own; `progress` is told the last key."""
    count = 0
    while keys := list(Article.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        count += refresh(keys)
        after = keys[-1]
        progress(count, after)
    return count
