from news.admin import articles, attachment, fees, front, media, outbound, taxonomy

__all__ = ["articles", "attachment", "fees", "front", "media", "outbound", "taxonomy"]
