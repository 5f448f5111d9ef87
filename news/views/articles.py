import datetime as dt
import re

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from news import drawn
from news.models import Article, Attachment, State, Tag, Tagged
from news.prepared import prepared
from stats import queries as stats

NEIGHBOURS = 3  # articles listed as newer, and as older
RELATED = 4


_FILES = ArraySubquery(Attachment.objects.filter(articles=OuterRef("pk"), deleted_at=None).order_by("pk").values(
    data=JSONObject(pk="pk", title="title", kind="kind", size="size")))  # fmt: skip
_TAGS = ArraySubquery(Tag.objects.filter(articles=OuterRef("pk")).order_by("sort_key").values(
    data=JSONObject(pk="pk", name="name", slug="slug")))  # fmt: skip

_SHOWN = (
    "title", "slug", "lead", "rendered", "pen_name", "source", "caption", "social_description", "corrections",
    "publish_at", "updated_at", "category__name", "category__slug", "category__parent__name", "category__parent__slug",
    *(f"image__{name}" for name in ("sha256", "file", "width", "height", "alt", "colour", "renditions", "credit")),
)  # fmt: skip


@prepared
def _public(now: dt.datetime, pk: int):
    rows = Article.objects.published(now).select_related("category__parent", "image").only(*_SHOWN)
    return rows.annotate(tag_list=_TAGS, files=_FILES).filter(pk=pk)


def article(request, pk, slug=None):
    """One article; four queries: itself with its tags, its neighbours in time, related ones, how often it was read."""
    now = timezone.now()
    itself = _public.answer(now, pk)
    if not itself.rows:
        return _not_there(request, pk)
    known = drawn.known(request)
    found = known.subject if known and known.shown[0] == itself.rows else next(iter(itself))
    if slug != found.slug:
        return redirect(found, permanent=True)
    request.META[stats.ARTICLE] = found.pk
    around = _around.answer(now, found.category_id, found.publish_at, found.pk)
    related = _related(found, None, around)
    shown, figures = (itself.rows, around.rows, related.rows), {"views": stats.views_of(found.pk)}
    response = drawn.page(
        request, shown, lambda more: _draw(request, found, around, related, more), subject=found, figures=figures
    )
    # For whoever sorts by it; whether it is still the same page says the ETag, which knows the rest of the page too.
    response["Last-Modified"] = http_date(max(found.publish_at, found.updated_at).timestamp())
    return response


def as_preview(request, found, chosen):
    """The page of an article that may be no row yet but has `tag_list` and `files`; `chosen`: ids of related ones."""
    around = _around.answer(timezone.now(), found.category_id, found.publish_at, found.pk)
    related = _related(found, chosen, around)
    own = {"views": stats.views_of(found.pk), "preview": True, "account": None}
    return _draw(request, found, around, related, own)


def _draw(request, found, around, related, more):
    newer, older = _neighbours(found, around)
    return render(request, "news/article.html", {
        "article": found,
        "attachments": [Attachment(**about) for about in found.files],
        "newer": newer,
        "older": older,
        "related": _ranked(related),
        **more,
    })  # fmt: skip


def _not_there(request, pk):
    """410 with what readers may know for a text that they had and have no more, 404 for any other; one query."""
    row = Article.objects.filter(pk=pk).only("state", "state_at", "publish_at", "expire_at", "public_reason").first()
    if row is None or not _was_public(row):
        raise Http404
    gone = render(request, "news/gone.html", {
        "status": 410, "expired": row.state == State.PUBLISHED, "reason": row.public_reason,
    }, status=410)  # fmt: skip
    gone["Cache-Control"] = "no-store"
    gone["X-Robots-Tag"] = "noindex"
    return gone


def _was_public(row):
    if row.state == State.PUBLISHED:
        return row.expire_at is not None and row.expire_at <= timezone.now()
    # What was withdrawn before its hour had come was never read.
    return row.state == State.WITHDRAWN and (row.publish_at is None or row.publish_at <= row.state_at)


