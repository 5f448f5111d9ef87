"""Every address of the portal, from its URL configuration, with arguments that exist."""
import re
from datetime import timedelta

import factories
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from news import preview
from news.models import (
    Abbreviation,
    AlertBanner,
    Attachment,
    GamblingMention,
    OutboundDomain,
    Placement,
    PreviewLink,
    Redirect,
    Topic,
)
from portal import log
from portal.models import ContactMessage, Link, MenuItem, PolicyReport, SiteSettings, User


def routes(patterns=None, before=""):
    """`quan-tri/news/article/<int:object_id>/tu-luu/` and all the others."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


class City:
    """One of everything; the article is `owner`'s own draft."""

    def __init__(self, owner):
        category = factories.category()
        self.article = factories.draft(owner=owner, category=category, tags=["hội nghị"])
        self.published = factories.article(category=category)
        link = PreviewLink.objects.create(article=self.article, expires_at=timezone.now() + timedelta(days=1))
        banner = AlertBanner.objects.create(text="Bão số 9", level="khan-cap", starts_at=timezone.now(),
                                            ends_at=timezone.now() + timedelta(days=1))  # fmt: skip
        Placement.objects.create(article=self.published, place=1)
        factories.page("Structure", language="en")
        self.keys = {
            "news/article": self.article.pk, "news/category": category.pk, "news/tag": factories.tag().pk,
            "news/page": factories.page().pk, "news/image": factories.image().pk, "news/alertbanner": banner.pk,
            "news/placement": Placement.objects.get().pk, "portal/link": Link.objects.create(label="x", address="/").pk,
            "portal/menuitem": MenuItem.objects.create(label="x", address="/").pk,
            "portal/sitesettings": SiteSettings.objects.get_or_create(pk=1)[0].pk,
            "news/attachment": Attachment.objects.create(title="x", kind="pdf", size=1, file="x", sha256="0" * 64).pk,
            "news/topic": Topic.objects.create(name="Bầu cử 2026", slug="bau-cu").pk,
            "news/redirect": Redirect.objects.create(old="/cu.aspx", new="/").pk,
            "news/abbreviation": Abbreviation.objects.create(short="ABCD", long="x").pk,
            "news/outbounddomain": OutboundDomain.objects.create(host="moi.example").pk,
            "news/gamblingmention": GamblingMention.objects.create(article=self.published).pk,
            "portal/logentry": log.write("thu", "Thử").pk, "auth/group": Group.objects.first().pk,
            "portal/policyreport": PolicyReport.objects.create(directive="img-src", blocked="x", page="/").pk,
            "portal/contactmessage": ContactMessage.objects.create(name="Bà Tư", phone="0208 000 111", subject="Đèn",
                                                                   text="Đèn đường hỏng.").pk,
            "portal/user": User.objects.create_user("docgia").pk,
        }  # fmt: skip
        self.arguments = {
            "slug": category.slug, "pk": self.published.pk, "year": 2021, "month": 3, "day": 24, "colour": "a3161a",
            "token": preview.address(link).strip("/").split("/")[-1], "path": "khong-co.png", "app_label": "news",
            "content_type_id": ContentType.objects.get_for_model(self.article).pk, "object_id": self.article.pk,
            "uidb64": "MQ", "url": "khong-co", "name": "x.pdf", "part": 1,
        }  # fmt: skip

    def address(self, route):
        arguments = dict(self.arguments)
        for model, key in self.keys.items():
            if route.startswith(f"quan-tri/{model}/"):
                arguments |= {"object_id": key, "id": key, "pk": key}
        if route.startswith("dong-su-kien"):
            arguments["slug"] = "bau-cu"
        if route.startswith("tu-khoa"):
            arguments["slug"] = "hoi-nghi"
        if route.startswith("trang"):
            arguments["slug"] = "lien-he"
        text = re.sub(r"\^bai-viet/.*", f"bai-viet/x-{self.published.pk}/", route)
        text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", text)
        text = text.replace("^", "").replace("$", "").replace("\\.", ".")
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(arguments[found[1]]), text)
