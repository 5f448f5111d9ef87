"""Pages that stand by themselves, in Vietnamese and in English."""
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import http_date

from news.models import Page

TEMPLATES = {Page.Language.VIETNAMESE: "news/page.html", Page.Language.ENGLISH: "news/page_en.html"}
_OTHER = Page.objects.filter(Q(translation_of=OuterRef("pk")) | Q(pk=OuterRef("translation_of")), published=True)


def paths_by_language(paths):
    """The `hreflang` values of a page in several languages; whoever reads neither of them is shown the Vietnamese."""
    return {**paths, "x-default": paths["vi"]} if paths else {}


def page(request, slug):
    """One query: the page, with what says the same in the other language."""
    other = _OTHER.values(data=JSONObject(title="title", slug="slug", language="language"))[:1]
    found = get_object_or_404(Page.objects.annotate(other=Subquery(other)), slug=slug, published=True)
    same = Page(**found.other) if found.other else None
    languages = paths_by_language({page.language: page.get_absolute_url() for page in (found, same)} if same else {})
    response = render(request, TEMPLATES[found.language], {"page": found, "same": same, "languages": languages})
    response["Last-Modified"] = http_date(found.updated_at.timestamp())
    return response


def english(request):
    """The way into the English pages."""
    pages = list(Page.objects.filter(published=True, language=Page.Language.ENGLISH).order_by("pk"))
    if not pages:
        raise Http404
    languages = paths_by_language({"vi": reverse("home"), "en": reverse("english")})
    return render(request, "news/english.html", {"pages": pages, "languages": languages})
