from news.views.articles import article, page
from news.views.feeds import category_feed, feed
from news.views.lists import archive_day, category, tag
from news.views.previews import preview_link
from news.views.searching import search, suggest

__all__ = ["archive_day", "article", "category", "category_feed", "feed", "page", "preview_link", "search", "suggest",
           "tag"]  # fmt: skip
