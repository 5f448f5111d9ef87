import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

# What readers get: the library's pictures and the emblem. Everything else below MEDIA_ROOT is nobody's business here.
PUBLIC = re.compile(r"(?:anh/(?P<folder>[0-9a-f]{2})/(?P<name>[0-9a-f]{32}[-.][\w.-]{1,60})|bieu-trung/[^/]{1,200})")
SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif",
         ".avif": "image/avif"}  # fmt: skip
HIDDEN = ".an"  # beside the files of a picture that lies in the trash: news.library


@require_safe
def media(request, path):
    """A file of the library, without a query. Names change with the content, so a browser may keep it for ever.

    A picture in the trash is sent only to those who may see the library.
    """
    wanted = PUBLIC.fullmatch(path)
    if not wanted:
        raise Http404
    file = Path(settings.MEDIA_ROOT) / path
    kind = SHOWN.get(file.suffix.lower())
    hidden = wanted["folder"] and file.with_name(wanted["name"][:32] + HIDDEN).exists()
    if not kind or (hidden and not request.user.has_perm("news.view_image")):
        raise Http404
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
    response["Cache-Control"] = "private, no-store" if hidden else "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
