from news.admin import articles, fees, front, media, outbound, taxonomy

__all__ = ["articles", "fees", "front", "media", "outbound", "taxonomy"]
