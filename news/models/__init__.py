from news.models.article import Article
from news.models.media import Image
from news.models.page import Page
from news.models.taxonomy import Category, Tag

__all__ = ["Article", "Category", "Image", "Page", "Tag"]
