"""Cleans what somebody pastes, before their editor sees it."""
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed

from news import richtext

# Word writes ten characters of markup for one of text; what becomes of it is held to the limit of a text.
MAX_BYTES = 4 * 1024 * 1024


def view(model_admin, request):
    """HTML in the body of a POST, sanitised in the answer.

    413 with a sentence for more than a text can hold, 415 for a form: its body has been read by then.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if not any(user.has_perm(f"news.{right}_{kind}") for right in ("add", "change") for kind in ("article", "page")):
        raise PermissionDenied
    if request.content_type != "text/html":
        return HttpResponse("Chỉ nhận đoạn HTML.", status=415, content_type="text/plain; charset=utf-8")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return _too_long()
    try:
        clean = richtext.sanitise(request.body.decode("utf-8", errors="replace"))
    except richtext.TextTooLongError:
        return _too_long()
    return HttpResponse(clean, content_type="text/html; charset=utf-8", headers={
        "Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "no-store",
    })  # fmt: skip


def _too_long():
    sentence = "Đoạn dán dài quá nên mới dán phần chữ. Hãy dán từng phần hoặc dùng Nhập từ Word."
    return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
