from news.models.article import Article
from news.models.choices import Genre, State
from news.models.desk import AlertBanner, Autosave, Editing, Placement, PreviewLink
from news.models.fees import FeeSheet
from news.models.media import Image
from news.models.page import Page
from news.models.reading import Redirect, Topic
from news.models.revision import Replacement, Revision
from news.models.taxonomy import Category, Tag

__all__ = [
    "AlertBanner", "Article", "Autosave", "Category", "Editing", "FeeSheet", "Genre", "Image", "Page", "Placement",
    "PreviewLink", "Redirect", "Replacement", "Revision", "State", "Tag", "Topic",
]  # fmt: skip
