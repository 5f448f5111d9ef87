from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date

from news import drawn, listing
from news.models import Article, Category, Tag, Topic
from news.paging import page_of
from news.prepared import prepared
from stats import queries as stats

MOST_READ = 20
MOST_READ_DAYS = (7, 30)


def category(request, slug):
    """A subject with those below it; three queries."""
    family = _family.answer(slug)
    if slug not in family.column("slug"):
        raise Http404
    page = page_of(request, listing.keys_in(family.column("id")), listing.cards)

    def about():
        members = list(family)
        found = next(item for item in members if item.slug == slug)
        return {"category": found, "children": [item for item in members if item is not found]}

    return _response(request, "news/category.html", page, family.rows, about)


@prepared
def _family(slug: str):
    return Category.objects.select_related("parent").filter(Q(slug=slug) | Q(parent__slug=slug))


def tag(request, slug):
    found = get_object_or_404(Tag, slug=slug)
    return _list(request, "news/tag.html", listing.keys_tagged(found), (found.name,), lambda: {"tag": found})


def most_read(request):
    """What was read most in a week and in a month."""
    ranked = {days: [pk for pk, _ in stats.most_viewed(days, MOST_READ)] for days in MOST_READ_DAYS}
    wanted = {pk for keys in ranked.values() for pk in keys}
    cards = Article.objects.published().for_cards().in_bulk(wanted)
    periods = [(f"{days} ngày qua", [cards[pk] for pk in keys if pk in cards]) for days, keys in ranked.items()]
    return render(request, "news/most_read.html", {"periods": periods})


def topics(request):
    """Every story that goes on."""
    return render(request, "news/topics.html", {"topics": Topic.objects.filter(published=True)})


def topic(request, slug):
    found = get_object_or_404(Topic, slug=slug, published=True)
    named = found.name, found.lead
    return _list(request, "news/topic.html", listing.keys_of(found), named, lambda: {"topic": found})


def _list(request, template, articles, named, about):
    return _response(request, template, page_of(request, articles, listing.cards), named, about)


def _response(request, template, page, named, about):
    """A page of a list; `about` gives what its template calls the list, and `named` is all that it shows of that."""

    def draw(more):
        response = render(request, template, {"page": page, **about(), **more})
        if page.objects:
            response["Last-Modified"] = http_date(page.objects[0].publish_at.timestamp())
        return response

    return drawn.page(request, (named, page.shown), draw, part=page.number)
