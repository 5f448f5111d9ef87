"""Sitemaps: an index, parts of articles whose cost does not grow with the archive, and the news of two days.

A part holds the articles whose ids lie in one span: the primary key finds them, and an index of its own the time of its
last change.
"""
import datetime as dt
from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.db import connection
from django.db.models import Max
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.models import Article, Category, Page, Topic
from news.models.article import CHANGED, SITEMAP_PART, SITEMAP_SPAN
from news.views.pages import paths_by_language

NEWS_DAYS = 2
NEWS_MOST = 1_000  # a news sitemap may hold no more
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(request):
    """The parts that hold something, each with the time of its last change; two queries, a look at an index a part."""
    last = Article.objects.aggregate(last=Max("pk"))["last"] or 0
    public = Article.objects.published().annotate(part=SITEMAP_PART, changed=CHANGED).order_by("-changed")
    newest, values = public.filter(part=RawSQL("number", [])).values("changed")[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, ({newest}) FROM generate_series(0, %s) AS number",
                       [*values, last // SITEMAP_SPAN])  # fmt: skip
        parts = [(number, changed) for number, changed in cursor.fetchall() if changed]
    entries = [(reverse("sitemap_articles", args=[number]), changed) for number, changed in parts]
    names = [(reverse("sitemap_pages"), None), (reverse("sitemap_news"), None)]
    return _xml("sitemapindex", _entries(request, "sitemap", entries + names))


@require_safe
def articles(request, part):
    """The articles of one span of ids with the time of their last change; one query."""
    start = int(part) * SITEMAP_SPAN
    public = Article.objects.published().filter(pk__gte=start, pk__lt=start + SITEMAP_SPAN).annotate(changed=CHANGED)
    rows = list(public.order_by("pk").values_list("slug", "pk", "changed"))
    if not rows:
        raise Http404
    # One address for all: making each anew takes longer than the query.
    before, after = reverse("article", args=["SLUG", 0]).split("SLUG-0")
    return _xml("urlset", _entries(request, "url", ((f"{before}{slug}-{pk}{after}", at) for slug, pk, at in rows)))


@require_safe
def pages(request):
    """Everything else that readers may look for: the front page, categories, topics, pages."""
    public = list(Page.objects.filter(published=True).select_related("translation_of"))
    entries = [(reverse("home"), None), (reverse("site_map"), None)]
    entries += [(reverse("english"), None)] if any(page.language == Page.Language.ENGLISH for page in public) else []
    entries += [(category.get_absolute_url(), None) for category in Category.objects.all()]
    entries += [(topic.get_absolute_url(), None) for topic in Topic.objects.filter(published=True)]
    entries += [(page.get_absolute_url(), page.updated_at) for page in public]
    xhtml = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _xml("urlset", _entries(request, "url", entries, _alternates(request, public)), xhtml)


@require_safe
def latest(request, publication: str):
    """What was published in the last two days, as search engines for news read it; one query."""
    since = timezone.now() - dt.timedelta(days=NEWS_DAYS)
    recent = Article.objects.published().filter(publish_at__gt=since).newest_first()
    rows = recent.only("title", "slug", "publish_at")[:NEWS_MOST]
    parts = (
        f"<url><loc>{_address(request, row.get_absolute_url())}</loc><news:news><news:publication>"
        f"<news:name>{escape(publication)}</news:name><news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{_moment(row.publish_at)}</news:publication_date>"
        f"<news:title>{escape(row.title)}</news:title></news:news></url>\n" for row in rows
    )  # fmt: skip
    return _xml("urlset", parts, ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"')


def _alternates(request, pages: list[Page]) -> dict[str, str]:
    """For each path that stands in two languages: both, as elements of its entry."""
    shown = {page.pk for page in pages}
    pairs = [(page.translation_of, page) for page in pages if page.translation_of_id in shown]
    paths = [{page.language: page.get_absolute_url() for page in pair} for pair in pairs]
    if any(page.language == Page.Language.ENGLISH for page in pages):
        paths.append({"vi": reverse("home"), "en": reverse("english")})
    found = {}
    for pair in map(paths_by_language, paths):
        links = "".join(f'<xhtml:link rel="alternate" hreflang="{language}" href="{_address(request, path)}"/>'
                        for language, path in pair.items())  # fmt: skip
        found |= dict.fromkeys(pair.values(), links)
    return found


def _entries(request, name: str, entries: Iterable[tuple[str, dt.datetime | None]], more: dict[str, str] | None = None
             ) -> Iterable[str]:  # fmt: skip
    base = _address(request, "")
    for path, changed in entries:
        when = f"<lastmod>{_moment(changed)}</lastmod>" if changed else ""
        others = more.get(path, "") if more else ""
        yield f"<{name}><loc>{base}{escape(path)}</loc>{when}{others}</{name}>\n"


def _address(request, path: str) -> str:
    return escape(f"{request.scheme}://{request.get_host()}{path}")


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(root: str, parts: Iterable[str], more: str = "") -> HttpResponse:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}"{more}>\n{"".join(parts)}</{root}>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
