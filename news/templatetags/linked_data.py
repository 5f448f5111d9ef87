"""What a page is about, as search engines read it (schema.org); data blocks, which the page's CSP lets stand."""
import json

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

register = template.Library()
# What could end the block or begin another; JSON reads them back as they were.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True)
def portal_data(context):
    """The front page: whose portal it is, and how it is searched."""
    organisation = _organisation(context) | {
        name: value for name, value in (("address", context["site"].settings.address),
                                        ("telephone", context["site"].settings.phone),
                                        ("email", context["site"].settings.email)) if value
    }  # fmt: skip
    home = _absolute(context, reverse("home"))
    website = {
        "@type": "WebSite", "@id": f"{home}#website", "url": home, "name": context["site"].settings.name,
        "inLanguage": "vi", "publisher": {"@id": organisation["@id"]},
        "potentialAction": {
            "@type": "SearchAction", "query-input": "required name=q",
            "target": {"@type": "EntryPoint", "urlTemplate": _absolute(context, reverse("search")) + "?q={q}"},
        },
    }  # fmt: skip
    return _block(organisation, website)


@register.simple_tag(takes_context=True)
def article_data(context):
    article = context["article"]
    settings = context["site"].settings
    address = _absolute(context, article.get_absolute_url())
    image = getattr(article.image, "share", None) if article.image else None
    picture = image[2] if image else article.image.file.url if article.image else static("images/share.png")
    corrected = article.corrections[-1]["at"] if article.corrections else None
    news = {
        "@type": "NewsArticle", "@id": f"{address}#article", "mainEntityOfPage": address, "url": address,
        "headline": article.title, "inLanguage": "vi", "image": [_absolute(context, picture)],
        "datePublished": localtime(article.publish_at).isoformat(timespec="seconds"),
        "dateModified": corrected or localtime(article.publish_at).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": article.pen_name} if article.pen_name
        else {"@type": "GovernmentOrganization", "name": settings.organisation},
        "publisher": _organisation(context), "articleSection": article.category.name, "isAccessibleForFree": True,
    }  # fmt: skip
    if article.lead:
        news["description"] = article.lead
    if article.tag_list:
        news["keywords"] = [tag["name"] for tag in article.tag_list]
    return _block(news, _breadcrumb(context, article.category, article))


@register.simple_tag(takes_context=True)
def category_data(context):
    return _block(_breadcrumb(context, context["category"]))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context, name, parent="", parent_view=""):
    """The way to a page by itself or a list: home, the page `parent_view` called `parent`, this one."""
    steps = [("Trang chủ", reverse("home"))]
    if parent:
        # English pages have a front page of their own.
        steps = [] if parent_view == "english" else steps
        steps.append((parent, reverse(parent_view)))
    return _block(_breadcrumb_of(context, [*steps, (name, context["request"].path)]))


def _organisation(context):
    settings = context["site"].settings
    home = _absolute(context, reverse("home"))
    return {"@type": "GovernmentOrganization", "@id": f"{home}#organisation", "url": home,
            "name": settings.organisation or settings.name,
            "logo": {"@type": "ImageObject", "url": _absolute(context, context["site"].emblem_url)}}  # fmt: skip


def _breadcrumb(context, category, *last):
    steps = [("Trang chủ", reverse("home"))]
    steps += [(item.name, item.get_absolute_url()) for item in (category.parent, category) if item]
    steps += [(article.title, article.get_absolute_url()) for article in last]
    return _breadcrumb_of(context, steps)


def _breadcrumb_of(context, steps):
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name, "item": _absolute(context, address)}
        for place, (name, address) in enumerate(steps, 1)
    ]}  # fmt: skip


def _absolute(context, address):
    request = context["request"]
    # Spelled out: a page names some twenty addresses, nearly all its own.
    own = address.startswith("/") and not address.startswith("//")
    return f"{request.scheme}://{request.get_host()}{address}" if own else request.build_absolute_uri(address)


def _block(*things):
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
