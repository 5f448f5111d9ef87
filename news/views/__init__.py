from news.views.archive import archive_day, archive_index, archive_month, archive_year
from news.views.articles import article, oembed
from news.views.attachments import attachment
from news.views.lists import category, most_read, tag, topic, topics
from news.views.pages import english, page
from news.views.previews import preview_link
from news.views.searching import search, suggest

__all__ = [
    "archive_day", "archive_index", "archive_month", "archive_year", "article", "attachment", "category", "english",
    "most_read", "oembed", "page", "preview_link", "search", "suggest", "tag", "topic", "topics",
]  # fmt: skip
