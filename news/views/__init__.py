from news.views.articles import article, page
from news.views.attachments import attachment
from news.views.feeds import category_feed, feed
from news.views.lists import archive_day, category, search, tag
from news.views.previews import preview_link

__all__ = ["archive_day", "article", "attachment", "category", "category_feed", "feed", "page", "preview_link",
           "search", "tag"]  # fmt: skip
