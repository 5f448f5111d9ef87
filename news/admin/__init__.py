from news.admin import articles, fees, front, media, taxonomy

__all__ = ["articles", "fees", "front", "media", "taxonomy"]
