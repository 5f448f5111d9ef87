from news.models.abbreviation import Abbreviation
from news.models.article import Article
from news.models.attachment import Attachment
from news.models.choices import Genre, State
from news.models.desk import AlertBanner, Autosave, Editing, Placement, PreviewLink
from news.models.fees import FeeSheet
from news.models.listed import AlsoIn, Chosen, Tagged
from news.models.media import Image, Replaced
from news.models.outbound import GamblingMention, OutboundDomain, OutboundLink, ScanRequest
from news.models.page import Page
from news.models.reading import Redirect, Topic
from news.models.revision import Replacement, Revision
from news.models.taxonomy import Category, Tag
from news.models.usage import UploadTally, Use

__all__ = [
    "Abbreviation", "AlertBanner", "AlsoIn", "Article", "Attachment", "Autosave", "Category", "Chosen", "Editing",
    "FeeSheet", "GamblingMention", "Genre", "Image", "OutboundDomain", "OutboundLink", "Page", "Placement",
    "PreviewLink", "Redirect", "Replaced", "Replacement", "Revision", "ScanRequest", "State", "Tag", "Tagged", "Topic",
    "UploadTally", "Use",
]  # fmt: skip
