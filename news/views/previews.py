import re

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from news import preview, text

_PICTURE = re.compile(rb"/media/anh/[0-9a-f]{2}/[0-9a-f]{32}[-.][\w.-]+")


@require_safe
def preview_link(request, token):
    """An article's newest text for somebody who was sent the link; 410 once it has ended or was revoked."""
    link = preview.find(token)
    if link is None:
        raise Http404
    if not link.is_open or link.article.deleted_at:
        gone = render(request, "news/preview_over.html", status=410)
        gone["Cache-Control"] = "private, no-store"
        gone["X-Robots-Tag"] = "noindex, nofollow"
        return gone
    preview.note_view(link)
    page = preview.response(request, link.article, text.newest(link.article))
    # A guest has no session: each picture is asked for with the link that shows it.
    page.content = _PICTURE.sub(rb"\g<0>?xem=" + token.encode("ascii", "ignore"), page.content)
    return page
