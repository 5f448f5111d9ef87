import hashlib
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.utils.cache import get_conditional_response

# Figures move with every visit, and the page renews its own: they make it no other page.
_FIGURES = re.compile(rb'(data-figure="[a-z]+">)[0-9.]*')
_KINDS = ("text/html", "application/rss+xml", "application/atom+xml", "application/xml", "application/json",
          "application/manifest+json")  # fmt: skip


class ConditionalMiddleware:
    """Marks what everybody gets with a tag made of its content, and answers 304 to whoever has it already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not self._may_be_kept(request, response):
            return response
        tag = getattr(response, "content_tag", None) or _tag(response.content)
        response.headers["ETag"] = tag
        # To ask every time costs little; an old page costs a reader's trust.
        response.headers.setdefault("Cache-Control", "no-cache")
        return get_conditional_response(request, etag=tag, response=response)

    @staticmethod
    def _may_be_kept(request, response):
        return (
            request.method in {"GET", "HEAD"} and response.status_code == 200 and not response.streaming
            and not response.has_header("ETag") and response.get("Content-Type", "").partition(";")[0] in _KINDS
            and not response.cookies and "Cookie" not in response.get("Vary", "")
            and not {"no-store", "private"}.intersection(re.split(r"[,\s]+", response.get("Cache-Control", "")))
        )  # fmt: skip


def _tag(content):
    without = _FIGURES.sub(rb"\1", content)
    return f'W/"{hashlib.blake2b(without, digest_size=12).hexdigest()}"'


class PreloadMiddleware:
    """Names the picture that a page begins with in its headers, which a browser reads before the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if picture := request.META.get("news.first_picture"):  # news.pictures.AHEAD
            response.headers["Link"] = picture
        return response


class TidyAddressMiddleware:
    """Turns away addresses that no database text can hold, and strange ports, before any view meets them.

    A host of ours with a port that is neither the site's nor the server's would stand in every absolute address of a
    page, feed or sitemap: a cache in front might give those to others.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.port = str(urlsplit(settings.SITE_URL).port or 443)

    def __call__(self, request):
        if settings.HTTPS:
            _, colon, port = request.get_host().rpartition("]")[2].partition(":")
            if colon and port not in (self.port, request.META.get("SERVER_PORT")):
                raise DisallowedHost("a port that is not ours")
        # One answer for all: a NUL, plain or escaped, in the path or the query.
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
