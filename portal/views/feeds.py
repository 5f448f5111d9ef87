"""RSS and Atom of the newest articles, all or of one category: the lead, or the whole text where the site wants it."""
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape

from news.listing import keys_in
from news.models import Article, Category
from portal import site

LENGTH = 30


class _FullText:
    """Puts the whole text beside the lead, where an item brings one."""

    def rss_attributes(self):
        return {**super().rss_attributes(), **self.NAMESPACE}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["text"]:
            handler.addQuickElement(self.ELEMENT, item["text"], self.ATTRIBUTES)


class RssFeed(_FullText, Rss201rev2Feed):
    NAMESPACE = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
    ELEMENT = "content:encoded"
    ATTRIBUTES = {}


class AtomFeed(_FullText, Atom1Feed):
    NAMESPACE = {}
    ELEMENT = "content"
    ATTRIBUTES = {"type": "html"}


class NewestRss(Feed):
    feed_type = RssFeed
    language = "vi"

    def get_object(self, request, slug=None):
        return slug and get_object_or_404(Category, slug=slug)

    def title(self, category):
        return category.name if category else "Tin mới nhất"

    def link(self, category):
        return category.get_absolute_url() if category else reverse("home")

    def description(self, category):
        return f"Tin mới nhất của chuyên mục {category.name}" if category else "Tin mới nhất của cổng thông tin"

    subtitle = description

    def author_name(self, category):
        return site.current().settings.name

    def items(self, category):
        articles = Article.objects.published().for_cards().newest_first()
        if site.current().settings.feeds_in_full:
            articles = Article.objects.published().select_related("category").defer("search", "body").newest_first()
        if not category:
            return articles[:LENGTH]
        family = Category.objects.filter(Q(pk=category.pk) | Q(parent=category))
        return articles.filter(pk__in=keys_in(family.values_list("pk", flat=True))(0, LENGTH))

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return escape(article.lead)  # readers of feeds take it for HTML

    def item_guid(self, article):
        # The address without what a new title changes: an article that was read is not new again.
        return settings.SITE_URL + reverse("article", args=[article.pk])

    def item_extra_kwargs(self, article):
        return {"text": article.rendered if site.current().settings.feeds_in_full else ""}

    def item_author_name(self, article):
        return article.pen_name or None  # then it is the feed's own

    def item_pubdate(self, article):
        return article.publish_at

    def item_updateddate(self, article):
        return article.publish_at

    def item_categories(self, article):
        return [article.category.name]


class NewestAtom(NewestRss):
    feed_type = AtomFeed


rss = NewestRss()
atom = NewestAtom()
