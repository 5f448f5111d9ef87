"""What is in a picture that stands in a text: asked by the editor as soon as the picture is there."""
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods

from news import alttext, usage
from news.models import Image
from news.signals import happened
from news.vietnamese import nfc

MOST = {"alt": 300, "caption": 300, "file_name": 300, "title": 500}  # characters


@require_http_methods(["GET", "HEAD", "POST"])
def view(request):
    """`anh` is the picture's address, in the question of a GET or in the form of a POST.

    GET answers what the library says of it: {"alt", "decorative", "caption", "width", "height", "thumbnail"}, or {}.
    POST checks a description by the rule that a text is sent on by, and answers {"problem": a sentence, or ""}. Where
    the library had no description, this one is the library's from now on.
    """
    if not request.user.has_perm("news.change_image"):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    image = next(iter(usage.pictures(usage.picture_keys(f'src="{sent.get("anh", "")[:500]}"')).values()), None)
    if request.method != "POST":
        return JsonResponse(_facts(image) if image else {})
    words = {name: nfc(sent.get(name, "")).replace("\0", "").strip()[:most] for name, most in MOST.items()}
    decorative = "decorative" in sent
    problem = _problem(image, decorative, **words)
    if not problem and image:
        _keep(request.user, image, alt=words["alt"], decorative=decorative, caption=words["caption"])
    return JsonResponse({"problem": problem})


def _facts(image: Image) -> dict:
    whole = image.files("inline")
    return {"alt": image.alt, "decorative": image.decorative, "caption": image.caption, "width": image.width,
            "height": image.height, "thumbnail": whole[0][2] if whole else image.file.url}  # fmt: skip


def _problem(image: Image | None, decorative: bool, *, alt: str, caption: str, file_name: str, title: str) -> str:
    if not decorative:
        return alttext.problem(alt, file_name=file_name, beside=(caption, title))
    if alt:
        return "Ảnh trang trí không có mô tả: hãy bỏ dấu chọn hoặc xóa mô tả."
    if image and image.alt:  # it would be read aloud here, and one text does not speak for all that use the picture
        return f"Thư viện đã có mô tả của ảnh này: “{image.alt}”. Hãy giữ mô tả, hoặc sửa ảnh trong thư viện."
    return "" if image else "Ảnh này không có trong thư viện nên không đánh dấu được: hãy ghi mô tả."


def _keep(user, image: Image, *, alt: str, decorative: bool, caption: str) -> None:
    """Fills in what the library does not say of a picture; never writes over what somebody else has said."""
    new = {} if image.alt or image.decorative else {"alt": alt, "decorative": decorative}
    if caption and not image.caption:
        new["caption"] = caption
    before = {"alt": image.alt, "decorative": image.decorative, "caption": image.caption}
    if new and Image.objects.filter(pk=image.pk, **before).update(**new):
        if "alt" in new:
            usage.render_again([image.pk])
        happened.send(sender=Image, actor=user, action="image.describe", label="Mô tả ảnh", target=image, reason="",
                      detail=alt)  # fmt: skip
