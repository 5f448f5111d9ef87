from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

# What the library writes; anything else that lies under media/ is sent as a download.
SHOWN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif"}


@require_safe
def media(request, path):
    """A file of the library. Names change with the content, so a browser may keep it for ever."""
    try:
        file = (Path(settings.MEDIA_ROOT) / path).resolve()
        if not file.is_relative_to(Path(settings.MEDIA_ROOT).resolve()) or not file.is_file():
            raise Http404
        modified = int(file.stat().st_mtime)
        content = file.open("rb")
    except (OSError, ValueError):  # a name too long, a NUL, a file that has just gone
        raise Http404 from None
    if parse_http_date_safe(request.headers.get("If-Modified-Since", "")) == modified:
        content.close()
        return HttpResponseNotModified()
    kind = SHOWN.get(file.suffix.lower())
    response = FileResponse(content, content_type=kind or "application/octet-stream", as_attachment=not kind)
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
