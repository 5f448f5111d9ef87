from news.admin import articles, attachment, fees, front, media, outbound, reading, taxonomy

__all__ = ["articles", "attachment", "fees", "front", "media", "outbound", "reading", "taxonomy"]