@require_safe
def oembed(request):
    """What another site shows where it links to one of our articles (oembed.com): its title, author and picture."""
    own = re.escape(request.get_host())
    address = rf"https?://{own}/bai-viet/(?:[^/?#]*-)?([0-9]{{1,18}})/(?:[?#].*)?"
    match = re.fullmatch(address, request.GET.get("url", "")[:2_000])
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "only JSON is offered"}, status=501)
    article = None
    if match:
        article = Article.objects.published().for_cards().filter(pk=match[1]).first()
    if article is None:
        raise Http404
    answer = {
        "version": "1.0", "type": "link", "title": article.title, "provider_url": request.build_absolute_uri("/"),
        "url": request.build_absolute_uri(article.get_absolute_url()), "cache_age": 3600,
    }  # fmt: skip
    if article.pen_name:
        answer["author_name"] = article.pen_name
    if article.image:
        width, height, address = article.image.share
        answer |= {"thumbnail_url": request.build_absolute_uri(address), "thumbnail_width": width,
                   "thumbnail_height": height}  # fmt: skip
    return JsonResponse(answer)


def _neighbours(found, around):
    """The next newer and older articles of the category, nearest first."""
    place = (found.publish_at, found.pk)
    rows = sorted(around, key=lambda item: (item.publish_at, item.pk))
    return ([item for item in rows if (item.publish_at, item.pk) > place],
            [item for item in reversed(rows) if (item.publish_at, item.pk) < place])  # fmt: skip


@prepared
def _around(now: dt.datetime, category: int, at: dt.datetime, pk: int):
    siblings = Article.objects.published(now).filter(category=category).only("pk", "title", "slug", "publish_at")
    after = Q(publish_at__gt=at) | Q(publish_at=at, pk__gt=pk)
    before = Q(publish_at__lt=at) | Q(publish_at=at, pk__lt=pk)
    newer = siblings.filter(after, publish_at__gte=at).order_by("publish_at", "pk")
    older = siblings.filter(before, publish_at__lte=at).newest_first()
    return newer[:NEIGHBOURS].union(older[:NEIGHBOURS], all=True)


def _related(found, chosen, around):
    """The articles that editors chose, and the newest that share a tag and do not stand beside it already; one query.

    `chosen` gives ids where the choice is in no table yet. Whatever was chosen is shown, beside the neighbours too.
    """
    tags, besides = [tag["pk"] for tag in found.tag_list], around.column("id")
    return _to_relate.answer(timezone.now(), found.pk or 0, list(chosen or []), tags, besides, stored=chosen is None)


def _ranked(related):
    """Chosen ones first, the newest first, none twice, up to RELATED."""
    rows = sorted(related, key=lambda item: (-item.rank, item.publish_at, item.pk), reverse=True)
    return list({item.pk: item for item in rows}.values())[:RELATED]


@prepared
def _to_relate(now: dt.datetime, pk: int, chosen: list[int], tags: list[int], besides: list[int], *, stored: bool):
    public = Article.objects.published(now).for_cards().exclude(pk=pk).newest_first()
    by_hand = public.filter(related_from=pk) if stored else public.filter(pk__any_of=chosen)
    by_tag = public.filter(pk__in=_newest_of_each(tags, now)).exclude(pk__any_of=besides)
    return by_hand.annotate(rank=Value(0))[:RELATED].union(by_tag.annotate(rank=Value(1))[:RELATED], all=True)


def _newest_of_each(tags, now):
    """Keys of the newest articles of each tag, enough for what is left out: so many, however many a tag has."""
    newest = Tagged.objects.published(now).filter(tag=OuterRef("pk")).newest_first().values("article")
    keys = Func(ArraySubquery(newest[: RELATED + 2 * NEIGHBOURS + 1]), function="unnest", set_returning=True)
    return Tag.objects.filter(pk__any_of=tags).annotate(key=keys).order_by().values("key")
