from news.admin import article, media, taxonomy

__all__ = ["article", "media", "taxonomy"]
