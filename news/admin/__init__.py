from news.admin import articles, fees, front, media, outbound, reading, taxonomy

__all__ = ["articles", "fees", "front", "media", "outbound", "reading", "taxonomy"]
