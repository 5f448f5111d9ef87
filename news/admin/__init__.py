from news.admin import article, media, outbound, taxonomy

__all__ = ["article", "media", "outbound", "taxonomy"]
