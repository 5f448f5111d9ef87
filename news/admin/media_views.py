"""What the editor asks for: sending a picture or a file while writing, and choosing one from the library."""
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from news.admin.media_forms import take_file, take_picture
from news.models import Attachment, Image
from news.search import MAX_QUERY
from news.vietnamese import nfc

PER_PAGE = 24


@require_POST
def upload_picture(request):
    """CKEditor's answer format: {"uploaded": 1, "fileName", "url"} or {"uploaded": 0, "error": {"message"}}."""
    if not request.user.has_perm("news.add_image"):
        raise PermissionDenied
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused("Chưa có tệp nào được gửi lên.")
    alt = nfc(request.POST.get("alt", "")).replace("\0", "").strip()[:300]
    try:
        stored = take_picture(upload, request.user, alt=alt)
    except ValidationError as error:
        return _refused(error.messages[0])
    image = stored.image
    answer = {"uploaded": 1, "id": image.pk, "fileName": str(image), "url": image.file.url, "alt": image.alt,
              "width": image.width, "height": image.height}  # fmt: skip
    notes = [stored.note] if stored.note else []
    if not stored.created:
        said = f", với mô tả “{image.alt}”" if image.alt else ""
        notes.append(f"Ảnh này đã có trong thư viện{said}.")
    if notes:
        answer["error"] = {"message": " ".join(notes)}  # the editor shows it where it asks for the description
    return JsonResponse(answer)


@require_POST
def upload_file(request):
    if not request.user.has_perm("news.add_attachment"):
        raise PermissionDenied
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused("Chưa có tệp nào được gửi lên.")
    try:
        stored, _ = take_file(upload, request.user)
    except ValidationError as error:
        return _refused(error.messages[0])
    return JsonResponse({"uploaded": 1, "id": stored.pk, "fileName": stored.download_name,
                         "url": stored.get_absolute_url()})  # fmt: skip


@require_safe
def browse_pictures(request):
    if not request.user.has_perm("news.view_image"):
        raise PermissionDenied
    fields = ["alt", "caption", "credit"]
    return _browse(request, Image.objects.kept(), fields, "Chọn ảnh", "admin/news/image/browse.html")


@require_safe
def browse_files(request):
    if not request.user.has_perm("news.view_attachment"):
        raise PermissionDenied
    return _browse(request, Attachment.objects.kept(), ["title"], "Chọn tệp", "admin/news/attachment/browse.html")


def _browse(request, rows, fields, title, template):
    sought = nfc(request.GET.get("q", "")).replace("\0", "").strip()[:MAX_QUERY]
    for word in sought.split()[:10]:
        rows = rows.filter(Q(*[(f"{field}__unaccent__icontains", word) for field in fields], _connector=Q.OR))
    function = request.GET.get("CKEditorFuncNum", "")
    return render(request, template, {
        "title": title,
        "q": sought,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "function": function if function.isascii() and function.isdigit() and len(function) < 10 else "",
    })  # fmt: skip


def _refused(reason: str) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": reason}})
