from news.admin import articles, media, taxonomy

__all__ = ["articles", "media", "taxonomy"]
