from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404, redirect, render

from news.models import Article, Page, Tag
from stats import queries as stats

NEIGHBOURS = 3  # articles listed as newer, and as older
RELATED = 4


def article(request, pk, slug=None):
    """One article; four queries: itself with its tags, its neighbours in time, related ones, how often it was read."""
    tags = Tag.objects.filter(articles=OuterRef("pk")).order_by("sort_key")
    found = get_object_or_404(
        Article.objects.published()
        .select_related("category__parent", "image")
        .defer("search", "body")
        .annotate(tag_list=ArraySubquery(tags.values(data=JSONObject(name="name", slug="slug")))),
        pk=pk,
    )
    if slug != found.slug:
        return redirect(found, permanent=True)
    request.META[stats.ARTICLE] = found.pk
    return answer(request, found)


def answer(request, found, chosen=None, preview=False):
    """The reader's page of an article that may be no row yet but has its `tag_list`; `chosen`: ids of related ones."""
    newer, older = _neighbours(found)
    return render(request, "news/article.html", {
        "article": found,
        "newer": newer,
        "older": older,
        "related": _related(found, besides=[found.pk, *(item.pk for item in newer + older)]),
        "views": stats.views_of(found.pk),
        **({"preview": True, "account": None} if preview else {}),
    })  # fmt: skip


def page(request, slug):
    return render(request, "news/page.html", {"page": get_object_or_404(Page, slug=slug, published=True)})


def _neighbours(found):
    """The next newer and older articles of the category, nearest first, in one query."""
    siblings = Article.objects.published().filter(category=found.category_id)
    after = Q(publish_at__gt=found.publish_at) | Q(publish_at=found.publish_at, pk__gt=found.pk)
    before = Q(publish_at__lt=found.publish_at) | Q(publish_at=found.publish_at, pk__lt=found.pk)
    shown = ("pk", "title", "slug", "publish_at")
    newer = siblings.filter(after, publish_at__gte=found.publish_at).order_by("publish_at", "pk")
    older = siblings.filter(before, publish_at__lte=found.publish_at).newest_first()
    both = newer.only(*shown)[:NEIGHBOURS].union(older.only(*shown)[:NEIGHBOURS], all=True)
    place = (found.publish_at, found.pk)
    rows = sorted(both, key=lambda item: (item.publish_at, item.pk))
    return ([item for item in rows if (item.publish_at, item.pk) > place],
            [item for item in reversed(rows) if (item.publish_at, item.pk) < place])  # fmt: skip


def _related(found, besides):
    """The newest articles that share a tag with this one."""
    slugs = [tag["slug"] for tag in found.tag_list]
    if not slugs:
        return []
    sharing = Article.tags.through.objects.filter(tag__slug__in=slugs).values("article")
    return list(
        Article.objects.published().for_cards().filter(pk__in=sharing).exclude(pk__in=besides).newest_first()[:RELATED]
    )
