"""Cards of articles in lists. The same article looks the same in the same place until it changes: it is drawn once."""
import threading

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from news import pictures

register = template.Library()
MOST = 1_000  # cards kept by a process, some 1.5 kB each

_kept: dict[tuple, str] = {}
_lock = threading.Lock()


@register.simple_tag(takes_context=True)
def card(context, article, **look):
    """One article of a list as `_card.html` draws it; `look`: what that template lists."""
    # A search marks words in the texts of its own articles; the first picture is named in the answer's headers.
    if look.get("eager") or "excerpt" in article.__dict__:
        return render_to_string("_card.html", {"article": article, **look}, context.get("request"))
    image, category = article.image, article.category
    shown = (
        _address(article), article.lead, category.slug, category.name, image and pictures.identity(image), *look.items()
    )
    return _drawn("_card.html", {"article": article, **look}, shown)


@register.simple_tag
def headline(article):
    """The title of an article with its date, as `_headline.html` draws it."""
    return _drawn("_headline.html", {"article": article}, _address(article))


def _address(article) -> tuple:
    return article.pk, article.slug, article.title, article.publish_at


def _drawn(name: str, values: dict, shown: tuple) -> str:
    """The template with `values`; `shown` is everything of them that it shows or leads to."""
    html = _kept.get((name, shown))
    if html is None:
        html = render_to_string(name, values)
        if not settings.DEBUG:
            with _lock:
                while len(_kept) >= MOST:
                    del _kept[next(iter(_kept))]
                _kept[name, shown] = html
    return html
