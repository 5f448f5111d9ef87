"""Search: the page of results, and what is suggested while somebody types."""
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from news import dates, excerpts, finding, spelling
from news import search as searching
from news.models import Article, Category
from news.paging import page_of
from news.vietnamese import nfc

# Hidden from search engines, which would go on asking for ever.
UNLISTED = "X-Robots-Tag", "noindex"


@dataclass(slots=True)
class Asked:
    """What the address asks for: words and filters, and what of it cannot be used."""

    query: str
    category: str = ""
    since: str = ""  # as the form shows it again: ISO where it is a date
    until: str = ""
    filters: finding.Filters = field(default_factory=finding.Filters)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def rest(self) -> str:
        """The filters as the end of an address, for the links to other pages and other words."""
        values = {"chuyen-muc": self.category, "tu-ngay": self.since, "den-ngay": self.until}
        return urlencode({name: value for name, value in values.items() if value})


@require_safe
def search(request):
    """Articles that hold every word asked for, with or without marks; an empty question shows the form alone."""
    categories = list(Category.objects.select_related("parent"))
    asked = _asked(request.GET, categories)
    context = {"asked": asked, "query": asked.query, "categories": _in_order(categories), "page": None,
               "hurried": False}  # fmt: skip
    question = searching.question(asked.query)
    if question is None:
        return render(request, "news/search.html", context)
    found = finding.Found([])

    def keys(start, stop):
        nonlocal found
        found = finding.find(question, asked.filters, min(stop, finding.MOST))
        return found.keys[start:stop]

    page = page_of(request, keys, Article.objects.for_cards().annotate(text=excerpts.beginning("rendered")))
    for article in page.objects:
        article.title_parts = excerpts.marked(article.title, question)
        article.excerpt = excerpts.excerpt(article.lead, excerpts.plain(article.text), question)
    context |= {"page": page, "hurried": found.hurried, "most": finding.MOST,
                "is_last": not page.has_next and len(found.keys) == finding.MOST}  # fmt: skip
    if not page.objects and not found.hurried:
        context["better"] = spelling.better(asked.query, question)
    response = render(request, "news/search.html", context)
    response.headers.setdefault(*UNLISTED)
    return response


@require_safe
def suggest(request):
    """`{"suggestions": [{"text", "kind", "address"}]}` for the beginning of a question."""
    text = nfc(request.GET.get("q", "")).strip()[: searching.MAX_QUERY]
    found = spelling.suggestions(text)
    return JsonResponse({"suggestions": found}, headers=dict([UNLISTED, ("Cache-Control", "public, max-age=60")]))


def _asked(given, categories) -> Asked:
    asked = Asked(nfc(given.get("q", "")).strip()[: searching.MAX_QUERY])
    chosen = next((item for item in categories if item.slug == given.get("chuyen-muc")), None)
    family = ()
    if chosen:
        asked.category = chosen.slug
        family = tuple(item.pk for item in categories if chosen.pk in (item.pk, item.parent_id))
    days = {}
    for name, attribute in (("tu-ngay", "since"), ("den-ngay", "until")):
        text = given.get(name, "").strip()[:20]
        try:
            days[attribute] = _day(text)
        except ValidationError as error:
            asked.problems[attribute] = error.messages[0]
            days[attribute] = None
        setattr(asked, attribute, days[attribute].isoformat() if days[attribute] else "")
    asked.filters = finding.Filters(family, days["since"], days["until"])
    if days["since"] and days["until"] and days["since"] > days["until"]:
        asked.problems["until"] = "“Đến ngày” phải từ “Từ ngày” trở đi."
    return asked


def _day(text):
    """A date as readers of Vietnamese type it, or as browsers send it; raises ValidationError."""
    try:
        day = forms.DateField(required=False, localize=True).clean(text)
    except ValidationError:
        raise ValidationError("Ngày viết dạng 24-03-2021.") from None
    if day and not dates.EARLIEST.year <= day.year < dates.LATEST.year:
        raise ValidationError("Năm phải từ 1900 đến 2199.")
    return day


def _in_order(categories):
    """Each top category with those below it, as the list to choose from shows them."""
    tops = [item for item in categories if item.parent_id is None]
    return [(top, [item for item in categories if item.parent_id == top.pk]) for top in tops]
