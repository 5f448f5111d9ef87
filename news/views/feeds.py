from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from news.listing import keys_in
from news.models import Article, Category

LENGTH = 30


class NewestFeed(Feed):
    """The newest articles, all or of one category, as RSS."""

    feed_type = Rss201rev2Feed
    language = "vi"

    def get_object(self, request, slug=None):
        return slug and get_object_or_404(Category, slug=slug)

    def title(self, category):
        return category.name if category else "Tin mới nhất"

    def link(self, category):
        return category.get_absolute_url() if category else reverse("home")

    def description(self, category):
        return f"Tin mới nhất của chuyên mục {category.name}" if category else "Tin mới nhất của cổng thông tin"

    def items(self, category):
        articles = Article.objects.published().for_cards().newest_first()
        if not category:
            return articles[:LENGTH]
        family = Category.objects.filter(Q(pk=category.pk) | Q(parent=category))
        return articles.filter(pk__in=keys_in(Article.objects.published(), family)(0, LENGTH))

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.lead

    def item_pubdate(self, article):
        return article.publish_at

    def item_categories(self, article):
        return [article.category.name]


feed = category_feed = NewestFeed()
