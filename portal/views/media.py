import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from news import audience, preview

# What readers get: the library's pictures and the emblem. Everything else below MEDIA_ROOT is nobody's business here.
PUBLIC = re.compile(r"(?:anh/[0-9a-f]{2}/(?P<key>[0-9a-f]{32})[-.][\w.-]{1,60}|bieu-trung/[^/]{1,200})")
SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif",
         ".avif": "image/avif"}  # fmt: skip
FOREVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=600"
PRIVATE = "private, no-store"


@require_safe
def media(request, path):
    """A file of the library. Names change with the content, so a browser may keep it for ever.

    Without a query once readers see a text with it; before and afterwards only for the newsroom and, with `?xem=`, for
    whoever holds a preview link of such a text.
    """
    wanted = PUBLIC.fullmatch(path)
    if not wanted:
        raise Http404
    file = Path(settings.MEDIA_ROOT) / path
    kind = SHOWN.get(file.suffix.lower())
    if not kind:
        raise Http404
    key = wanted["key"]
    caching = _caching(request, key) if key and audience.is_marked(key) else FOREVER
    try:
        modified = int(file.stat().st_mtime)
        content = file.open("rb")
    except (OSError, ValueError):  # a name too long, a folder, a file that has just gone
        raise Http404 from None
    # These are compressed already: pressing them again would cost time and gain nothing.
    request.META["HTTP_ACCEPT_ENCODING"] = ""
    if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == modified:
        content.close()
        return HttpResponseNotModified()
    response = FileResponse(content, content_type=kind)
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _caching(request, key):
    """How long a picture that has to be asked about may be kept, by whoever asks; raises Http404."""
    shown = audience.ask(key)
    if shown is not audience.Shown.NOT:
        return FOREVER if shown is audience.Shown.FOR_GOOD else FOR_NOW
    token = request.GET.get("xem", "")
    if (token and audience.opened_by(preview.find(token), key)) or request.user.has_perm("news.view_image"):
        return PRIVATE
    raise Http404
