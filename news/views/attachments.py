from django.http import FileResponse, Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from news import attachments
from news.models import Attachment


@require_safe
def attachment(request, pk, name):
    """A document, to be saved and never shown: to everybody while a text that readers see uses it.

    One query then, without a session. The name in the address is for people; the number decides.
    """
    found = attachments.readers_may_have(Attachment.objects.filter(pk=pk)).first()
    if found is None:
        found = get_object_or_404(Attachment, pk=pk)
        if not attachments.may_have(found, request.user):
            raise Http404
    request.META["HTTP_ACCEPT_ENCODING"] = ""  # documents are compressed already
    tag = f'"{found.sha256[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _guarded(HttpResponseNotModified(), tag)
    try:
        content = found.file.open("rb")
    except OSError:  # the row's file is gone: `manage.py media_check` names it
        raise Http404 from None
    response = FileResponse(content, content_type=found.media_type, as_attachment=True, filename=found.download_name)
    return _guarded(response, tag)


def _guarded(response, tag):
    response["ETag"] = tag
    # Asked for again each time: an article may have been withdrawn meanwhile.
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noarchive"
    return response
