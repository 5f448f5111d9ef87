from news.views.articles import article, page
from news.views.feeds import category_feed, feed
from news.views.lists import archive_day, category, search, tag

__all__ = ["archive_day", "article", "category", "category_feed", "feed", "page", "search", "tag"]
