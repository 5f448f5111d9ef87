from news.admin import articles, attachment, fees, front, media, taxonomy

__all__ = ["articles", "attachment", "fees", "front", "media", "taxonomy"]
