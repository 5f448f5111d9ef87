from news.admin import articles, fees, front, media, reading, taxonomy

__all__ = ["articles", "fees", "front", "media", "reading", "taxonomy"]
